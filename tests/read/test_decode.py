"""Bytes to text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import SourceError
from articleaudio.read.decode import decode

POLISH = "<meta charset={}><p>Zażółć gęślą jaźń, powiedział Łukasz.</p>"
RUSSIAN = "Сегодня в городе открыли новый мост через реку, и по нему прошли первые трамваи."


@pytest.mark.parametrize("charset", ["windows-1250", "iso-8859-2", "utf-8"])
def test_declared(charset: str) -> None:
    text = POLISH.format(charset)
    assert decode(text.encode(charset), "x") == text


def test_declared_in_http_equiv() -> None:
    text = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251"><p>{RUSSIAN}</p>'
    assert decode(text.encode("cp1251"), "x") == text


def test_latin_1_means_windows_1252() -> None:
    data = b'<meta charset="iso-8859-1"><p>\x93Caf\xe9\x94 \x97 5 \x80</p>'
    assert decode(data, "x").endswith("<p>“Café” — 5 €</p>")


def test_utf_8_that_says_latin_1() -> None:
    text = '<meta charset="iso-8859-1"><p>“Café”</p>'
    assert decode(text.encode(), "x") == text


@pytest.mark.parametrize("charset", ["windows-1251", "gb2312", "shift_jis"])
def test_utf_8_that_a_program_stored_under_its_old_name(charset: str) -> None:
    text = f'<meta charset="{charset}"><p>{RUSSIAN}</p>'
    assert decode(text.encode(), "x") == text


def test_few_signs_are_what_they_are_declared_to_be() -> None:
    text = '<meta charset="gb2312"><p>联通</p>'  # its four bytes are valid UTF-8, too
    assert decode(text.encode("gb2312"), "x") == text


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_wins(charset: str) -> None:
    text = '<meta charset="windows-1251"><p>Größe</p>'
    assert decode(text.encode(charset), "x") == text


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark(charset: str) -> None:
    text = "<p>A long enough line of text.</p>" * 5
    assert decode(text.encode(charset), "x") == text


def test_undeclared_western() -> None:
    assert decode("He said “no” — twice, in a café.".encode("cp1252"), "x") == "He said “no” — twice, in a café."


@pytest.mark.parametrize("charset", ["cp1251", "koi8-u"])
def test_undeclared_cyrillic(charset: str) -> None:
    assert decode(RUSSIAN.encode(charset), "x") == RUSSIAN


def test_a_few_broken_bytes_in_utf_8() -> None:
    data = ("Größe und Übermaß, schön und gut. " * 10).encode() + b"\xff"
    assert decode(data, "x").count("ö") == 20


def test_unknown_charset_is_not_believed() -> None:
    assert decode("<meta charset='klingon'>é".encode(), "x").endswith("é")
    assert decode(b"<meta charset='hex'>abc", "x").endswith("abc")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
        random.Random(1).randbytes(5000),
        bytes(range(1, 32)) * 50,
    ],
    ids=["png", "random", "control"],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"photo\.png is a binary file") as caught:
        decode(data, "photo.png")
    assert caught.value.hint


def test_white_space_only() -> None:
    with pytest.raises(SourceError, match="is empty"):
        decode(b"\xef\xbb\xbf \n ", "x")


@given(st.binary(max_size=400))
def test_never_fails_otherwise(data: bytes) -> None:
    try:
        text = decode(data, "x")
    except SourceError:
        return
    assert text.strip()
    assert "\x00" not in text
