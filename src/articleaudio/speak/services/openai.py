"""The engine `openai`: OpenAI, and every server that speaks its protocol."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from articleaudio.errors import EngineError, VoiceError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.decode import hear
from articleaudio.speak.options import check_options, choice, needed, number
from articleaudio.speak.services import settings
from articleaudio.speak.services.answers import read_base64, read_json
from articleaudio.speak.services.client import Answer, Client, Request
from articleaudio.speak.services.keys import secret
from articleaudio.speak.services.matching import Told, are_enough, fitted, matched
from articleaudio.speak.services.pieces import clean, spoken_in_pieces

OPTIONS = {
    "model": "name of the model (tts-1, gpt-4o-mini-tts, kokoro, …)",
    "voice": "name of the voice",
    "key": "name of the environment variable that holds the key; empty for none",
    "instructions": "how to speak, in words, for models that take it",
    "format": "wav, flac, mp3, opus or pcm",
    "pcm_rate": "samples a second of pcm, which has no header",
    "captions": "kokoro-fastapi for word times, where the server has /dev/captioned_speech",
    "extra": "a JSON object of further fields for the server",
    **settings.SHARED,
}
"""What a profile's [options] may hold."""

BASE = "https://api.openai.com/v1"
"""OpenAI's own address; its key goes nowhere else unless the profile says so."""
LONGEST = 4_096
"""Characters of one request."""
RECIPE = 1
"""Raised whenever this module makes another sound of the same profile and text."""

_KOKORO = "kokoro-fastapi"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A profile, read."""

    account: settings.Account
    url: str
    fields: Mapping[str, object]
    captions: bool
    pcm_rate: int
    warnings: tuple[str, ...]


class OpenAIEngine:
    """Speech over `POST BASE/audio/speech`. For several threads."""

    name = "openai"
    """What voice profiles call it."""

    def __init__(self, client: Client | None = None) -> None:
        """Take the client that asks; None makes one."""
        self._client = client or Client()

    def fingerprint(self, voice: Voice) -> str:
        """Address, model and voice; the options are in every key anyway."""
        plan = _plan(voice)
        return f"openai {plan.url} model={plan.fields['model']} voice={plan.fields['voice']} recipe {RECIPE}"

    def problems(self, voice: Voice) -> str | None:
        """Tell what is wrong with the profile, or that the key is missing; nothing is asked."""
        try:
            self._secrets(_plan(voice))
        except EngineError as error:
            return f"{error.message}: {error.hint}"
        return None

    def traits(self, voice: Voice) -> Traits:
        """A service: several at once, dear, and never quite the same twice."""
        return Traits(
            remote=True, at_once=_plan(voice).account.at_once, random=True, dear=True, soundless=settings.SOUNDLESS
        )

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Ask the service, in several requests where the text is long."""
        plan = _plan(voice)
        secrets = self._secrets(plan)
        # Some servers take brackets and angle brackets for commands.
        prompt = Prompt(clean(prompt.text, "<>[]{}"))
        return spoken_in_pieces(
            prompt, lambda part: len(part.text) <= LONGEST, lambda part: self._piece(part.text, plan, secrets)
        )

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _piece(self, text: str, plan: _Plan, secrets: tuple[str, ...]) -> Sound:
        headers = {"content-type": "application/json"}
        if secrets:
            headers["authorization"] = f"Bearer {secrets[0]}"
        body = json.dumps({**plan.fields, "input": text}).encode()
        request = Request(plan.url, body, lambda: headers, secrets)
        return self._client.post(plan.account, request, lambda answer: _sound(text, plan, answer))

    def _secrets(self, plan: _Plan) -> tuple[str, ...]:
        key = plan.account.key
        return (secret(self._client.environ, key, plan.account.service),) if key else ()


def _plan(voice: Voice) -> _Plan:
    """Read a profile. Raises VoiceError."""
    check_options(voice, OPTIONS, "OpenAI and its like")
    base = settings.address(voice, BASE)
    own = base == BASE
    key = voice.options.get("key", "OPENAI_API_KEY" if own else "").strip()
    host = urlsplit(base).netloc
    account = settings.account(voice, "OpenAI" if own else f"the server {host}", BASE, key, at_once=4)
    captions = choice(voice, "captions", "", ("", _KOKORO)) == _KOKORO
    kind = choice(voice, "format", "wav", ("wav", "flac", "mp3", "opus", "pcm"))
    speed, warnings = settings.pace(voice, 0.25, 4.0)
    fields: dict[str, object] = {
        "model": needed(voice, "model", OPTIONS["model"]),
        "voice": needed(voice, "voice", OPTIONS["voice"]),
        "response_format": kind,
    }
    if speed != 1:
        fields["speed"] = speed
    if told := voice.options.get("instructions", ""):
        fields["instructions"] = told
    if captions:  # its own normalisation would say figures anew that have been spelt out already
        fields |= {"stream": False, "return_timestamps": True, "normalization_options": {"normalize": False}}
    fields |= _extra(voice)
    url = f"{base.removesuffix('/v1')}/dev/captioned_speech" if captions else f"{base}/audio/speech"
    pcm_rate = int(number(voice, "pcm_rate", 24_000, 8_000, 96_000)) if kind == "pcm" else 0
    return _Plan(account, url, MappingProxyType(fields), captions, pcm_rate, warnings)


def _extra(voice: Voice) -> dict[str, object]:
    try:
        extra = json.loads(voice.options.get("extra", "{}"))
    except (ValueError, RecursionError):
        extra = None
    if not isinstance(extra, dict) or "input" in extra:
        raise VoiceError(
            f"the voice {voice.name!r} has an option extra that is no JSON object of further fields",
            hint="""write it as extra = '{"lang_code": "b"}'""",
        )
    return extra


def _sound(text: str, plan: _Plan, answer: Answer) -> Sound:
    """Read an answer. Raises SpeechFailedError."""
    if not plan.captions:
        heard = hear(answer.body, pcm_rate=plan.pcm_rate)
        return Sound(heard.pcm, heard.rate, (), (*plan.warnings, *heard.warnings), exact=False)
    told = read_json(answer.body)
    heard = hear(read_base64(told.get("audio")), pcm_rate=plan.pcm_rate)
    words = fitted(matched(text, _captions(told.get("timestamps"))), heard.duration)
    exact = are_enough(text, words)
    return Sound(heard.pcm, heard.rate, words if exact else (), (*plan.warnings, *heard.warnings), exact=exact)


def _captions(told: object) -> list[Told]:
    words = told if isinstance(told, list) else []
    try:
        return [Told(str(word["word"]), float(word["start_time"]), float(word["end_time"])) for word in words]
    except (KeyError, TypeError, ValueError):
        return []
