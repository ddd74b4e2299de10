"""The files of a neural voice: where they lie, and what in them can change the sound."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from dataclasses import dataclass
from pathlib import Path

from articleaudio.errors import EngineError, VoiceError
from articleaudio.model import Voice
from articleaudio.speak.neural.memo import remembered
from articleaudio.speak.places import voice_folder

_DRAWING = (b"RandomNormal", b"RandomUniform", b"Multinomial", b"Bernoulli")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read of a file, once."""

    sha256: str
    """Of its bytes, hex."""
    draws: bool
    """Whether it names an ONNX operator that draws random numbers."""


def find(voice: Voice, option: str, *endings: str) -> Path:
    """Give the file that an option names, or else the first of the profile's files with one of the endings.

    A relative path is one in the voice's folder. Raises VoiceError when it is not named or not there, or is another
    than the profile says.
    """
    told = voice.options.get(option) or next((file.name for file in voice.files if file.name.endswith(endings)), "")
    if not told:
        raise VoiceError(
            f"the voice {voice.name!r} does not say which file is its {option}",
            hint=f"set {option} in [options] of its profile",
        )
    return there(voice, told)


def there(voice: Voice, name: str) -> Path:
    """Give a file by its name or path. Raises VoiceError as `find` does."""
    path = voice_folder(voice.name) / Path(name).expanduser()
    hint = f"get it with `articleaudio voices install {voice.name}`"
    if not path.is_file():
        if not any(file.name == name for file in voice.files):
            hint = "put it there, or mend the path in the voice's profile"
        raise VoiceError(f"a file of the voice {voice.name!r} is missing: {path}", hint=hint)
    for file in voice.files:
        if file.name == name and file.sha256 and facts(path).sha256 != file.sha256:
            raise VoiceError(f"{path} is not the file that the profile of {voice.name!r} names", hint=hint)
    return path


def facts(path: Path) -> Facts:
    """Read a file through; once, while its time and size stay the same. Raises VoiceError where it cannot be read."""
    try:
        state = path.stat()
        return _facts(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise VoiceError(f"{path} cannot be read: {error.strerror}", hint="mend the file's permissions") from error


@functools.lru_cache(64)
def _facts(path: Path, _changed: int, _size: int) -> Facts:
    return Facts(*remembered(path, path.stat(), _read))


def _read(path: Path) -> tuple[str, bool]:
    digest, draws, tail = hashlib.sha256(), False, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            draws = draws or any(name in tail + block for name in _DRAWING)
            tail = block[-16:]
    return digest.hexdigest(), draws


@functools.cache  # it looks through the whole path, and is asked for with every text
def installed(engine: str, *packages: str) -> str:
    """Names and versions of the packages that an engine runs on. Raises EngineError when one is missing."""
    return ", ".join(f"{name} {_version(engine, name)}" for name in (*packages, _runtime()))


def has(package: str) -> bool:
    """Whether a package is installed."""
    try:
        return bool(importlib.metadata.version(package))
    except importlib.metadata.PackageNotFoundError:
        return False


def _runtime() -> str:
    """The package that brings onnxruntime: the one for graphics cards computes other last digits."""
    return "onnxruntime-gpu" if has("onnxruntime-gpu") else "onnxruntime"


def _version(engine: str, package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError as error:
        raise missing(engine, package) from error


def missing(engine: str, package: str) -> EngineError:
    """What to raise where an engine's package is not installed."""
    return EngineError(f"the engine {engine} needs the package {package}", hint=f"pip install 'articleaudio[{engine}]'")
