"""`[audio]`: the forms that recordings are made in, and the sounds of the house."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from articleaudio.config.reference import keys_of
from articleaudio.config.tomlfile import TomlFile
from articleaudio.model import AudioProfile, Sounds

_FILES = ("intro", "jingle", "outro", "bed")
_BED_LEVELS = (-40.0, -6.0)
"""LU: what is quieter is not heard, what is louder drowns the voice."""
_LOSSLESS = AudioProfile.ARCHIVE
"""No MP3: an alternate only."""


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """What is settled about the sound."""

    profile: AudioProfile
    """The form of the MP3."""
    alternates: tuple[AudioProfile, ...]
    """Further forms, in the order of the file."""
    sounds: Sounds
    """What is heard beside the voice."""


def audio_settings(file: TomlFile, root: Path) -> AudioSettings:
    """Read `[audio]`; files are named from `root`. Raises ConfigError."""
    part = file.part("audio")
    part.check_keys(part.table, keys_of("audio"), "audio")
    profile = part.choice("profile", AudioProfile, AudioProfile.PODCAST)
    if profile is _LOSSLESS:
        raise part.error("profile", f'profile in [audio] is the MP3\'s; write alternates = ["{_LOSSLESS}"] beside it')
    return AudioSettings(profile, _alternates(part, profile), _sounds(part, root))


def _alternates(part: TomlFile, profile: AudioProfile) -> tuple[AudioProfile, ...]:
    names = part.texts(part.table, "alternates")
    for at, name in enumerate(names):
        if name not in list(AudioProfile):
            raise part.error("alternates", f"alternates: {name!r} is none of {', '.join(AudioProfile)}")
        if name == profile:
            raise part.error("alternates", f"alternates: {name!r} is the form of the MP3 itself; leave it out")
        if name in names[:at]:
            raise part.error("alternates", f"alternates: {name!r} stands there twice")
    return tuple(AudioProfile(name) for name in names)


def _sounds(part: TomlFile, root: Path) -> Sounds:
    intro, jingle, outro, bed = (_sound(part, root, key) for key in _FILES)
    level = part.number(part.table, "bed_level", Sounds().bed_level)
    least, most = _BED_LEVELS
    if not least <= level <= most:
        raise part.error("bed_level", f"bed_level is {level:g} LU; it is {least:g} to {most:g}, below the voice")
    return Sounds(intro, jingle, outro, bed, level)


def _sound(part: TomlFile, root: Path, key: str) -> Path | None:
    """Where a sound lies; whether it can be read is found when it is first looked at."""
    named = part.text(part.table, key, "")
    if not named:
        return None
    path = root / named
    if not path.is_file():
        raise part.error(key, f"{key} {named!r} in [audio] is not a file in {root}")
    return path
