"""One line of text made audible, by the very path that articles take."""

from __future__ import annotations

import wave
from dataclasses import dataclass, replace
from pathlib import Path

from articleaudio.config import house_style
from articleaudio.errors import UsageError
from articleaudio.files import writing
from articleaudio.master import TagFacts, make_recording
from articleaudio.model import EMPTY, Article, Block, BlockKind, House, Script, Spoken
from articleaudio.script import write_script
from articleaudio.speak import Speaker
from articleaudio.store import Store


@dataclass(frozen=True, slots=True)
class Audition:
    """What was said."""

    spoken: str
    """The words."""
    duration: float
    """Seconds."""


def say(text: str, output: Path, house: House) -> Audition:
    """Speak `text` into a WAV or MP3 file, by the file's ending.

    The language is that of the voice asked for by name, else the show's. Raises UsageError for an empty text or an
    unknown ending, and the errors of speaking and writing.
    """
    if not text.strip():
        raise UsageError("there is nothing to say: the text is empty", hint='articleaudio say "Some words."')
    if output.suffix.lower() not in {".wav", ".mp3"}:
        raise UsageError(f"cannot write {output.name}: its ending is neither .wav nor .mp3", hint="-o line.wav")
    language = house.voices["*"].language if "*" in house.voices else house.show.language
    block = Block(BlockKind.PARAGRAPH, text.strip())
    article = Article(id="", aliases=(), title="", language=language, blocks=(block,))
    script = write_script(article, replace(house_style(house), byline=False, disclosure=EMPTY, spoken=Spoken(())))
    store = Store(house.cache)
    with Speaker(house.voices, store, cast=house.cast) as speaker, writing(output) as temporary:
        if output.suffix.lower() == ".wav":
            duration = _wav(script, speaker, temporary)
        else:
            facts = TagFacts(title=text.strip()[:80], language=language)
            duration = make_recording(script, speaker, temporary, tags=facts, store=store).duration
    return Audition(" ".join(segment.spoken for segment in script.segments), duration)


def _wav(script: Script, speaker: Speaker, path: Path) -> float:
    """Write the clips with their pauses as they come; give the seconds."""
    frames, rate = 0, 0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        for segment in script.segments:
            clip = speaker.clip(segment)
            if not rate:
                rate = clip.rate
                file.setframerate(rate)
            silence = round(speaker.pause(segment) * rate)
            file.writeframes(clip.pcm + bytes(2 * silence))
            frames += len(clip.pcm) // 2 + silence
    return frames / rate
