"""What a program is: its file, its version, and the files that it is given."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.speak.command import program
from articleaudio.speak.command.settings import Settings


def identity(settings: Settings) -> str:
    """Hash the program, its version and every file that the profile names, on one line.

    Raises EngineError when the program or a file is missing.
    """
    found = program.find(settings.command[0], settings.install)
    digest = hashlib.sha256(_hash(found).encode())
    told = _version(str(found), settings.version, settings.environment, _stamp(found)) if settings.version else ""
    digest.update(told.encode())
    for name in settings.files:
        if not Path(name).is_file():
            raise EngineError(f"there is no file {name}, which the voice needs", hint=settings.install)
        digest.update(_hash(Path(name)).encode())
    for argument in settings.arguments(input="", output="")[1:]:
        if _is_file(argument):  # a script, a model, a setting file
            digest.update(_hash(Path(argument)).encode())
    shown = " ".join("".join(filter(str.isprintable, told[:60])).split())
    return " ".join(filter(None, (found.name, shown, digest.hexdigest()[:32])))


def _is_file(argument: str) -> bool:
    try:
        return Path(argument).is_file()
    except OSError:  # too long for a path
        return False


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _hash(path: Path) -> str:
    return _hashed(str(path), _stamp(path))


@functools.lru_cache(maxsize=64)
def _hashed(path: str, stamp: tuple[int, int]) -> str:
    """Hash a file, once for each state of it."""
    del stamp
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EngineError(f"{path} cannot be read: {error}", hint="see to its permissions") from error


@functools.lru_cache(maxsize=64)
def _version(path: str, arguments: tuple[str, ...], environment: tuple[str, ...], stamp: tuple[int, int]) -> str:
    del stamp
    try:
        told = program.run([path, *arguments], b"", 10.0, program.environment(environment), anyhow=True)
    except SpeechFailedError as error:
        raise EngineError(
            f"the program does not tell its version: {error.message}", hint="mend the profile's option `version`"
        ) from error
    return told.decode("utf-8", "replace").strip()
