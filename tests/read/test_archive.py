"""Zip archives and XML that mean harm, or are broken."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import SourceError, TooLongError
from articleaudio.read import archive
from articleaudio.read.archive import open_archive, parse_xml

from .packages import packed

GOOD = packed({"a.xml": "<a><b>x</b></a>", "folder/b.txt": "b" * 100}, zipfile.ZIP_DEFLATED)


def forged(name: str = "a.txt", content: bytes = b"x", **fields: int) -> bytes:
    """An archive of one file whose entry says what no honest one says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        info = zipfile.ZipInfo("a" * len(name))
        for field, value in fields.items():
            setattr(info, field, value)
        file.writestr(info, content)
    return out.getvalue().replace(b"a" * len(name), name.encode())


def test_what_is_in_it() -> None:
    opened = open_archive(GOOD, "good.zip")
    assert opened.names == ("a.xml", "folder/b.txt")
    assert "a.xml" in opened
    assert opened.read("folder/b.txt") == b"b" * 100
    assert opened.xml("a.xml")[0].text == "x"
    with pytest.raises(SourceError, match=r"good\.zip holds no c\.txt"):
        opened.read("c.txt")


def test_backslashes_part_folders_too() -> None:
    assert open_archive(forged("b\\c.txt"), "x").names == ("b/c.txt",)


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "a/../../b.txt", "C:/boot.ini", "..\\evil.txt"])
def test_paths_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(SourceError, match="would lie outside") as caught:
        open_archive(forged(name), "evil.docx")
    assert caught.value.message.startswith("evil.docx")
    assert caught.value.hint


def test_links_are_refused() -> None:
    with pytest.raises(SourceError, match="a link to another file"):
        open_archive(forged(content=b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16), "evil.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "one")
        file.writestr("a.txt", "two")
    with pytest.raises(SourceError, match="two files of one name"):
        open_archive(out.getvalue(), "evil.docx")


def test_passwords() -> None:
    data = bytearray(forged())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(SourceError, match="protected by a password"):
        open_archive(bytes(data), "locked.docx").read("a.txt")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_ways_of_packing_are_refused(method: int) -> None:
    with pytest.raises(SourceError, match="packed in an unusual way"):
        open_archive(packed({"a.txt": "x"}, method), "odd.docx").read("a.txt")


def test_bombs_by_ratio() -> None:
    data = packed({"a.xml": b" " * (8 << 20)}, zipfile.ZIP_DEFLATED)
    assert len(data) < 20_000
    with pytest.raises(TooLongError, match=r"a\.xml in bomb\.docx would unpack to 8 MB"):
        open_archive(data, "bomb.docx").read("a.xml")


def test_bombs_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER", 50)
    with pytest.raises(TooLongError, match="would unpack"):
        open_archive(GOOD, "bomb.docx").read("folder/b.txt")


def test_bombs_by_all_files_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 150)
    opened = open_archive(GOOD, "bomb.docx")
    opened.read("folder/b.txt")
    with pytest.raises(TooLongError, match="would unpack"):
        opened.read("folder/b.txt")


def test_bombs_by_number_of_files() -> None:
    data = packed({f"{number}": "" for number in range(300)})
    many = data + b"PK\x01\x02" * archive.MAX_MEMBERS
    with pytest.raises(TooLongError, match="more than 20,000 files"):
        open_archive(many, "bomb.docx")


def test_a_file_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(packed({"a.txt": "x" * 5000}, zipfile.ZIP_DEFLATED))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged"):
        open_archive(bytes(data), "liar.docx").read("a.txt")


def test_archives_inside_of_archives_stay_closed() -> None:
    opened = open_archive(packed({"inner.zip": GOOD}), "outer.zip")
    assert opened.names == ("inner.zip",)
    assert opened.read("inner.zip") == GOOD


@pytest.mark.parametrize("size", [0, 4, 40, len(GOOD) // 2, len(GOOD) - 1])
def test_cut_off(size: int) -> None:
    with pytest.raises(SourceError, match="damaged"):
        open_archive(GOOD[:size], "cut.docx")


LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS.encode(),
        LAUGHS.encode("utf-16"),
        LAUGHS.encode("utf-16-le"),
        ('<?xml version="1.0" encoding="utf-7"?>' + LAUGHS.replace("<!E", "+ADwAIQ-E")).encode(),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>',
    ],
)
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        parse_xml(data, "x.xml in evil.docx")
    assert "x.xml in evil.docx" in caught.value.message
    assert caught.value.hint


def test_a_dtd_elsewhere_is_not_fetched() -> None:
    root = parse_xml(b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a>x</a>', "x")
    assert root.text == "x"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a" * 3000,
        b"<a>" * 3000 + b"</a>" * 3000,
        b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
    ],
)
def test_broken_xml(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"x\.xml"):
        parse_xml(data, "x.xml")


@given(st.data())
def test_whatever_happens_to_an_archive_only_our_errors_come_out(data: st.DataObject) -> None:
    mutated = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    try:
        opened = open_archive(bytes(mutated), "x")
        for name in opened.names:
            assert len(opened.read(name)) <= len(GOOD) * 1032
    except SourceError:
        return


@given(st.binary(max_size=400))
def test_any_bytes_with_the_right_beginning(tail: bytes) -> None:
    for data in (b"PK\x03\x04" + tail, GOOD[:60] + tail, tail + GOOD[-80:]):
        try:
            opened = open_archive(data, "x")
            for name in opened.names:
                opened.read(name)
        except SourceError:
            continue


@given(st.binary(max_size=300))
def test_any_bytes_as_xml(data: bytes) -> None:
    for whole in (data, b"<a>" + data + b"</a>"):
        try:
            parse_xml(whole, "x")
        except SourceError:
            continue
