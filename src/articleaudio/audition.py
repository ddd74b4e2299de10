"""One line of text made audible, by the very path that articles take."""

from __future__ import annotations

import wave
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from articleaudio.config import house_style
from articleaudio.errors import UsageError
from articleaudio.files import writing
from articleaudio.master import TagFacts, make_recording
from articleaudio.model import EMPTY, Article, Block, BlockKind, Clip, House, Script, Spoken
from articleaudio.script import write_script
from articleaudio.speak import Speaker
from articleaudio.speak.render import sounds
from articleaudio.store import Store


@dataclass(frozen=True, slots=True)
class Audition:
    """What was said."""

    spoken: str
    """The words."""
    duration: float
    """Seconds."""
    warnings: tuple[str, ...] = ()
    """What is doubtful about the sound."""


def say(text: str, output: Path, house: House) -> Audition:
    """Speak `text` into a WAV or MP3 file, by the file's ending.

    The language is that of the voice asked for by name, else the show's. Raises UsageError for a text in which nothing
    is said or an unknown ending, and the errors of speaking and writing.
    """
    if not text.strip():
        raise UsageError("there is nothing to say: the text is empty", hint='articleaudio say "Some words."')
    if output.suffix.lower() not in {".wav", ".mp3"}:
        raise UsageError(f"cannot write {output.name}: its ending is neither .wav nor .mp3", hint="-o line.wav")
    script = _script(text, house)
    if not any(sounds(segment.spoken) for segment in script.segments):
        raise UsageError(f"there is nothing to say in {text.strip()[:40]!r}", hint='articleaudio say "Some words."')
    store = Store(house.cache)
    with Speaker(house.voices, store, cast=house.cast) as speaker, writing(output) as temporary:
        if output.suffix.lower() == ".wav":
            duration, warnings = _wav(script, speaker, temporary)
        else:
            facts = TagFacts(title=text.strip()[:80], language=script.language)
            made = make_recording(script, speaker, temporary, tags=facts, store=store)
            duration, warnings = made.duration, made.warnings
    return Audition(" ".join(segment.spoken for segment in script.segments), duration, warnings)


def lacking_gain(text: str, house: House) -> float:
    """Decibels that bring what was said to the common level of voices; what is kept is not spoken again."""
    from articleaudio.master.calibrate import missing_gain  # noqa: PLC0415 -- seldom asked

    with Speaker(house.voices, Store(house.cache), cast=house.cast) as speaker:
        return round(missing_gain([speaker.clip(segment) for segment in _script(text, house).segments]), 1)


def _script(text: str, house: House) -> Script:
    """What is said of a text that stands alone."""
    language = house.voices["*"].language if "*" in house.voices else house.show.language
    block = Block(BlockKind.PARAGRAPH, text.strip())
    article = Article(id="", aliases=(), title="", language=language, blocks=(block,))
    return write_script(article, replace(house_style(house), byline=False, disclosure=EMPTY, spoken=Spoken(())))


def _wav(script: Script, speaker: Speaker, path: Path) -> tuple[float, tuple[str, ...]]:
    """Write the clips with their pauses as they come, at the first one's rate; give seconds and warnings."""
    clips = (speaker.clip(segment) for segment in script.segments)
    first = next(clips)  # before there is a file: a voice that fails leaves none
    frames, told = 0, list(first.warnings)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, first.rate, 0, "NONE", "not compressed"))
        for segment, clip in zip(script.segments, chain((first,), clips), strict=True):
            pcm = clip.pcm if clip.rate == first.rate else _resampled(clip, first.rate)
            silence = round(speaker.pause(segment) * first.rate)
            file.writeframes(pcm + bytes(2 * silence))
            frames += len(pcm) // 2 + silence
            told += clip.warnings
    return frames / first.rate, tuple(dict.fromkeys(told))


def _resampled(clip: Clip, rate: int) -> bytes:
    """A clip's sound at another rate, where several voices speak."""
    import numpy as np  # noqa: PLC0415 -- mostly one voice speaks
    import soxr  # noqa: PLC0415 -- as above

    return bytes(soxr.resample(np.frombuffer(clip.pcm, "<i2"), clip.rate, rate).astype("<i2").tobytes())
