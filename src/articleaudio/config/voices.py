"""Voice profiles: where they lie, how one is read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from articleaudio.config.tomlfile import TomlFile
from articleaudio.errors import VoiceError
from articleaudio.model import Boundary, Role, Voice, VoiceFile

_VOICE_KEYS = tuple(f.name for f in fields(Voice) if f.name != "name")
_FILE_KEYS = tuple(f.name for f in fields(VoiceFile))


def voice_folders(root: Path | None = None) -> tuple[Path, ...]:
    """Where profiles are looked for, in order: the house's own `voices/`, a checkout's, the installed package's."""
    package = Path(__file__).parent.parent
    own = ((root / "voices"),) if root is not None else ()
    found = (*own, package.parent.parent / "voices", package / "voices")
    return tuple(dict.fromkeys(folder for folder in found if folder.is_dir()))


def voice_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """Names of all profiles, sorted."""
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.toml")}))


def load_voice(name: str, folders: Sequence[Path]) -> Voice:
    """Read one profile by name. Raises VoiceError when there is none, ConfigError when its file is wrong."""
    for folder in folders:
        path = folder / f"{name}.toml"
        if name == Path(name).name and path.is_file():
            return _voice(TomlFile.read(path))
    names = voice_names(folders)
    near = difflib.get_close_matches(name, names, 1)
    meant = f"did you mean {near[0]!r}? " if near else ""
    raise VoiceError(f"there is no voice {name!r}", hint=f"{meant}voices here: {', '.join(names) or 'none'}")


def _voice(file: TomlFile) -> Voice:
    table = dict(file.table)
    file.check_keys(table, _VOICE_KEYS, "")
    for key in ("engine", "language"):
        file.text(table, key, "", required=True)
    pauses = file.sub_table("pauses")
    file.check_keys(pauses, [boundary.value for boundary in Boundary], "pauses")
    options = {key: str(value) for key, value in file.sub_table("options").items()}
    seconds = {Boundary(key): file.number(pauses, key, 0.0) for key in pauses}
    texts = ("engine", "language", "description", "digital_source_type", "licence", "fallback", "price_source")
    roles = file.sub_table("roles")
    file.check_keys(roles, [role.value for role in Role], "roles")
    return Voice(
        name=file.path.stem,
        rate=file.whole_number("rate", 165),
        gain=file.number(table, "gain", 0.0),
        options=MappingProxyType(options),
        pauses=MappingProxyType(seconds),
        roles=MappingProxyType({role: file.text(roles, role, "", required=True) for role in roles}),
        lexicons=tuple(file.texts(table, "lexicons")),
        price=file.number(table, "price", 0.0),
        files=tuple(_files(file)),
        **{key: file.text(table, key, "") for key in texts},
    )


def _files(file: TomlFile) -> Iterator[VoiceFile]:
    """Read `[[files]]`: what the voice needs and does not come with the program."""
    for table in file.tables("files"):
        file.check_keys(table, _FILE_KEYS, "files")
        url = file.text(table, "url", "", required=True)
        if not url.startswith(("https://", "http://")):
            raise file.error("url", f"url {url!r} in [[files]] is no web address")
        name = file.text(table, "name", "") or PurePosixPath(urlsplit(url).path).name
        size = int(file.number(table, "size", 0))
        yield VoiceFile(name, url, file.text(table, "sha256", "").lower(), size)


def cast_of(voices: Iterable[Voice], folders: Sequence[Path]) -> dict[str, Voice]:
    """Read every profile that the given ones name, for a role or as a fallback, and those that these name in turn."""
    found: dict[str, Voice] = {}
    asked = [name for voice in voices for name in _named(voice)]
    while asked:
        name = asked.pop()
        if name not in found:
            found[name] = load_voice(name, folders)
            asked += _named(found[name])
    return found


def _named(voice: Voice) -> list[str]:
    return [*voice.roles.values(), *([voice.fallback] if voice.fallback else [])]


def each_voice(folders: Sequence[Path]) -> Iterator[Voice]:
    """Read every profile, in order of name."""
    for name in voice_names(folders):
        yield load_voice(name, folders)
