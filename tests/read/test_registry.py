"""Readers by name."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from articleaudio.errors import ConfigError
from articleaudio.read import Source, registry


@pytest.mark.parametrize(
    ("name", "head", "reader"),
    [
        ("a.HTML", b"", "html"),
        ("a.md", b"<p>", "markdown"),
        ("a.txt", b"<p>", "text"),
        ("-", b"\n<!DOCTYPE html><html>", "html"),
        ("-", b"\xef\xbb\xbf<html>", "html"),
        ("-", b"<article><p>x", "html"),
        ("-", b"---\ntitle: x\n---\n", "markdown"),
        ("-", b"# Rain\n", "markdown"),
        ("-", b"It rained.", "text"),
        ("article", b"<3 rain", "text"),
    ],
)
def test_picks(name: str, head: bytes, reader: str) -> None:
    assert registry.pick(Source(name=name), head).name == reader


def test_readers_are_listed_without_being_imported() -> None:
    code = (
        "import sys; from articleaudio.read import registry; registry.targets();"
        "print([name for name in ('articleaudio.read.html', 'lxml', 'trafilatura') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_choosing_a_reader_imports_no_parser() -> None:
    code = (
        "import sys; from articleaudio.read import registry; registry.extensions();"
        "print([name for name in ('lxml', 'trafilatura', 'markdown_it', 'frontmatter') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_unknown() -> None:
    with pytest.raises(ConfigError, match="no reader is called pages") as caught:
        registry.reader("pages")
    assert "html" in caught.value.hint


def test_another_package_brings_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("notes", "read.thirdparty:READER", registry.GROUP)
    broken = EntryPoint("broken", "no.such.module:READER", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **_: EntryPoints([point, broken]))
    registry.reader.cache_clear()
    registry._foreign.cache_clear()
    assert list(registry.targets()) == ["notes", "broken", *registry.BUILT_IN]
    assert registry.reader("notes").extensions == (".notes",)
    with pytest.raises(ConfigError, match=r"the reader broken cannot be loaded from no\.such\.module:READER"):
        registry.reader("broken")
    registry.reader.cache_clear()
    registry._foreign.cache_clear()
