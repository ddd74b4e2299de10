"""Content types: what stands for which reader, and what is refused by name."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.read.web.kinds import ContentType, kind_of, may_be_big, refusal

from .site import Site, answer
from .test_fetch import PAGE, refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FEED = '<?xml version="1.0"?>\n<!-- made by hand --><rss version="2.0"><channel/></rss>'


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for name in names:
            opened.writestr(name, "application/epub+zip" if name == "mimetype" else "x" * 100)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "path", "data", "found"),
    [
        ("text/html", "/", PAGE, ".html"),
        ("TEXT/HTML ; Charset=utf-8", "/story.pdf", PAGE, ".html"),
        ("text/html", "/feed", FEED, ".xml"),
        ("application/xhtml+xml", "/", PAGE, ".html"),
        ("application/xml", "/", f'<?xml version="1.0"?>{PAGE}', ".html"),
        ("application/xml", "/", FEED, ".xml"),
        ("text/xml", "/", "<wxr/>", ".xml"),
        ("application/rss+xml", "/", FEED, ".xml"),
        ("application/atom+xml", "/", "<feed/>", ".xml"),
        ("application/json", "/", "{}", ".json"),
        ("application/feed+json", "/", "{}", ".json"),
        ("application/x-ndjson", "/", "{}", ".jsonl"),
        ("text/plain", "/articles.ndjson", "{}", ".jsonl"),
        ("text/plain", "/export.wxr", FEED, ".xml"),
        ("text/plain", "/", "Text", ".txt"),
        ("text/plain", "/story.md", "# Text", ".md"),
        ("text/plain", "/feed.xml", FEED, ".xml"),
        ("text/plain", "/story.docx", "Text", ".txt"),
        ("text/markdown", "/", "# Text", ".md"),
        (DOCX, "/", b"PK", ".docx"),
        ("application/epub+zip", "/", b"PK", ".epub"),
        ("", "/", PAGE, ".html"),
        ("", "/", "<!-- \u00fc --> <!-- b --><HTML>", ".html"),
        ("", "/", "\ufeff<html>", ".html"),
        ("", "/", FEED, ".xml"),
        ("", "/", '<?xml version="1.0"?><wxr/>', ".xml"),
        ("", "/", ' [{"title": "A"}]', ".json"),
        ("", "/", "[Editor's note: this is text]", ".txt"),
        ("", "/", "Just text", ".txt"),
        ("", "/story.md", "# Text", ".md"),
        ("application/octet-stream", "/story.markdown", "# Text", ".md"),
        ("application/octet-stream", "/story", archive("[Content_Types].xml", "word/document.xml"), ".docx"),
        ("application/zip", "/story", archive("mimetype", "book.opf"), ".epub"),
    ],
)
def test_kinds(fetcher, kind, path, data, found):
    with Site({path: answer(data, kind=kind or None)}) as site:
        assert fetcher().get(site.url(path)).kind == found


@pytest.mark.parametrize(
    ("kind", "data", "word"),
    [
        ("application/pdf", b"", "application/pdf"),
        ("image/jpeg", b"", "a picture (image/jpeg)"),
        ("image/svg+xml", b"", "a picture (image/svg+xml)"),
        ("audio/mpeg", b"", "sound (audio/mpeg)"),
        ("video/mp4", b"", "a film (video/mp4)"),
        ("application/msword", b"", "application/msword"),
        ("text/css", b"", "text/css"),
        ("multipart/mixed; boundary=x", b"", "multipart/mixed"),
        ("application/zip", archive("story.html"), "an archive (zip)"),
        ("application/octet-stream", b"%PDF-1.7", "a PDF"),
        ("text/html", b"%PDF-1.7", "a PDF"),
        ("", b"\x89PNG\r\n", "a picture (PNG)"),
        ("", b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
        ("", b"ID3\x04", "sound (MP3)"),
        ("", b"\x7fELF\x00\x00", "a binary file"),
    ],
)
def test_what_holds_no_article_is_refused_by_name(fetcher, kind, data, word):
    with Site({"/story": answer(data, kind=kind or None)}) as site:
        refused(fetcher(), site.url("/story"), word)


def test_a_type_is_refused_before_its_content_is_taken(fetcher):
    def endless(connection, _asked, gone):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n")
        gone.wait(10)

    with Site({"/story": endless}) as site:
        refused(fetcher(), site.url("/story"), "a film")


@pytest.mark.parametrize(
    ("header", "name", "charset"),
    [
        ("", "", ""),
        ("text/html", "text/html", ""),
        ("text/html;charset=UTF-8", "text/html", "UTF-8"),
        ('Text/HTML; a=b; Charset = "windows-1251"; c', "text/html", "windows-1251"),
        ("text/html; charset='koi8-u'", "text/html", "koi8-u"),
        ("text/html; charset=", "text/html", ""),
        ("text/html; xcharset=a", "text/html", ""),
        (";", "", ""),
    ],
)
def test_headers_are_read(header, name, charset):
    assert ContentType.of(header) == ContentType(name, charset)


@given(st.text(), st.text(), st.binary())
def test_whatever_comes_has_a_kind_or_a_name(header, path, data):
    name = ContentType.of(header).name
    may_be_big(name, path)
    if not refusal(name):
        kind, foreign = kind_of(name, path, data)
        assert bool(kind) != bool(foreign)


@pytest.mark.parametrize("piece", [b"<!--", b"-->", b"<!---->", b"<!--a--> ", b"\n", b"<?xml ", b"<?xml ?>", b"<rss"])
def test_content_made_to_be_slow_to_look_at(piece):
    assert kind_of("", "", piece * 4096 + b"!")[1] == ""
