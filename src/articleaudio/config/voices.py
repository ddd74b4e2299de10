"""Voice profiles: where they lie, how one is found, and what it takes from the profile that it extends."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from articleaudio.config.profile import Profile, read_profile
from articleaudio.config.tomlfile import TomlFile
from articleaudio.errors import VoiceError
from articleaudio.model import Voice


def voice_folders(root: Path | None = None) -> tuple[Path, ...]:
    """Where profiles are looked for, in order: the house's own `voices/`, a checkout's, the installed package's."""
    package = Path(__file__).parent.parent
    own = ((root / "voices"),) if root is not None else ()
    found = (*own, package.parent.parent / "voices", package / "voices")
    return tuple(dict.fromkeys(folder for folder in found if folder.is_dir()))


def voice_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """Names of all profiles, sorted."""
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.toml")}))


def voice_path(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of a profile; None when there is none by that name."""
    if name != Path(name).name:
        return None
    return next((path for folder in folders if (path := folder / f"{name}.toml").is_file()), None)


def load_voice(name: str, folders: Sequence[Path]) -> Voice:
    """Read one profile by name. Raises VoiceError when there is none, ConfigError when its file is wrong."""
    chain = _chain(name, folders)
    values: dict[str, Any] = {}
    for profile in reversed(chain):
        values = _over(values, profile.values)
    for key in ("engine", "language"):
        if key not in values:
            raise chain[0].file.error(key, f"the voice has no {key}: {key} must be a text in quotes")
    return Voice(name=name, **values)


def _over(base: Mapping[str, Any], own: Mapping[str, object]) -> dict[str, Any]:
    """What a profile has of its base and says itself: tables are joined key by key, all else is replaced.

    With another engine, the base's options, files and price are left behind: they were that engine's.
    """
    merged = dict(base)
    if own.get("engine", base.get("engine")) != base.get("engine"):
        for key in ("options", "files", "price", "price_source"):
            merged.pop(key, None)
    for key, value in own.items():
        before = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(before, Mapping)
        merged[key] = MappingProxyType({**before, **value}) if both else value  # type: ignore[dict-item] # both are mappings
    return merged


def _chain(name: str, folders: Sequence[Path]) -> tuple[Profile, ...]:
    """The profile by that name, the one it extends, and so on.

    A profile of the house that extends its own name means the shipped one. Raises VoiceError, ConfigError.
    """
    path = voice_path(name, folders)
    if path is None:
        raise VoiceError(f"there is no voice {name!r}", hint=_near(name, voice_names(folders)))
    chain: list[Profile] = []
    while path is not None:
        profile = read_profile(TomlFile.read(path))
        chain.append(profile)
        base = profile.extends
        if not base:
            break
        here = list(folders).index(path.parent)  # what is shipped stands on what is shipped, whatever a house has
        later = folders[here + (base == path.stem) :]
        path = voice_path(base, later)
        if path is None:
            known = _near(base, [other for other in voice_names(later) if other != name])
            raise profile.file.error("extends", f"extends names the voice {base!r}, which is not there; {known}")
        if any(path == before.file.path for before in chain):
            names = " → ".join([*(before.file.path.stem for before in chain), base])
            raise profile.file.error("extends", f"these profiles extend each other in a circle: {names}")
    return tuple(chain)


def _near(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    meant = f"did you mean {near[0]!r}? " if near else ""
    return f"{meant}voices here: {', '.join(names) or 'none'}"


def cast_of(voices: Iterable[Voice], folders: Sequence[Path]) -> dict[str, Voice]:
    """Read every profile that the given ones name, for a role or as a fallback, and those that these name in turn.

    Raises ConfigError where a name leads nowhere, or a voice would stand in for itself.
    """
    found: dict[str, Voice] = {}
    asked = [(voice, key, name) for voice in voices for key, name in _named(voice)]
    while asked:
        by, key, name = asked.pop()
        if key == "fallback" and name == by.name:
            raise _said_in(by, key, folders, f"the voice {by.name!r} is its own fallback")
        if voice_path(name, folders) is None:
            known = _near(name, voice_names(folders))
            raise _said_in(by, key, folders, f"{key} names the voice {name!r}, which is not there; {known}")
        if name not in found:
            found[name] = load_voice(name, folders)
            asked += [(found[name], other, named) for other, named in _named(found[name])]
    return found


def _named(voice: Voice) -> list[tuple[str, str]]:
    """The keys of a profile under which it names other voices, with the names."""
    return [*voice.roles.items(), *([("fallback", voice.fallback)] if voice.fallback else [])]


def _said_in(voice: Voice, key: str, folders: Sequence[Path], message: str) -> Exception:
    """The error for a name that a profile, or one that it extends, gives under a key."""
    for profile in _chain(voice.name, folders):
        if key in profile.file.table:
            return profile.file.error(key, message)
        if key in profile.file.sub_table("roles"):
            return profile.file.part("roles").error(key, message)
    return VoiceError(message, hint="mend its profile")


def each_voice(folders: Sequence[Path]) -> Iterator[Voice]:
    """Read every profile, in order of name."""
    for name in voice_names(folders):
        yield load_voice(name, folders)
