"""The engine `piper`: neural voices of the Piper project, on this machine, through the package piper-tts.

`engine` keeps the engine contract → `config` reads what a voice says of itself → `model` opens it and speaks phonemes.
"""

from __future__ import annotations

from articleaudio.speak.contract import Engine


def open_engine() -> Engine:
    """Open the engine; neither piper-tts nor a model is loaded before something is spoken."""
    from articleaudio.speak.piper.engine import PiperEngine  # noqa: PLC0415 -- for those who use it

    return PiperEngine()
