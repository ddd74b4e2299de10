"""Word documents and books, written for the tests and as samples.

`python tests/read/packages.py` writes the samples.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLES = Path(__file__).parent.parent.parent / "samples"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def packed(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip archive, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            info.create_system = 3
            info.external_attr = 0o644 << 16
            file.writestr(info, content)
    return out.getvalue()


# ── DOCX ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph: of text, or of runs when it begins with a tag."""
    inner = content if content.startswith("<") else run(content)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def style(id_: str, name: str, based_on: str = "", inner: str = "", kind: str = "paragraph") -> str:
    """A style."""
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{parent}{inner}</w:style>'


STYLES = "".join(
    (
        style("Title", "Title"),
        style("Subtitle", "Subtitle"),
        *(style(f"Heading{level}", f"heading {level}") for level in range(1, 7)),
        style("Quote", "Quote"),
        style("IntenseQuote", "Intense Quote"),
        style("Caption", "caption"),
        style("ListParagraph", "List Paragraph"),
        style("ListBullet", "List Bullet"),
        style("TOC1", "toc 1"),
    )
)


def docx(
    body: str,
    styles: str = STYLES,
    parts: Mapping[str, str] | None = None,
    core: str = "",
    method: int = zipfile.ZIP_STORED,
) -> bytes:
    """A document. `parts`: further parts (footnotes, comments, header1, …) by name, each the inside of its root."""
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "header": "hdr", "footer": "ftr"}
    related, files = [f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>'], {}
    for name, inner in (parts or {}).items():
        kind = name.rstrip("0123456789")
        related.append(f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>')
        files[f"word/{name}.xml"] = f"<w:{roots[kind]} {NAMES}>{inner}</w:{roots[kind]}>"
    related.append(
        f'<Relationship Id="web" Type="{R}/hyperlink" TargetMode="External" '
        'Target="https://example.org/a?b=1&amp;c=2"/>'
    )
    properties = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="c" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
            "</Relationships>",
            "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?>'
            f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f"{''.join(related)}</Relationships>",
            "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
            "docProps/core.xml": properties,
            **files,
        },
        method,
    )


# ── EPUB ────────────────────────────────────────────────────────────────────────────────────────────────────────────

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
FACTS = (
    '<dc:identifier id="uid">urn:isbn:9780000000017</dc:identifier><dc:title>Tides</dc:title>'
    '<dc:creator id="c1">Quill, Ada</dc:creator><dc:creator id="c2">Tom Reyes</dc:creator>'
    '<meta refines="#c1" property="role">aut</meta><meta refines="#c2" property="role">ill</meta>'
    "<dc:language>en-GB</dc:language><dc:date>2026-05-04</dc:date>"
    '<meta property="dcterms:modified">2026-06-01T08:00:00Z</meta>'
)


def page(body: str, attributes: str = "", title: str = "x") -> str:
    """A document of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head>'
        f"<body {attributes}>{body}</body></html>"
    )


def nav(*rows: tuple[str, str], landmarks: str = "") -> str:
    """A table of contents of EPUB 3."""
    lines = "".join(f'<li><a href="{href}">{escape(title)}</a></li>' for href, title in rows)
    return page(f'<nav epub:type="toc"><h1>Contents</h1><ol>{lines}</ol></nav>{landmarks}')


def ncx(*rows: tuple[str, str]) -> str:
    """A table of contents of EPUB 2."""
    points = "".join(
        f'<navPoint id="p{number}"><navLabel><text>{escape(title)}</text></navLabel><content src="{href}"/></navPoint>'
        for number, (href, title) in enumerate(rows)
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'


def epub(
    pages: Mapping[str, str],
    *,
    contents: str = "",
    facts: str = FACTS,
    guide: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    spine: str = "",
    method: int = zipfile.ZIP_STORED,
) -> bytes:
    """A book of documents in their order. `contents`: a table of contents of either version."""
    items = [f'<item id="i{n}" href="{href}" media-type="application/xhtml+xml"/>' for n, href in enumerate(pages)]
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    files: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    if "<ncx" in contents:
        items.append('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>')
        files["OEBPS/toc.ncx"] = contents
    elif contents:
        items.append('<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>')
        files["OEBPS/nav.xhtml"] = contents
        refs = f'<itemref idref="nav"/>{refs}'
    files["OEBPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="uid"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{facts}</metadata><manifest>{''.join(items)}</manifest>"
        f'<spine toc="ncx">{spine or refs}</spine><guide>{guide}</guide></package>'
    )
    files |= {f"OEBPS/{href.replace('%20', ' ')}": content for href, content in pages.items()}
    return packed(files | dict(extra or {}), method)


# ── Samples ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def sample_document() -> bytes:
    """A reporter's manuscript with everything that editing leaves in one. Fiction."""
    deleted = '<w:del w:id="1"><w:r><w:delText xml:space="preserve">nearly </w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2"><w:r><w:t xml:space="preserve">exactly </w:t></w:r></w:ins>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    remark = '<w:r><w:commentReference w:id="0"/></w:r>'
    rows = (("Branch", "Tools", "Loans"), ("Old Mill", "212", "1,940"), ("Harbor Street", "96", "803"))
    table = "".join("<w:tr>" + "".join(f"<w:tc>{para(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        para("The library that lends out ladders", "Title")
        + para("In Brennick, a drill is due back in two weeks, like any novel", "Subtitle")
        + para("By Ines Halloran")
        + para("April 9, 2026")
        + para(
            run("When the Old Mill branch opened its tool shelf in 2024, it held ")
            + deleted
            + inserted
            + run("30 items")
            + note
            + run(". Today it holds 212, and the ladder has a waiting list")
            + remark
            + run(".")
        )
        + para(run("Desk: hold the figures until noon.", "<w:vanish/>"))
        + para("Ines Halloran's photo of the tool shelf at the Old Mill branch.", "Caption")
        + para("What people borrow", "Heading1")
        + para("Three things are never on the shelf for more than a day:")
        + para("the carpet cleaner", "ListParagraph", numbered)
        + para("the long ladder", "ListParagraph", numbered)
        + para("a machine that presses apples", "ListParagraph", numbered)
        + para("“Nobody needs a drill for more than 13 minutes in a lifetime,” says the librarian, Tove Lind.", "Quote")
        + para("The figures", "Heading1")
        + f"<w:tbl>{table}</w:tbl>"
        + para("A third branch is to follow in the fall, if the council agrees on June 2.")
    )
    notes = f'<w:footnote w:id="2">{para("The count is from the library’s own list of March 2024.")}</w:footnote>'
    return docx(
        body,
        parts={
            "footnotes": notes,
            "comments": f'<w:comment w:id="0">{para("Ask Tove how long.")}</w:comment>',
            "header1": para("Halloran / ladders / second draft"),
        },
        core="<dc:creator>Ines Halloran</dc:creator><dcterms:created>2026-04-07T08:00:00Z</dcterms:created>"
        "<dcterms:modified>2026-04-09T15:20:00Z</dcterms:modified><dc:language>en-US</dc:language>",
    )


def sample_book() -> bytes:
    """A small book of two reports, with all that books put around their chapters. Fiction."""
    first = (
        "<h1>1</h1><h2>The Clock on the Pier</h2><p>The clock on the pier at Sorrel Bay has been four minutes slow "
        'since 1911, and nobody may mend it.<a epub:type="noteref" href="#n1">1</a></p>'
        "<p>Ferries leave by it. So do weddings.</p>"
        "<h3>Why four minutes</h3><p>The town voted on it twice, and twice the clock won.</p>"
        '<aside epub:type="footnote" id="n1"><p>By-law 17, section 3.</p></aside>'
    )
    second = (
        "<h1>2</h1><h2>Salt</h2><p>Above the bay stand nine pans of stone, each as wide as a tennis court.</p>"
        "<blockquote><p>“You hear the salt before you see it,” says Marek Dahl, who rakes it.</p></blockquote>"
    )
    rest = "<p>In a dry summer the pans give eleven tons. In a wet one they give frogs.</p>"
    pages = {
        "cover.xhtml": page('<section epub:type="cover"><p>Sorrel Bay: Two Reports</p></section>'),
        "title.xhtml": page(
            '<section epub:type="titlepage"><h1>Sorrel Bay</h1><p>Two Reports by Ada Quill</p></section>'
        ),
        "imprint.xhtml": page("<p>© 2026 The articleaudio authors. Apache-2.0.</p>", 'epub:type="copyright-page"'),
        "clock.xhtml": page(first),
        "salt.xhtml": page(second),
        "salt-2.xhtml": page(rest),
        "index.xhtml": page("<h1>Index</h1><p>clock, 1; frogs, 2; salt, 2</p>", 'epub:type="index"'),
    }
    facts = (
        '<dc:identifier id="uid">urn:uuid:6b1f6f0e-51c7-4d0e-9f0c-1f2a3b4c5d6e</dc:identifier>'
        "<dc:title>Sorrel Bay</dc:title><dc:creator>Ada Quill</dc:creator><dc:language>en-US</dc:language>"
        '<dc:date>2026-03-01</dc:date><meta property="dcterms:modified">2026-03-02T10:00:00Z</meta>'
    )
    contents = nav(
        ("title.xhtml", "Title Page"),
        ("clock.xhtml", "1. The Clock on the Pier"),
        ("salt.xhtml", "2. Salt"),
        ("index.xhtml", "Index"),
    )
    return epub(pages, contents=contents, facts=facts)


if __name__ == "__main__":
    (SAMPLES / "library.docx").write_bytes(sample_document())
    (SAMPLES / "sorrel-bay.epub").write_bytes(sample_book())
