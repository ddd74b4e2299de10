"""The engine `elevenlabs`: ElevenLabs, with the times of single characters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, urlencode

from articleaudio.errors import EngineError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound, Traits, WordEvent
from articleaudio.speak.decode import hear
from articleaudio.speak.options import check_options, choice, flag, needed, number
from articleaudio.speak.services import settings
from articleaudio.speak.services.answers import read_base64, read_json
from articleaudio.speak.services.client import Answer, Client, Request
from articleaudio.speak.services.keys import secret
from articleaudio.speak.services.matching import are_enough, by_letters, fitted
from articleaudio.speak.services.pieces import clean, spoken_in_pieces

OPTIONS = {
    "voice": "the voice's id",
    "model": "the model's id (eleven_multilingual_v2, eleven_flash_v2_5, eleven_v3, …)",
    "key": "name of the environment variable that holds the key",
    "language": "ISO 639-1 code that the model is held to; empty lets it guess",
    "format": "pcm_24000, pcm_44100, mp3_44100_128, …, as the account allows",
    "context": "true to tell what is said before and after",
    "stability": "0 to 1",
    "similarity_boost": "0 to 1",
    "style": "0 to 1",
    "speaker_boost": "true or false",
    "seed": "a whole number; makes it more alike from one time to the next",
    "normalization": "auto, on or off; the text is spelt out already",
    "logging": "false where the contract has zero retention",
    **settings.SHARED,
}
"""What a profile's [options] may hold."""

BASE = "https://api.elevenlabs.io/v1"
"""The service's address."""
LONGEST = 3_000
"""Characters of one request, which every of its models takes."""
NEIGHBOUR = 600
"""Characters of what is said before and after that are told."""
RECIPE = 1
"""Raised whenever this module makes another sound of the same profile and text."""

_FORMATS = (
    *(f"pcm_{rate}" for rate in (8000, 16000, 22050, 24000, 44100, 48000)),
    *(f"wav_{rate}" for rate in (8000, 16000, 22050, 24000, 44100, 48000)),
    *("mp3_22050_32", "mp3_24000_48", *(f"mp3_44100_{kilobits}" for kilobits in (32, 64, 96, 128, 192))),
    *(f"opus_48000_{kilobits}" for kilobits in (32, 64, 96, 128, 192)),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A profile, read."""

    account: settings.Account
    url: str
    fields: Mapping[str, object]
    context: bool
    pcm_rate: int
    warnings: tuple[str, ...]


class ElevenLabsEngine:
    """Speech over `POST /v1/text-to-speech/VOICE/with-timestamps`. For several threads."""

    name = "elevenlabs"
    """What voice profiles call it."""

    def __init__(self, client: Client | None = None) -> None:
        """Take the client that asks; None makes one."""
        self._client = client or Client()

    def fingerprint(self, voice: Voice) -> str:
        """Address, model and voice; the options are in every key anyway."""
        plan = _plan(voice)
        return f"elevenlabs {plan.url} model={plan.fields['model_id']} recipe {RECIPE}"

    def problems(self, voice: Voice) -> str | None:
        """Tell what is wrong with the profile, or that the key is missing; nothing is asked."""
        try:
            self._secret(_plan(voice))
        except EngineError as error:
            return f"{error.message}: {error.hint}"
        return None

    def traits(self, voice: Voice) -> Traits:
        """A service: a few at once, dear, never quite the same twice, and in context where the profile wants it."""
        plan = _plan(voice)
        return Traits(
            remote=True,
            at_once=plan.account.at_once,
            random=True,
            dear=True,
            soundless=settings.SOUNDLESS,
            context=plan.context,
        )

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Ask the service, in several requests where the text is long."""
        plan = _plan(voice)
        key = self._secret(plan)
        # Angle brackets would be tags, and square ones stage directions.
        text, before, after = (clean(told, "<>[]") for told in (prompt.text, prompt.before, prompt.after))
        return spoken_in_pieces(
            Prompt(text, before=before, after=after),
            lambda part: len(part.text) <= LONGEST,
            lambda part: self._piece(part, plan, key),
        )

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _piece(self, prompt: Prompt, plan: _Plan, key: str) -> Sound:
        fields: dict[str, object] = {**plan.fields, "text": prompt.text}
        if plan.context and prompt.before:
            fields["previous_text"] = prompt.before[-NEIGHBOUR:]
        if plan.context and prompt.after:
            fields["next_text"] = prompt.after[:NEIGHBOUR]
        headers = {"content-type": "application/json", "xi-api-key": key}
        request = Request(plan.url, json.dumps(fields).encode(), lambda: headers, (key,))
        return self._client.post(plan.account, request, lambda answer: _sound(prompt.text, plan, answer))

    def _secret(self, plan: _Plan) -> str:
        return secret(self._client.environ, plan.account.key, plan.account.service)


def _plan(voice: Voice) -> _Plan:
    """Read a profile. Raises VoiceError."""
    check_options(voice, OPTIONS, "ElevenLabs")
    key = voice.options.get("key", "").strip() or "ELEVENLABS_API_KEY"
    account = settings.account(voice, "ElevenLabs", BASE, key, at_once=2)
    speed, warnings = settings.pace(voice, 0.7, 1.2)
    shape = {
        name: number(voice, name, 0, 0, 1)
        for name in ("stability", "similarity_boost", "style")
        if name in voice.options
    }
    if "speaker_boost" in voice.options:
        shape["use_speaker_boost"] = flag(voice, "speaker_boost", default=True)
    if speed != 1:
        shape["speed"] = speed
    fields: dict[str, object] = {
        "model_id": needed(voice, "model", OPTIONS["model"]),
        "apply_text_normalization": choice(voice, "normalization", "off", ("auto", "on", "off")),
    }
    if shape:
        fields["voice_settings"] = shape
    if language := voice.options.get("language", ""):
        fields["language_code"] = language
    if "seed" in voice.options:
        fields["seed"] = int(number(voice, "seed", 0, 0, 2**32 - 1))
    kind = choice(voice, "format", "pcm_24000", _FORMATS)
    query = {"output_format": kind}
    if not flag(voice, "logging", default=True):
        query["enable_logging"] = "false"
    speaker = quote(needed(voice, "voice", OPTIONS["voice"]), safe="")
    url = f"{account.base}/text-to-speech/{speaker}/with-timestamps?{urlencode(query)}"
    context = flag(voice, "context", default=False)
    pcm_rate = int(kind.removeprefix("pcm_")) if kind.startswith("pcm_") else 0
    return _Plan(account, url, MappingProxyType(fields), context, pcm_rate, warnings)


def _sound(text: str, plan: _Plan, answer: Answer) -> Sound:
    """Read an answer. Raises SpeechFailedError."""
    told = read_json(answer.body)
    heard = hear(read_base64(told.get("audio_base64")), pcm_rate=plan.pcm_rate)
    events = _events(text, told.get("alignment")) or _events(text, told.get("normalized_alignment"))
    words = fitted(events, heard.duration)
    exact = are_enough(text, words)
    return Sound(heard.pcm, heard.rate, words if exact else (), (*plan.warnings, *heard.warnings), exact=exact)


def _events(text: str, alignment: object) -> list[WordEvent]:
    """Words of an alignment; none where it is missing or makes no sense."""
    told = alignment if isinstance(alignment, dict) else {}
    try:
        characters = [str(character) for character in told["characters"]]
        starts = [float(time) for time in told["character_start_times_seconds"]]
        ends = [float(time) for time in told["character_end_times_seconds"]]
    except (KeyError, TypeError, ValueError):
        return []
    return list(by_letters(text, characters, starts, ends)) if len(characters) == len(starts) == len(ends) else []
