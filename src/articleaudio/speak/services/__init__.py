"""Engines of speech services: `openai`, `elevenlabs` and `polly`, asked over HTTP from this process.

`client` asks carefully: `network` keeps deadlines, `gate` keeps to limits and refuses where a service is down,
`refusals` reads what a service says when it will not speak. What came back is decoded by what it is (`speak.decode`);
`matching` finds the service's words in the text; `pieces` cuts what is too long. Keys come from the environment when a
request is made, and stay in no object that is kept.
"""

from __future__ import annotations

from articleaudio.speak.contract import Engine


def open_openai() -> Engine:
    """Open the engine for OpenAI and every server that speaks its protocol; nothing is asked."""
    from articleaudio.speak.services.openai import OpenAIEngine  # noqa: PLC0415 -- for those who speak

    return OpenAIEngine()


def open_elevenlabs() -> Engine:
    """Open the engine for ElevenLabs; nothing is asked."""
    from articleaudio.speak.services.elevenlabs import ElevenLabsEngine  # noqa: PLC0415 -- for those who speak

    return ElevenLabsEngine()


def open_polly() -> Engine:
    """Open the engine for Amazon Polly; nothing is asked."""
    from articleaudio.speak.services.polly import PollyEngine  # noqa: PLC0415 -- for those who speak

    return PollyEngine()
