"""Where eSpeak NG lies: the library, its data, and the voice files in it."""

from __future__ import annotations

import difflib
import functools
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articleaudio.errors import EngineError, VoiceError

LIBRARY_VARIABLE = "ARTICLEAUDIO_ESPEAK_LIBRARY"
"""Environment variable: path of a libespeak-ng to use instead of the wheel's."""

DATA_VARIABLE = "ARTICLEAUDIO_ESPEAK_DATA"
"""Environment variable: its folder `espeak-ng-data`."""

_HINT = "install it with `pip install espeakng-loader`, or set ARTICLEAUDIO_ESPEAK_LIBRARY and ARTICLEAUDIO_ESPEAK_DATA"
_SYSTEM_DATA = ("/usr/share", "/usr/local/share", "/opt/homebrew/share")
_CORE = ("phondata", "phonindex", "phontab", "intonations")


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A voice of eSpeak NG and the variant that colours it."""

    path: Path
    """The file that describes the voice."""
    variant: str = ""
    """Name of a file in `voices/!v`, or empty."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A library and the data that goes with it."""

    library: Path
    """The shared library."""
    data: Path
    """The folder that holds `phontab`, normally called `espeak-ng-data`."""

    @functools.cache  # noqa: B019 -- a process has one installation, and looking up reads many files
    def voice(self, name: str) -> VoiceFile:
        """Find a voice by file, language tag or name, with a variant after a plus sign: `en-us`, `uk`, `en-us+f3`.

        Raises VoiceError when the installation does not have it.
        """
        base, _, variant = name.partition("+")
        variants = self.data / "voices" / "!v"
        if variant and not _is_in(variants, variant):
            names = [path.name for path in variants.glob("*")]
            raise VoiceError(f"eSpeak NG has no voice variant {variant!r}", hint=_suggest(variant, names))
        path = self._by_file(base.lower()) or self._by_description(base.lower())
        if path is None:
            raise VoiceError(
                f"eSpeak NG has no voice {base!r}", hint=_suggest(base, [path.name for path in self.voice_files()])
            )
        return VoiceFile(path, variant)

    def voice_files(self) -> Iterator[Path]:
        """Files of all voices, sorted by path."""
        return (path for path in sorted((self.data / "lang").rglob("*")) if path.is_file())

    def fingerprint(self, voice: VoiceFile) -> str:
        """Hash what can change the voice's sound: library, phonemes, voice, variant, dictionaries.

        Other languages' dictionaries, which foreign words are looked up in, count with their sizes alone.
        """
        digest = hashlib.sha256()
        dictionaries = sorted(self.data.glob("*_dict"))
        variant = (self.data / "voices" / "!v" / voice.variant,) if voice.variant else ()
        own = (path for path in dictionaries if path.stem.removesuffix("_dict") in _languages(voice.path))
        for path in (self.library, *(self.data / name for name in _CORE), voice.path, *variant, *own):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        digest.update(repr([(path.name, path.stat().st_size) for path in dictionaries]).encode())
        return digest.hexdigest()[:32]

    def _by_file(self, name: str) -> Path | None:
        names = ((path, path.relative_to(self.data / "lang").as_posix().lower()) for path in self.voice_files())
        return next((path for path, known in names if name in {known, known.rpartition("/")[2]}), None)

    def _by_description(self, name: str) -> Path | None:
        """Look into the voice files: their language tags, the lowest number first, else their names."""
        found: list[tuple[int, Path]] = []
        for path in self.voice_files():
            for key, *values in _attributes(path):
                if key == "language" and values[:1] == [name]:
                    found.append((int(values[1]) if len(values) > 1 else 5, path))
                elif key == "name" and " ".join(values) == name:
                    found.append((99, path))
        return min(found)[1] if found else None


def find_installation() -> Installation:
    """Find the library: the one that the environment names, else the one of the espeakng-loader wheel.

    Raises EngineError when there is none.
    """
    return _find(os.environ.get(LIBRARY_VARIABLE), os.environ.get(DATA_VARIABLE))


@functools.cache  # asked for with every text
def _find(named_library: str | None, named_data: str | None) -> Installation:
    try:
        library, data = (Path(named_library), _data_beside(Path(named_library))) if named_library else _wheel()
    except ImportError as error:
        raise EngineError("the eSpeak NG library is missing", hint=_HINT) from error
    data = Path(named_data or data)
    if not library.is_file():
        raise EngineError(f"the eSpeak NG library is missing: there is no file {library}", hint=_HINT)
    for folder in (data, data / "espeak-ng-data"):
        if (folder / "phontab").is_file():
            return Installation(library.absolute(), folder.absolute())
    raise EngineError(f"the data of eSpeak NG is missing: there is no {data / 'phontab'}", hint=_HINT)


def _wheel() -> tuple[Path, Path]:
    import espeakng_loader  # noqa: PLC0415 -- not installed where a system library is used

    return Path(espeakng_loader.get_library_path()), Path(espeakng_loader.get_library_path()).parent / "espeak-ng-data"


def _data_beside(library: Path) -> Path:
    """Where a system library's data usually lies: beside it (Debian), or in a share folder."""
    folders = (library.parent, library.parent.parent / "share", *map(Path, _SYSTEM_DATA))
    candidates = [folder / "espeak-ng-data" for folder in folders]
    return next((folder for folder in candidates if (folder / "phontab").is_file()), candidates[0])


def _attributes(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8", "replace").lower()
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("//")]


def _languages(path: Path) -> set[str]:
    """Names under which a voice may look up its dictionary."""
    attributes = _attributes(path)
    tags = {words[1] for words in attributes if words[0] in {"language", "dictionary"} and len(words) > 1}
    return {part for tag in tags for part in (tag, tag.partition("-")[0])}


def _is_in(folder: Path, name: str) -> bool:
    return name == Path(name).name and (folder / name).is_file()


def _suggest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 3, 0.5)
    return f"near it: {', '.join(near)}" if near else f"it has: {', '.join(sorted(known))}"
