"""Books."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import NoArticleError, SourceError
from articleaudio.model import Article, BlockKind, Failure
from articleaudio.read import Reader, Source, read_articles, registry
from articleaudio.read.epub import READER
from articleaudio.testing import ReaderContract

from .packages import FACTS, SAMPLES, epub, nav, ncx, packed, page, sample_book

P1 = "<p>It rained on Monday, and the roof of the hall leaked again, said the warden.</p>"
P2 = "<p>On Tuesday nobody was wet, for nobody came, and the warden read a book.</p>"
T1, T2 = P1[3:-4], P2[3:-4]


def items(data: bytes, name: str = "tides.epub") -> list[Article | Failure]:
    return list(read_articles(Source(name=name, relative=name, data=data)))


def read(data: bytes) -> list[Article]:
    found = items(data)
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def ledger(*articles: Article) -> set[tuple[str, str]]:
    return {(piece.reason, piece.text) for article in articles for piece in article.dropped}


class TestContract(ReaderContract):
    reader: ClassVar[Reader] = READER
    sources: ClassVar[tuple[bytes, ...]] = (
        sample_book(),
        epub({"a.xhtml": page(f"<h1>Rain</h1>{P1}")}, contents=ncx(("a.xhtml", "Rain"))),
    )


def test_one_article_a_chapter() -> None:
    first, second = read(
        epub(
            {"ch%201.xhtml": page(f"<h1>Rain</h1>{P1}"), "ch2.xhtml": page(f"<h2>Sun</h2>{P2}")},
            contents=nav(("ch%201.xhtml", "Rain"), ("ch2.xhtml", "Sun")),
        )
    )
    assert (first.title, second.title) == ("Rain", "Sun")
    assert (texts(first), texts(second)) == ([T1], [T2])
    assert first.site == "Tides"
    assert first.authors == ("Ada Quill",)
    assert first.language == "en-gb"
    assert first.published == datetime(2026, 5, 4)  # noqa: DTZ001 - the book names no zone
    assert first.updated == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert first.aliases == ("id:urn:isbn:9780000000017#ch%201.xhtml",)
    assert [first.source, second.source] == ["tides.epub#1", "tides.epub#2"]
    assert ("navigation", "Contents Rain Sun") in ledger(first)


@pytest.mark.parametrize("contents", [nav, ncx])
def test_a_chapter_in_several_documents(contents: type) -> None:
    pages = {"a.xhtml": page(f"<h1>Rain</h1>{P1}"), "b.xhtml": page(P2), "c.xhtml": page(f"<h1>Sun</h1>{P1}")}
    first, second = read(epub(pages, contents=contents(("a.xhtml", "Rain"), ("c.xhtml", "Sun"))))
    assert texts(first) == [T1, T2]
    assert texts(second) == [T1]


@pytest.mark.parametrize(
    "anchor", ['<h2 id="c{}">Ch {}</h2>', '<h2><a id="c{}"/>Ch {}</h2>', '<a id="c{}"/><h2>Ch {}</h2>']
)
@pytest.mark.parametrize("wrap", ["{}", "<div>{}</div>", "<div><div>{}</div></div>"])
def test_several_chapters_in_one_document(anchor: str, wrap: str) -> None:
    body = "".join(f"{anchor.format(n, n)}{P1}<p>Number {n} ends.</p>" for n in (1, 2, 3))
    book = epub({"a.xhtml": page(wrap.format(body))}, contents=ncx(*[(f"a.xhtml#c{n}", f"Ch {n}") for n in (1, 2, 3)]))
    found = read(book)
    assert [article.title for article in found] == ["Ch 1", "Ch 2", "Ch 3"]
    assert [texts(article) for article in found] == [[T1, f"Number {n} ends."] for n in (1, 2, 3)]
    assert len({article.id for article in found}) == 3


def test_sections_of_a_chapter_stay_in_it() -> None:
    table = page(
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">Rain</a><ol><li><a href="a.xhtml#s1">Roof</a></li></ol></li>'
        '<li><a href="b.xhtml">Sun</a></li></ol></nav>'
    )
    body = f'<h1>Rain</h1>{P1}<h2 id="s1">Roof</h2>{P2}'
    first, second = read(epub({"a.xhtml": page(body), "b.xhtml": page(P1)}, contents=table))
    assert texts(first) == [T1, "Roof", T2]
    assert second.title == "Sun"


def test_without_a_table_of_contents_every_document_is_a_chapter() -> None:
    found = read(epub({"a.xhtml": page(f"<h1>Rain</h1>{P1}"), "b.xhtml": page(P2)}))
    assert [article.title for article in found] == ["Rain", "Tides 2"]


@pytest.mark.parametrize(
    ("title", "heading", "wanted", "left"),
    [
        ("Chapter 1: The Roof", "<h1>Chapter 1</h1><h2>The Roof</h2>", "Chapter 1: The Roof", []),
        ("Chapter 1", "<h1>Chapter 1: The Roof</h1>", "Chapter 1: The Roof", []),
        ("The Roof", "<h1>A leak</h1>", "The Roof", ["A leak"]),
        ("", "<h1>A leak</h1>", "A leak", []),
    ],
)
def test_titles(title: str, heading: str, wanted: str, left: list[str]) -> None:
    (article,) = read(epub({"a.xhtml": page(heading + P1)}, contents=nav(("a.xhtml", title)) if title else ""))
    assert article.title == wanted
    assert texts(article) == [*left, T1]


PASSED = {
    "cover.xhtml": page('<section epub:type="cover"><p>The cover</p></section>'),
    "title.xhtml": page('<section role="doc-titlepage"><p>The title page</p></section>'),
    "copy.xhtml": page("<p>The imprint</p>", 'epub:type="copyright-page"'),
    "guide.xhtml": page("<p>By the guide</p>"),
    "landmark.xhtml": page("<p>By a landmark</p>"),
    "label.xhtml": page("<p>By its label</p>"),
    "notes.xhtml": page("<p>The notes</p>", 'epub:type="endnotes"'),
    "index.xhtml": page("<p>The index</p>", 'epub:type="index"'),
}


def test_what_is_no_chapter_is_in_the_ledger() -> None:
    pages = {**PASSED, "a.xhtml": page(P1)}
    contents = nav(
        ("label.xhtml", "Table of Contents"),
        ("a.xhtml", "Rain"),
        landmarks='<nav epub:type="landmarks"><ol><li><a epub:type="toc" href="landmark.xhtml">x</a></li></ol></nav>',
    )
    guide = '<reference type="copyright-page" href="guide.xhtml"/>'
    (article,) = read(epub(pages, contents=contents, guide=guide))
    assert texts(article) == [T1]
    assert {
        ("outside", "The cover"),
        ("title", "The title page"),
        ("copyright", "The imprint"),
        ("copyright", "By the guide"),
        ("navigation", "By a landmark"),
        ("navigation", "By its label"),
        ("footnote", "The notes"),
        ("navigation", "The index"),
    } <= ledger(article)


def test_what_comes_after_the_last_chapter_is_in_its_ledger() -> None:
    pages = {"a.xhtml": page(P1), "index.xhtml": PASSED["index.xhtml"]}
    (article,) = read(epub(pages, contents=nav(("a.xhtml", "Rain"))))
    assert ("navigation", "The index") in ledger(article)


def test_names_of_parts_are_no_chapters() -> None:
    pages = {"p1.xhtml": page("<h1>Part One</h1>"), "a.xhtml": page(P1), "p2.xhtml": page("<h1>Part Two</h1>")}
    (article,) = read(epub(pages, contents=nav(*[(href, href) for href in pages])))
    assert texts(article) == [T1]
    assert {("heading-only", "Part One"), ("heading-only", "Part Two")} <= ledger(article)


def test_documents_to_leaf_to() -> None:
    spine = '<itemref idref="i0"/><itemref idref="i1" linear="no"/>'
    (article,) = read(epub({"a.xhtml": page(P1), "b.xhtml": page(P2)}, spine=spine))
    assert texts(article) == [T1]
    assert ("outside", T2) in ledger(article)


def test_notes() -> None:
    body = (
        '<p>It rained<a epub:type="noteref" href="#n1">1</a> a lot<a href="notes.xhtml#n2"><sup>2</sup></a>, they'
        '<span epub:type="pagebreak" title="12">12</span> say<a id="r3" href="#n3">[3]</a>.</p>'
        '<aside epub:type="footnote" id="n1"><p>All day.</p></aside><p id="n3"><a href="#r3">[3]</a> They do.</p>'
    )
    (article,) = read(epub({"a.xhtml": page(body)}, contents=nav(("a.xhtml", "Rain"))))
    assert texts(article) == ["It rained a lot, they say."]
    wanted = {
        ("footnote", "1"),
        ("footnote", "2"),
        ("navigation", "12"),
        ("footnote", "All day."),
        ("footnote", "[3] They do."),
    }
    assert wanted <= ledger(article)


def test_entities_of_html_and_empty_elements() -> None:
    (article,) = read(epub({"a.xhtml": page('<p>It&nbsp;rained&#8212;<a id="x"/>all &amp; ever&mdash;&bogus;.</p>')}))
    assert texts(article) == ["It rained—all & ever—&bogus;."]


@pytest.mark.parametrize(
    "body", ["<p>It rained.<br>All day.<p>It stopped.", "<p>It rained. All day.</p><p>It stopped.</i></p>"]
)
def test_documents_that_are_no_sound_xml(body: str) -> None:
    (article,) = read(epub({"a.xhtml": page(body)}))
    assert texts(article) == ["It rained. All day.", "It stopped."]


def test_a_bomb_in_a_document_is_inert() -> None:
    laughs = '<!DOCTYPE html [<!ENTITY x "haha"><!ENTITY y SYSTEM "file:///etc/passwd">]>'
    evil = page("<p>It rained &x; and &y; all day.</p>").replace("<!DOCTYPE html>", laughs)
    (article,) = read(epub({"a.xhtml": evil}))
    assert texts(article) == ["It rained &x; and &y; all day."]


def test_a_bomb_in_the_package_is_refused() -> None:
    data = epub({"a.xhtml": page(P1)})
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        files = {name: file.read(name).decode() for name in file.namelist()}
    files["OEBPS/book.opf"] = '<!DOCTYPE package [<!ENTITY x "haha">]>' + files["OEBPS/book.opf"]
    with pytest.raises(SourceError, match=r"book\.opf in tides\.epub declares entities"):
        items(packed(files))


@pytest.mark.parametrize(
    "href", ["../../etc/passwd", "missing.xhtml", "https://example.org/a.xhtml", "file:///etc/passwd"]
)
def test_documents_that_are_not_there(href: str) -> None:
    book = epub({"a.xhtml": page(P1), "gone.xhtml": page(P2)}, contents=ncx(("a.xhtml", "Rain")))
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        files = {name: file.read(name).decode() for name in file.namelist() if "gone" not in name}
    files["OEBPS/book.opf"] = files["OEBPS/book.opf"].replace("gone.xhtml", href)
    first, second = items(packed(files))
    assert isinstance(first, Article)
    assert isinstance(second, Failure)
    assert (second.source, second.exit_code) == ("tides.epub#2", 3)
    assert "names a document that is not in it" in second.message


def test_addresses_from_the_root_of_the_archive() -> None:
    (article,) = read(
        epub({"/OEBPS/a.xhtml": page(P2)}, extra={"OEBPS/a.xhtml": page(P1)}).replace(b"OEBPS//OEBPS", b"OEBPS/xOEBPS")
    )
    assert texts(article) == [T1]


def test_the_type_need_not_come_first() -> None:
    data = epub({"a.xhtml": page(P1)})
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        files = {name: file.read(name) for name in sorted(file.namelist(), reverse=True) if name != "mimetype"}
    book = packed(files)
    assert texts(read(book)[0]) == [T1]
    assert registry.pick(Source(name="-"), book[: registry.SNIFF]).name == "epub"


def encryption(algorithm: str) -> dict[str, str | bytes]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
    }


def test_locked_books() -> None:
    with pytest.raises(SourceError, match="locked by digital rights management") as caught:
        items(epub({"a.xhtml": page(P1)}, extra=encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")))
    assert "copy protection" in caught.value.hint


def test_scrambled_fonts_lock_nothing() -> None:
    assert read(epub({"a.xhtml": page(P1)}, extra=encryption("http://www.idpf.org/2008/embedding")))


@pytest.mark.parametrize("missing", ["META-INF/container.xml", "OEBPS/book.opf"])
def test_books_without_their_package(missing: str) -> None:
    with zipfile.ZipFile(io.BytesIO(epub({"a.xhtml": page(P1)}))) as file:
        files = {name: file.read(name) for name in file.namelist() if name != missing}
    if missing.endswith(".opf"):
        with pytest.raises(SourceError, match="but no book"):
            items(packed(files))
    else:
        assert read(packed(files))


def test_books_of_pictures() -> None:
    with pytest.raises(NoArticleError, match=r"no article in tides\.epub"):
        items(epub({"a.xhtml": page('<img src="a.jpg" alt=""/>')}))


@pytest.mark.parametrize(
    ("creators", "authors"),
    [
        ("<dc:creator>Ada Quill</dc:creator><dc:creator>Tom Reyes</dc:creator>", ("Ada Quill", "Tom Reyes")),
        (
            '<dc:creator opf:role="aut">Ada Quill</dc:creator><dc:creator opf:role="trl">Tom Reyes</dc:creator>',
            ("Ada Quill",),
        ),
        ('<dc:creator opf:role="edt">Quill, Ada</dc:creator>', ("Ada Quill",)),
    ],
)
def test_authors(creators: str, authors: tuple[str, ...]) -> None:
    facts = re.sub(r"<dc:creator.*</dc:creator>", creators, FACTS)
    assert read(epub({"a.xhtml": page(P1)}, facts=facts))[0].authors == authors


def test_books_without_identifier_are_known_by_their_file() -> None:
    facts = re.sub(r"<dc:identifier.*</dc:identifier>", "", FACTS)
    assert read(epub({"a.xhtml": page(P1)}, facts=facts))[0].aliases == ("id:tides.epub#a.xhtml",)


def test_the_sample() -> None:
    assert (SAMPLES / "sorrel-bay.epub").read_bytes() == sample_book()
    first, second = read(sample_book())
    assert (first.title, second.title) == ("1. The Clock on the Pier", "2. Salt")
    assert [block.text for block in first.blocks if block.kind is BlockKind.HEADING] == ["Why four minutes"]
    assert texts(second)[-1].endswith("they give frogs.")
    assert {("footnote", "By-law 17, section 3."), ("outside", "Sorrel Bay: Two Reports")} <= ledger(first)


CHAPTERS = epub(
    {"a.xhtml": page(f'<h1>Rain</h1>{P1}<h2 id="s">Roof</h2>{P2}'), "b.xhtml": page(P2)},
    contents=ncx(("a.xhtml", "Rain"), ("a.xhtml#s", "Roof"), ("b.xhtml", "Sun")),
    extra=encryption("http://www.idpf.org/2008/embedding"),
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_happens_to_a_book_only_our_errors_come_out(data: st.DataObject) -> None:
    mutated = bytearray(CHAPTERS)
    for _ in range(data.draw(st.integers(1, 5))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    try:
        items(bytes(mutated))
    except SourceError as error:
        assert "tides.epub" in error.message  # noqa: PT017 - most mutations are harmless: nothing is raised


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_the_files_only_our_errors_come_out(data: st.DataObject) -> None:
    """The same in the files themselves, behind checksums that are right."""
    with zipfile.ZipFile(io.BytesIO(CHAPTERS)) as file:
        files = {name: bytearray(file.read(name)) for name in file.namelist()}
    for _ in range(data.draw(st.integers(1, 5))):
        chosen = files[data.draw(st.sampled_from(sorted(files)))]
        at = data.draw(st.integers(0, len(chosen) - 1)) if chosen else 0
        chosen[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from([b"", b"<", b'"', b"#", b"/", b"..", b"<p>", b"\xff", b"nav", b"&x;"])
        )
    try:
        items(packed({name: bytes(content) for name, content in files.items()}))
    except SourceError as error:
        assert "tides.epub" in error.message  # noqa: PT017 - as above


WORDS = st.text("abcdefghij", min_size=1, max_size=6)
ELEMENTS = st.one_of(
    WORDS.map("<p>{}</p>".format),
    WORDS.map("<h1>{}</h1>".format),
    WORDS.map("<div>{}</div>".format),
    WORDS.map('<aside epub:type="footnote">{}</aside>'.format),
    WORDS.map('<p>see<a href="#x">7</a> {}</p>'.format),
    WORDS.map('<p id="x"><a href="#y">7</a> {}</p>'.format),
    WORDS.map('<span epub:type="pagebreak">{}</span>'.format),
    WORDS.map("<blockquote><p>{}</p></blockquote>".format),
    WORDS.map('<div><p>{0}</p><h2 id="c">{0}</h2></div>'.format),
    WORDS,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(ELEMENTS, min_size=1, max_size=4), min_size=1, max_size=4),
    st.lists(st.integers(0, 3), max_size=3),
)
def test_every_word_is_in_a_chapter_or_in_a_ledger(bodies: list[list[str]], listed: list[int]) -> None:
    pages = {f"{number}.xhtml": page("".join(body) + P1) for number, body in enumerate(bodies)}
    rows = [(f"{number % len(pages)}.xhtml" + "#c" * (number == 3), f"T{number}") for number in listed]
    found = read(epub(pages, contents=ncx(*rows) if rows else ""))
    kept = "".join(text for article in found for text in [*texts(article), *(piece.text for piece in article.dropped)])
    written = re.sub(r"<[^>]*>", "", "".join("".join(body) for body in bodies))
    for letter in set(written) - set(" "):
        assert kept.count(letter) >= written.count(letter)
