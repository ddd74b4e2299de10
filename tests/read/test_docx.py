"""Word documents."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import SourceError, TooLongError
from articleaudio.model import Article, BlockKind, MarkKind
from articleaudio.read import Reader, Source, read_one, registry
from articleaudio.read.docx import READER
from articleaudio.testing import ReaderContract

from .packages import SAMPLES, docx, packed, para, run, sample_document, style

P, H, Q, L, T = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.QUOTE,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_ROW,
)
LONG = "It rained on Monday, and the roof of the hall leaked again, as it does every year, said the warden."
DELETED = '<w:del w:id="1"><w:r><w:delText xml:space="preserve">{}</w:delText></w:r></w:del>'
INSERTED = '<w:ins w:id="2"><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:ins>'
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'


def read(data: bytes, name: str = "rain-report.docx") -> Article:
    (article,) = READER.read(Source(name=name, relative=name, data=data), "")
    return article


def kinds(article: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in article.blocks]


def ledger(article: Article) -> set[tuple[str, str]]:
    return {(piece.reason, piece.text) for piece in article.dropped}


class TestContract(ReaderContract):
    reader: ClassVar[Reader] = READER
    sources: ClassVar[tuple[bytes, ...]] = (
        docx(para("Rain", "Title") + para(LONG) + para("Later", "Heading1") + para("It stopped.")),
        docx(para("Correction: it was Tuesday.") + para(LONG)),
    )


def test_the_head_of_a_manuscript() -> None:
    article = read(
        docx(
            para("Rain in May & <June>", "Title")
            + para("What the roof says", "Subtitle")
            + para("By Jane Doe and Tom Reyes")
            + para("May 4, 2026")
            + para(LONG),
            core="<dc:creator>Sam Orr</dc:creator><dcterms:created>2026-05-01T09:00:00Z</dcterms:created>"
            "<dcterms:modified>2026-05-05T09:30:00Z</dcterms:modified><dc:language>en-GB</dc:language>",
        )
    )
    assert article.title == "Rain in May & <June>"
    assert article.dek == "What the roof says"
    assert article.authors == ("Jane Doe", "Tom Reyes")
    assert article.published == datetime(2026, 5, 4)  # noqa: DTZ001 - the text names no zone
    assert article.updated == datetime(2026, 5, 5, 9, 30, tzinfo=UTC)
    assert article.language == "en-gb"
    assert article.aliases == ("path:rain-report.docx",)
    assert kinds(article) == [(P, LONG)]
    assert ledger(article) == {
        ("title", "Rain in May & <June>"),
        ("dek", "What the roof says"),
        ("byline", "By Jane Doe and Tom Reyes"),
        ("date", "May 4, 2026"),
    }


def test_properties_for_want_of_better() -> None:
    core = "<dc:creator>Sam Orr</dc:creator><dcterms:created>2026-05-01T09:00:00Z</dcterms:created>"
    article = read(docx(para(LONG), core=f"<dc:title>Rain in May</dc:title>{core}"))
    assert (article.title, article.authors) == ("Rain in May", ("Sam Orr",))
    assert article.published == datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("title", ["Document1", "Microsoft Word - rain.doc", "", "Template"])
@pytest.mark.parametrize("creator", ["Microsoft Office User", "python-docx", "admin"])
def test_what_programs_write_into_the_properties_is_nothing(title: str, creator: str) -> None:
    article = read(docx(para(LONG), core=f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"))
    assert (article.title, article.authors) == ("Rain report", ())


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (para("Rain", "Heading1") + para(LONG), "Rain"),
        (para("POLITICS") + para("Rain", "Heading1") + para(LONG) + para("Later", "Heading1") + para(LONG), "Rain"),
        (para("Rain") + para(LONG), "Rain"),
        (para(run("Rain", "<w:b/>")) + para(LONG), "Rain"),
        (para(LONG) * 4 + para("One", "Heading1") + para(LONG) + para("Two", "Heading1") + para(LONG), "Rain report"),
        (para("It rained.") + para(LONG), "Rain report"),
    ],
)
def test_headlines_without_a_style_for_them(body: str, title: str) -> None:
    article = read(docx(body))
    assert article.title == title
    assert all(block.text != title for block in article.blocks)


def test_structure() -> None:
    cells = [["Place", "Rain"], ["Wend", "3 mm"]]
    rows = ("".join(f"<w:tc>{para(cell)}</w:tc>" for cell in row) for row in cells)
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    article = read(
        docx(
            para("Rain", "Title")
            + para(run("It ") + run("rained", "<w:b/>") + run(" a lot."))
            + para("Later", "Heading2")
            + para("It will stop.", "Quote")
            + para("It must stop.", "IntenseQuote")
            + para("A roof in the rain.", "Caption")
            + para("a coat", "ListParagraph", NUMBERED)
            + para("a hat", "ListBullet")
            + para("Indented, no list.", "ListParagraph")
            + table
            + para('<w:hyperlink r:id="web">' + run("The page") + "</w:hyperlink>" + run(" says so."))
        )
    )
    assert kinds(article) == [
        (P, "It rained a lot."),
        (H, "Later"),
        (Q, "It will stop."),
        (Q, "It must stop."),
        (L, "a coat"),
        (L, "a hat"),
        (P, "Indented, no list."),
        (T, "Place; Rain"),
        (T, "Wend; 3 mm"),
        (P, "The page says so."),
    ]
    assert article.blocks[0].marks[0].kind is MarkKind.EMPHASIS
    assert article.blocks[-1].marks[0].value == "https://example.org/a?b=1&c=2"
    assert ("caption", "A roof in the rain.") in ledger(article)


def test_changes_are_read_as_accepted() -> None:
    body = para(run("It rained") + DELETED.format(" softly") + INSERTED.format(" hard") + run(" all day."))
    moved = "<w:moveFrom><w:r><w:t>Nobody was wet.</w:t></w:r></w:moveFrom>"
    body += para(moved + run("They went home.")) + para("<w:moveTo>" + run("Nobody was wet.") + "</w:moveTo>")
    article = read(docx(para("Rain", "Title") + body))
    assert kinds(article) == [(P, "It rained hard all day."), (P, "They went home."), (P, "Nobody was wet.")]
    assert {("struck", "softly"), ("struck", "Nobody was wet.")} <= ledger(article)


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    ends = '<w:rPr><w:del w:id="4"/></w:rPr>'
    article = read(docx(para("Rain", "Title") + para(run("It rained "), "", ends) + para("and rained.")))
    assert kinds(article) == [(P, "It rained and rained.")]
    assert kinds(read(docx(para("Rain", "Title") + para("It rained.", "", ends)))) == [(P, "It rained.")]


def test_deleted_and_hidden_rows() -> None:
    rows = "".join(
        f"<w:tr>{mark}<w:tc>{para(text)}</w:tc><w:tc>{para('x')}</w:tc></w:tr>"
        for mark, text in (
            ("", "A"),
            ('<w:trPr><w:del w:id="1"/></w:trPr>', "B"),
            ("<w:trPr><w:hidden/></w:trPr>", "C"),
        )
    )
    article = read(docx(para("Rain", "Title") + f"<w:tbl>{rows}</w:tbl>" + para(LONG)))
    assert kinds(article) == [(T, "A; x"), (P, LONG)]
    assert {("struck", "B x"), ("hidden", "C x")} <= ledger(article)


def test_hidden_text() -> None:
    styles = style("Secret", "Secret", kind="character", inner="<w:rPr><w:vanish/></w:rPr>") + style(
        "Brief", "Briefing", inner="<w:rPr><w:vanish/></w:rPr>"
    )
    body = para(
        run("It rained") + run(" (check)", "<w:vanish/>") + run(" here", '<w:rStyle w:val="Secret"/>') + run(".")
    )
    article = read(docx(para("Rain", "Title") + body + para("For the desk only", "Brief") + para(LONG), styles))
    assert kinds(article)[0] == (P, "It rained.")
    assert {("hidden", "(check) here"), ("hidden", "For the desk only")} <= ledger(article)
    shown = para(run("It rained.", '<w:vanish w:val="0"/>'))
    assert kinds(read(docx(para("Rain", "Title") + shown)))[0] == (P, "It rained.")


def test_what_stands_beside_the_text() -> None:
    article = read(
        docx(
            para("Rain", "Title")
            + para(
                run("It rained")
                + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
                + run(" a lot.")
            ),
            parts={
                "footnotes": f'<w:footnote w:type="separator" w:id="0">{para("---")}</w:footnote>'
                f'<w:footnote w:id="2">{para("All day.")}</w:footnote>',
                "endnotes": f'<w:endnote w:id="1">{para("So they say.")}</w:endnote>',
                "comments": f'<w:comment w:id="0">{para("Really?")}</w:comment>',
                "header1": para("Draft, page 1"),
                "footer1": para("The Meridian Daily"),
            },
        )
    )
    assert kinds(article) == [(P, "It rained a lot.")]
    assert ledger(article) == {
        ("title", "Rain"),
        ("footnote", "All day."),
        ("footnote", "So they say."),
        ("margin", "Really?"),
        ("margin", "Draft, page 1"),
        ("margin", "The Meridian Daily"),
    }


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wps:txbx><w:txbxContent>{0}'
    "</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    body = para(run("It rained.") + BOX.format(para("The hall has 12 roofs.") + para("All leak."))) + para(LONG)
    article = read(docx(para("Rain", "Title") + body))
    assert kinds(article) == [(P, "It rained."), (P, "The hall has 12 roofs."), (P, "All leak."), (P, LONG)]


def test_a_text_box_that_repeats_the_text_is_a_pull_quote() -> None:
    body = para(run("It rained.") + BOX.format(para("the roof of the hall leaked again"))) + para(LONG)
    article = read(docx(para("Rain", "Title") + body))
    assert kinds(article) == [(P, "It rained."), (P, LONG)]
    assert ("pull-quote", "the roof of the hall leaked again") in ledger(article)


def test_fields_formulas_breaks_and_wrappers_lose_nothing() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://x.example"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("a link")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = para(run("See ") + field + run(", ") + f'<w:fldSimple w:instr="DATE">{run("today")}</w:fldSimple>')
    body += para(
        f"<w:smartTag>{run('One')}<w:bdo>{run(' two')}</w:bdo></w:smartTag>" + "<w:r><w:cr/><w:t>three</w:t></w:r>"
    )
    body += para('<w:r><w:t>four</w:t><w:br w:type="page"/><w:t>five</w:t><w:tab/><w:t>six</w:t></w:r>')
    body += para(
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
        + run(" is half.")
    )
    body += f"<w:sdt><w:sdtContent>{para('In a control.')}</w:sdtContent></w:sdt>"
    article = read(docx(para("Rain", "Title") + para(LONG) + body))
    assert [text for _, text in kinds(article)[1:]] == [
        "See a link, today",
        "One two three",
        "four five six",
        "a/b is half.",
        "In a control.",
    ]


def test_contents_and_placeholders_are_no_text() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"<w:sdt>{gallery}<w:sdtContent>{para('Contents')}{para('Later 2')}</w:sdtContent></w:sdt>"
    body += para("Later ... 3", "TOC1")
    body += f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{para('Click here.')}</w:sdtContent></w:sdt>"
    article = read(docx(para("Rain", "Title") + body + para(LONG)))
    assert kinds(article) == [(P, LONG)]
    assert {("navigation", "Contents Later 2"), ("navigation", "Later ... 3"), ("form", "Click here.")} <= ledger(
        article
    )


@pytest.mark.parametrize(
    ("styles", "ids"),
    [
        (
            style("Titel", "Title") + style("berschrift1", "heading 1") + style("Zitat", "Quote"),
            ("Titel", "berschrift1", "Zitat"),
        ),
        (style("a3", "Title") + style("1", "heading 1") + style("a5", "Quote"), ("a3", "1", "a5")),
        (style("x1", "Назва") + style("x2", "Заголовок 1") + style("x3", "Цитата"), ("x1", "x2", "x3")),
        (style("x1", "Titel") + style("x2", "Überschrift 1") + style("x3", "Intensives Zitat"), ("x1", "x2", "x3")),
        ("", ("Title", "Heading1", "IntenseQuote")),
        (
            style("H", "House Headline", "Title")
            + style("S", "House Sub", "Heading1")
            + style("C", "House Q", "Quote"),
            ("H", "S", "C"),
        ),
    ],
)
def test_styles_in_other_languages_and_of_the_house(styles: str, ids: tuple[str, str, str]) -> None:
    body = para("Rain", ids[0]) + para(LONG) + para("Later", ids[1]) + para("It will stop.", ids[2])
    inherited = (
        style("Title", "Title") + style("Heading1", "heading 1") + style("Quote", "Quote") if "House" in styles else ""
    )
    article = read(docx(body, styles + inherited))
    assert article.title == "Rain"
    assert kinds(article) == [(P, LONG), (H, "Later"), (Q, "It will stop.")]


def test_outline_levels_make_headings() -> None:
    body = para(LONG) + para("Later", "", '<w:outlineLvl w:val="1"/>') + para(LONG.replace("Monday", "Tuesday"))
    assert [(block.kind, block.level) for block in read(docx(body)).blocks] == [(P, 0), (H, 2), (P, 0)]


def test_styles_that_inherit_in_a_circle() -> None:
    circle = style("A", "A", "B") + style("B", "B", "A")
    assert kinds(read(docx(para(LONG, "A"), circle))) == [(P, LONG)]


def test_the_strict_variant_of_the_format() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(para("Rain", "Title") + para(LONG)))) as file:
        files = {name: file.read(name) for name in file.namelist()}
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    purl = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    article = read(packed({name: content.replace(usual, purl) for name, content in files.items()}))
    assert article.title == "Rain"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, r"old Word document \(\.doc\)"),
        (b"{\\rtf1\\ansi It rained.}", "Rich Text Format"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    ],
)
@pytest.mark.parametrize("name", ["rain.doc", "rain.rtf", "rain.pdf", "rain.docx", "-"])
def test_other_documents_are_named_and_what_to_do(data: bytes, message: str, name: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_one(Source(name=name, data=data))
    assert "save it as DOCX" in caught.value.hint


@pytest.mark.parametrize("name", ["rain.odt", "rain.pages", "rain.xlsx", "rain.docx", "-"])
def test_zip_archives_that_are_no_document(name: str) -> None:
    data = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    with pytest.raises(SourceError, match="a zip archive, but no Word document") as caught:
        read_one(Source(name=name, data=data))
    assert "save it as DOCX" in caught.value.hint


def test_far_too_long() -> None:
    with pytest.raises(TooLongError, match="characters"):
        read(docx(para("rain " * 20) * 26_000))


def test_a_document_from_standard_input() -> None:
    data = docx(para("Rain", "Title") + para(LONG))
    assert registry.pick(Source(name="-"), data[: registry.SNIFF]).name == "docx"
    assert read_one(Source(name="-", data=data)).title == "Rain"


WORDS = st.text("abcdefghij", min_size=1, max_size=6)
RUNS = st.one_of(
    WORDS.map(run),
    WORDS.map(lambda text: run(text, "<w:vanish/>")),
    WORDS.map(lambda text: run(text, "<w:strike/>")),
    WORDS.map(DELETED.format),
    WORDS.map(INSERTED.format),
    WORDS.map(lambda text: f'<w:fldSimple w:instr="X">{run(text)}</w:fldSimple>'),
    WORDS.map(lambda text: f"<w:unheardOf><w:other>{run(text)}</w:other></w:unheardOf>"),
    WORDS.map(lambda text: BOX.format(para(text))),
)
STYLED = st.sampled_from(["", "Title", "Subtitle", "Heading1", "Heading3", "Quote", "Caption", "ListBullet", "TOC1"])
PARAGRAPHS = st.builds(
    lambda runs, name, ends: para(run(" ").join(runs), name, '<w:rPr><w:del w:id="1"/></w:rPr>' if ends else ""),
    st.lists(RUNS, min_size=1, max_size=4),
    STYLED,
    st.booleans(),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=6))
def test_every_word_is_in_the_text_or_in_the_ledger(paragraphs: list[str]) -> None:
    body = "".join(paragraphs)
    # A box stands in the file twice, for old and new programs.
    written = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", body)
    words = Counter("".join(re.findall(r"<w:(?:t|delText)[^>]*>([^<]*)<", written)).replace(" ", ""))
    article = read(docx(body))
    texts = [block.text for block in article.blocks] + [piece.text for piece in article.dropped]
    found = Counter("".join(texts).replace(" ", ""))
    assert not words - found


SMALL = docx(para("Rain", "Title") + para(LONG) + para(run("x") + INSERTED.format("y")), method=zipfile.ZIP_DEFLATED)
STORED = docx(para("Rain", "Title") + para(LONG) + para(run("x") + BOX.format(para("y"))))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_happens_to_a_document_only_our_errors_come_out(data: st.DataObject) -> None:
    mutated = bytearray(data.draw(st.sampled_from([SMALL, STORED])))
    for _ in range(data.draw(st.integers(1, 5))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(mutated))
    except SourceError as error:
        assert "rain-report.docx" in error.message  # noqa: PT017 - most mutations are harmless: nothing is raised


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_the_xml_only_our_errors_come_out(data: st.DataObject) -> None:
    """The same in the XML itself, behind a checksum that is right."""
    body = bytearray((para("Rain", "Title") + para(run("x", "<w:b/>") + BOX.format(para("y")))).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from([b"", b"<", b'"', b"w:p", b"/", b"0", b"w:tbl"])
        )
    try:
        read(docx(body.decode()))
    except SourceError as error:
        assert "rain-report.docx" in error.message  # noqa: PT017 - as above


def test_the_sample_is_what_the_script_writes() -> None:
    assert (SAMPLES / "library.docx").read_bytes() == sample_document()
    assert (SAMPLES / "library.docx").stat().st_size < 20_000
