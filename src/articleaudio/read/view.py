"""The article as plain lines, as `read --format text` prints it."""

from __future__ import annotations

from articleaudio.model import Article, BlockKind


def text_view(article: Article, with_title: bool = False) -> str:  # noqa: FBT001, FBT002 - one obvious switch
    """One block a line: headings of any level as `# `, everything else as it is. Ends with a newline.

    `with_title` puts title, standfirst and by-line first.
    """
    lines: list[str] = []
    if with_title:
        lines.append(f"# {article.title}")
        if article.dek:
            lines.append(article.dek)
        if article.authors:
            lines.append(f"By {', '.join(article.authors)}")
    lines += [f"# {block.text}" if block.kind is BlockKind.HEADING else block.text for block in article.blocks]
    return "\n".join(lines) + "\n"
