"""The engine `polly`: Amazon Polly, with word times from its speech marks, which are a second request."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound, Traits, WordEvent
from articleaudio.speak.decode import Heard, hear, quoted
from articleaudio.speak.options import check_options, choice, flag, needed, number
from articleaudio.speak.services import settings
from articleaudio.speak.services.client import Answer, Client, Request
from articleaudio.speak.services.keys import secret
from articleaudio.speak.services.matching import Told, are_enough, fitted, matched
from articleaudio.speak.services.pieces import clean, spoken_in_pieces
from articleaudio.speak.services.sigv4 import Credentials, signed
from articleaudio.speak.services.ssml import Fed, feed

T = TypeVar("T")

OPTIONS = {
    "voice": "the voice's id (Joanna, Matthew, Amy, …)",
    "engine": "standard, neural, long-form or generative",
    "language": "code for voices of two languages (en-IN, hi-IN)",
    "region": "AWS region; AWS_REGION or AWS_DEFAULT_REGION where it is not given",
    "key": "prefix of the environment variables, AWS where not given: PREFIX_ACCESS_KEY_ID, PREFIX_SECRET_ACCESS_KEY",
    "format": "ogg_vorbis, mp3 or pcm",
    "sample_rate": "samples a second",
    "lexicons": "names of lexicons kept with the service, separated by spaces, five at most",
    "marks": "false to do without word times, which cost as much as the sound",
    **settings.SHARED,
}
"""What a profile's [options] may hold."""

BILLED, TOTAL = 3_000, 6_000
"""Characters of one request: those that are said, and all, tags included."""
AT_ONCE = 4
"""Requests at a time: neural voices are given eight a second."""
RECIPE = 1
"""Raised whenever this module makes another sound of the same profile and text."""

_ENGINES = ("standard", "neural", "long-form", "generative")


@dataclass(frozen=True, slots=True)
class _Plan:
    """A profile, read."""

    account: settings.Account
    region: str
    fields: Mapping[str, object]
    marks: bool
    speed: float
    pcm_rate: int
    warnings: tuple[str, ...]


class PollyEngine:
    """Speech over SynthesizeSpeech. For several threads."""

    name = "polly"
    """What voice profiles call it."""

    def __init__(self, client: Client | None = None) -> None:
        """Take the client that asks; None makes one."""
        self._client = client or Client()

    def fingerprint(self, voice: Voice) -> str:
        """Kind of engine and voice, which are the same in every region; the options are in every key anyway."""
        fields = _fields(voice)
        return f"polly {fields['Engine']} voice={fields['VoiceId']} recipe {RECIPE}"

    def problems(self, voice: Voice) -> str | None:
        """Tell what is wrong with the profile, or that a key is missing; nothing is asked."""
        try:
            _plan(voice, self._client.environ)
            _credentials(self._client.environ, voice)
        except EngineError as error:
            return f"{error.message}: {error.hint}"
        return None

    def traits(self, voice: Voice) -> Traits:
        """A service: several at once, dear, and perhaps not the same twice."""
        at_once = int(number(voice, "at_once", AT_ONCE, 1, 64))
        return Traits(remote=True, at_once=at_once, random=True, dear=True, soundless=settings.SOUNDLESS)

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Ask the service for the sound and for the marks, in several requests where the text is long."""
        plan = _plan(voice, self._client.environ)
        who = _credentials(self._client.environ, voice)
        return spoken_in_pieces(
            Prompt(clean(prompt.text), (), prompt.phonemes),
            lambda part: len(part.text) <= BILLED and len(feed(part, plan.speed).text) <= TOTAL,
            lambda part: self._piece(part, plan, who),
        )

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _piece(self, prompt: Prompt, plan: _Plan, who: Credentials) -> Sound:
        fed = feed(prompt, plan.speed)
        fields = {**plan.fields, "Text": fed.text, "TextType": "ssml" if fed.is_ssml else "text"}
        heard = self._ask(plan, who, fields, lambda answer: hear(answer.body, pcm_rate=plan.pcm_rate))
        words: tuple[WordEvent, ...] = ()
        if plan.marks:
            fields |= {"OutputFormat": "json", "SpeechMarkTypes": ["word"]}
            fields.pop("SampleRate", None)
            words = self._ask(plan, who, fields, lambda answer: _words(answer, prompt.text, fed, heard))
        exact = are_enough(prompt.text, words)
        return Sound(heard.pcm, heard.rate, words if exact else (), (*plan.warnings, *heard.warnings), exact=exact)

    def _ask(self, plan: _Plan, who: Credentials, fields: Mapping[str, object], read: Callable[[Answer], T]) -> T:
        url = f"{plan.account.base}/v1/speech"
        body = json.dumps(fields).encode()

        def headers() -> Mapping[str, str]:
            kind = {"content-type": "application/json"}
            return signed(
                "POST", url, body, headers=kind, who=who, region=plan.region, service="polly", at=self._client.date()
            )

        request = Request(url, body, headers, (who.secret_key, who.token, who.access_key))
        return self._client.post(plan.account, request, read)


def _plan(voice: Voice, environ: Mapping[str, str]) -> _Plan:
    """Read a profile. Raises VoiceError, EngineError."""
    fields = _fields(voice)
    region = voice.options.get("region", "") or environ.get("AWS_REGION", "") or environ.get("AWS_DEFAULT_REGION", "")
    if not re.fullmatch(r"[a-z]{2}(-[a-z0-9]+){2,4}", region):
        told = f"{region!r} is no AWS region" if region else "Amazon Polly wants a region, and AWS_REGION is not set"
        raise EngineError(told, hint="set AWS_REGION in the environment, or region in the profile: eu-central-1")
    account = settings.account(
        voice,
        "Amazon Polly",
        f"https://polly.{region}.amazonaws.com",
        f"{_prefix(voice)}_ACCESS_KEY_ID",
        at_once=AT_ONCE,
    )
    speed, warnings = settings.pace(voice, 0.2, 2.0)
    pcm_rate = int(str(fields["SampleRate"])) if fields["OutputFormat"] == "pcm" else 0
    marks = flag(voice, "marks", default=True)
    return _Plan(account, region, fields, marks, round(speed, 2), pcm_rate, warnings)


def _fields(voice: Voice) -> Mapping[str, object]:
    """What does not depend on the text. Raises VoiceError."""
    check_options(voice, OPTIONS, "Amazon Polly")
    engine = choice(voice, "engine", "neural", _ENGINES)
    kind = choice(voice, "format", "ogg_vorbis", ("ogg_vorbis", "mp3", "pcm"))
    rate = 16_000 if kind == "pcm" else 22_050 if engine == "standard" else 24_000
    fields: dict[str, object] = {
        "Engine": engine,
        "VoiceId": needed(voice, "voice", OPTIONS["voice"]),
        "OutputFormat": kind,
        "SampleRate": str(int(number(voice, "sample_rate", rate, 8_000, 48_000))),
    }
    if language := voice.options.get("language", ""):
        fields["LanguageCode"] = language
    if lexicons := voice.options.get("lexicons", "").split():
        if len(lexicons) > 5:
            raise VoiceError(f"the voice {voice.name!r} names {len(lexicons)} lexicons", hint="Amazon Polly takes five")
        fields["LexiconNames"] = lexicons
    return MappingProxyType(fields)


def _prefix(voice: Voice) -> str:
    return voice.options.get("key", "").strip() or "AWS"


def _credentials(environ: Mapping[str, str], voice: Voice) -> Credentials:
    """Read the keys. Raises EngineError."""
    prefix, service = _prefix(voice), "Amazon Polly"
    token = f"{prefix}_SESSION_TOKEN"
    return Credentials(
        secret(environ, f"{prefix}_ACCESS_KEY_ID", service),
        secret(environ, f"{prefix}_SECRET_ACCESS_KEY", service),
        secret(environ, token, service) if environ.get(token) else "",
    )


def _words(answer: Answer, text: str, fed: Fed, heard: Heard) -> tuple[WordEvent, ...]:
    """Read the speech marks: a JSON object a line, places in bytes of what was fed. Raises SpeechFailedError."""
    told: list[tuple[float, int, int, str]] = []
    for line in answer.body.splitlines():
        try:
            mark = json.loads(line)
            if mark["type"] == "word":
                told.append((float(mark["time"]) / 1e3, int(mark["start"]), int(mark["end"]), str(mark["value"])))
        except (ValueError, KeyError, TypeError):
            raise SpeechFailedError(f"the speech marks break off: “{quoted(line)}”") from None
    told.sort()
    ends = [*(later[0] for _, later in pairwise(told)), heard.duration]
    events = [
        WordEvent(start, end, fed.place(first), max(fed.place(first) + 1, fed.place(last)))
        for (start, first, last, _), end in zip(told, ends, strict=False)
    ]
    right = sum(
        text[event.first : event.last].casefold() == value.casefold()
        for event, (*_, value) in zip(events, told, strict=True)
    )
    if right * 2 < len(told):  # the places are not what we take them for: the words themselves tell
        events = list(matched(text, [Told(mark[3], mark[0], end) for mark, end in zip(told, ends, strict=False)]))
    return fitted(events, heard.duration)
