"""The expected reading beside each golden page: what is spoken, then the ledger, as a person would check it."""

from __future__ import annotations

from pathlib import Path

from articleaudio.model import Article, BlockKind
from articleaudio.read import Source, read_articles

PAGES = Path(__file__).parent / "pages"
SIGNS = {
    BlockKind.PARAGRAPH: "",
    BlockKind.QUOTE: "> ",
    BlockKind.LIST_ITEM: "- ",
    BlockKind.TABLE_ROW: "| ",
    BlockKind.NOTE: "! ",
}


def read(path: Path) -> Article:
    (article,) = read_articles(Source(name=path.name, path=path, relative=path.name))
    return article


def written(article: Article) -> str:
    lines = [f"{article.title}", "=" * len(article.title)]
    facts = {
        "dek": article.dek,
        "authors": ", ".join(article.authors),
        "published": article.published.isoformat() if article.published else "",
        "updated": article.updated.isoformat() if article.updated else "",
        "language": article.language,
        "url": article.url,
        "site": article.site,
        "section": article.section,
        "image": article.image,
    }
    lines += [f"{name}: {value}" for name, value in facts.items() if value]
    lines.append("")
    for block in article.blocks:
        sign = "#" * block.level + " " if block.kind is BlockKind.HEADING else SIGNS[block.kind]
        lines.append(f"{sign}{block.text}" + (f"  {{#{block.anchor}}}" if block.anchor else ""))
        lines += [f"    {mark.kind}: {block.text[mark.start : mark.end]} {mark.value}".rstrip() for mark in block.marks]
    lines += ["", "Dropped", "-------"]
    lines += [f"{piece.reason}: {piece.text}" for piece in article.dropped]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":  # write what is read now; look at every difference before keeping it
    for page in sorted(PAGES.glob("*.html")):
        page.with_suffix(".expected").write_text(written(read(page)), "utf-8")
