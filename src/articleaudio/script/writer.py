"""Article → Script: what is said, in what order, and with which breaks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from articleaudio.model import (
    Article,
    Block,
    BlockKind,
    Boundary,
    ChapterMark,
    Flag,
    Mark,
    MarkKind,
    Role,
    Script,
    Segment,
    Token,
    TokenKind,
)
from articleaudio.script.evidence import Evidence, learn
from articleaudio.script.guard import differences
from articleaudio.script.language import Language, language, rule_table
from articleaudio.script.lexicon import Lexicon
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Table
from articleaudio.script.segments import cut
from articleaudio.script.sentences import sentences
from articleaudio.script.style import AcronymStyle, Style

ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.BODY,
    BlockKind.QUOTE: Role.QUOTE,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.TABLE_ROW: Role.TABLE_ROW,
    BlockKind.NOTE: Role.NOTE,
}
FLAGGED = 0.5
"""Readings less sure than this are flagged."""


@dataclass
class _Writer:
    """The state of one script while it is being written."""

    knowledge: Language
    table: Table
    style: Style
    evidence: Evidence
    tag: str
    segments: list[Segment] = field(default_factory=list)

    def add(self, text: str, role: Role, last: Boundary, block: int | None = None, marks: Sequence[Mark] = ()) -> None:
        """Add the segments of one text; the last of them is followed by `last`."""
        made = [
            Segment(
                id="",
                role=role,
                written=text[start:end],
                tokens=tokens,
                boundary=boundary,
                language=self.tag,
                block=block,
                offset=start if block is not None else 0,
            )
            for start, end, tokens, boundary in self._pieces(text, marks)
        ]
        if made:
            made[-1] = replace(made[-1], boundary=last)
        self.segments += made

    def _pieces(self, text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, tuple[Token, ...], Boundary]]:
        """The stretches of a text that become segments, with their tokens and the break after each."""
        for start, end in sentences(text, self.knowledge.stops):
            line = Line(
                text[start:end],
                self.table,
                evidence=self.evidence,
                style=self.style,
                language=self.knowledge.tag,
                forced=_forced(marks, start, end) if marks else None,
            )
            parts = cut(line.written, line.tokens(), self.style.limit)
            for place, (first, last, tokens) in enumerate(parts):
                boundary = Boundary.SENTENCE if place == len(parts) - 1 else Boundary.CLAUSE
                yield start + first, start + last, tokens, boundary


def _forced(marks: Sequence[Mark], start: int, end: int) -> dict[int, Piece]:
    """Readings that the article's markup asks for, by their place in the sentence."""
    return {
        mark.start - start: Piece(mark.start - start, mark.end - start, mark.value)
        for mark in marks
        if mark.kind is MarkKind.SAY_AS and mark.value and start <= mark.start < mark.end <= end
    }


def write_script(article: Article, style: Style = Style()) -> Script:  # noqa: B008 - a frozen value without arguments
    """Write what will be said for an article: disclosure, headline, by-line, body in order, notes last."""
    knowledge = language(article.language)
    tag = article.language
    evidence = learn([article.title, *(block.text for block in article.blocks)])
    for block in article.blocks:
        for mark in block.marks:
            if mark.kind is MarkKind.ABBREVIATION and mark.value:
                evidence.defined.setdefault(block.text[mark.start : mark.end], mark.value)
    rules = rule_table(knowledge.tag, style.off, style.rules.get(knowledge.tag, ()))
    writer = _Writer(knowledge, rules, style, evidence, tag)
    disclosure = style.disclosure.get(tag) or style.disclosure.get(tag.split("-")[0], "")
    if disclosure.strip():
        writer.style = replace(style, acronyms=AcronymStyle.LETTERS, acronym_styles={})  # the house's own words
        writer.add(disclosure.strip(), Role.DISCLOSURE, Boundary.HEADLINE)
        writer.style = style
    writer.add(article.title, Role.HEADLINE, Boundary.HEADLINE)
    if style.byline and article.authors:
        writer.add(byline(article.authors, knowledge), Role.BYLINE, Boundary.HEADLINE)
    chapters = [ChapterMark(article.title, 0)]
    order = _order(article.blocks)
    for place, index in enumerate(order):
        block = article.blocks[index]
        following = article.blocks[order[place + 1]] if place + 1 < len(order) else None
        if block.kind is BlockKind.HEADING:
            chapters.append(ChapterMark(block.text, len(writer.segments), block.anchor))
        writer.add(block.text, ROLES[block.kind], _boundary(block, following), index, block.marks)
    return _finish(article, writer, chapters)


def byline(authors: Sequence[str], knowledge: Language) -> str:
    """The by-line as it is said: "By Olena Kovalenko and Mark Reyes."."""
    *others, last = authors
    names = f"{', '.join(others)}{knowledge.last_and}{last}" if others else last
    template = knowledge.byline if others or not knowledge.byline_one else knowledge.byline_one
    text = template.format(names=names)
    return text if text.endswith((".", "!", "?")) else text + "."


def _order(blocks: Sequence[Block]) -> list[int]:
    """Indexes of the blocks as they are spoken: notes last."""
    notes = [index for index, block in enumerate(blocks) if block.kind is BlockKind.NOTE]
    return [index for index, block in enumerate(blocks) if block.kind is not BlockKind.NOTE] + notes


def _boundary(block: Block, following: Block | None) -> Boundary:
    """The break after a block."""
    if block.kind is BlockKind.HEADING:
        return Boundary.HEADING
    if following is not None and following.kind is BlockKind.HEADING:
        return Boundary.SECTION
    return Boundary.PARAGRAPH


def _finish(article: Article, writer: _Writer, chapters: list[ChapterMark]) -> Script:
    """Number the segments, end the last one, flag what is doubtful, take the fingerprint."""
    numbered = [replace(segment, id=f"s{place:04d}") for place, segment in enumerate(writer.segments, 1)]
    if not numbered:
        numbered = [Segment("s0001", Role.HEADLINE, article.title, (), Boundary.END, writer.tag)]
    numbered[-1] = replace(numbered[-1], boundary=Boundary.END)
    chapters = [mark for mark in chapters if mark.segment < len(numbered)]
    flags = [Flag(segment.id, message) for segment in numbered for message in _doubts(segment)]
    if not writer.knowledge.known:
        flags.insert(
            0, Flag("", f"No reading rules for language “{writer.tag}”: numbers and acronyms are left as written.")
        )
    digest = hashlib.sha256()
    for segment in numbered:
        for part in (segment.written, *(f"{token.kind}:{token.say}" for token in segment.tokens), segment.boundary):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return Script(
        article_id=article.id,
        language=writer.tag,
        segments=tuple(numbered),
        chapters=tuple(chapters),
        flags=tuple(flags),
        fingerprint=digest.hexdigest(),
    )


def _doubts(segment: Segment) -> Iterator[str]:
    """What a producer should look at in a segment."""
    yield from differences(segment)
    for token in segment.tokens:
        if token.confidence < FLAGGED:
            written = segment.written[token.start : token.end]
            how = "letters" if token.kind is TokenKind.LETTERS else f"“{token.say}”"
            yield f"“{written}” is said as {how}, but that is a guess ({token.rule})."


def spoken_form(text: str, *, language: str = "en", lexicon: Lexicon | None = None) -> str:
    """Say a written sentence or paragraph in words, by the very path that `write_script` uses."""
    from articleaudio.script.views import spoken_text  # noqa: PLC0415 - views build on the writer's nouns

    block = Block(BlockKind.PARAGRAPH, text)
    article = Article(id="", aliases=(), title="", language=language, blocks=(block,) if text.strip() else ())
    script = write_script(article, Style(byline=False, lexicon=lexicon))
    return " ".join(filter(None, (spoken_text(segment) for segment in script.segments)))
