"""`[audio]`: the forms that recordings are made in."""

from __future__ import annotations

from dataclasses import dataclass

from articleaudio.config.tomlfile import TomlFile
from articleaudio.model import AudioProfile

_KEYS = ("profile", "alternates")
_LOSSLESS = AudioProfile.ARCHIVE
"""No MP3: an alternate only."""


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """What is settled about the sound."""

    profile: AudioProfile
    """The form of the MP3."""
    alternates: tuple[AudioProfile, ...]
    """Further forms, in the order of the file."""


def audio_settings(file: TomlFile) -> AudioSettings:
    """Read `[audio]`. Raises ConfigError."""
    part = file.part("audio")
    part.check_keys(part.table, _KEYS, "audio")
    profile = part.choice("profile", AudioProfile, AudioProfile.PODCAST)
    if profile is _LOSSLESS:
        raise part.error("profile", f'profile in [audio] is the MP3\'s; write alternates = ["{_LOSSLESS}"] beside it')
    return AudioSettings(profile, _alternates(part, profile))


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
