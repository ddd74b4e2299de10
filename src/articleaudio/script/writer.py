"""Article → Script: what is said, in what order, and with which breaks."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
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
    Switch,
    Token,
    TokenKind,
)
from articleaudio.script.alphabets import LATIN, alphabet_of, primary
from articleaudio.script.evidence import Evidence, learn
from articleaudio.script.frame import Around, closing, opening
from articleaudio.script.guard import differences
from articleaudio.script.language import Language, language, rule_table
from articleaudio.script.lexicon import Lexicon
from articleaudio.script.line import Line
from articleaudio.script.mixed import mixed
from articleaudio.script.rule import Piece, Table
from articleaudio.script.segments import cut
from articleaudio.script.sentences import sentences, unbroken
from articleaudio.script.style import AcronymStyle, Style
from articleaudio.script.switches import clipped, switches

ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.BODY,
    BlockKind.QUOTE: Role.QUOTE,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.TABLE_ROW: Role.TABLE_ROW,
    BlockKind.NOTE: Role.NOTE,
}
BREAKS = {
    BlockKind.QUOTE: Boundary.QUOTE,
    BlockKind.LIST_ITEM: Boundary.LIST_ITEM,
    BlockKind.TABLE_ROW: Boundary.TABLE_ROW,
    BlockKind.NOTE: Boundary.NOTE,
}
"""The break after a block, where it is not that of a paragraph."""
FLAGGED = 0.5
"""Readings less sure than this are flagged."""

_Piece = tuple[int, int, tuple[Token, ...], Boundary, tuple[Switch, ...]]
"""A segment to be: start and end in its text, tokens, the break after it, stretches in other languages."""


@dataclass
class _Writer:
    """The state of one script while it is being written."""

    knowledge: Language
    table: Table
    style: Style
    evidence: Evidence
    tag: str
    segments: list[Segment] = field(default_factory=list)
    unvoiced: list[tuple[int, str, str]] = field(default_factory=list)
    """Words in other letters that no voice is for: index of the first segment of their text, words, language."""

    def add(
        self,
        text: str,
        role: Role,
        last: Boundary,
        block: int | None = None,
        *,
        marks: Sequence[Mark] = (),
        whole: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Add the segments of one text; the last of them is followed by `last`, and none ends inside of a `whole`."""
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
                switches=inside,
            )
            for start, end, tokens, boundary, inside in self._pieces(text, marks, whole)
        ]
        if made:
            made[-1] = replace(made[-1], boundary=last)
        self.segments += made

    def around(self, lines: Iterable[Around]) -> None:
        """Add what is said before or after the body."""
        style = self.style
        for line in lines:
            if line.ours:  # the house's own words say acronyms as they stand
                self.style = replace(style, acronyms=AcronymStyle.LETTERS, acronym_styles={})
            writer = self._in(line.language) if line.language else self
            writer.add(line.text, line.role, line.boundary, marks=line.marks, whole=line.whole)
            self.style = style

    def _in(self, tag: str) -> _Writer:
        """Write on in another language, by its rules, if a voice of the house speaks it."""
        voices = self.style.languages
        if tag == self.tag or (voices and primary(tag) not in voices):
            return self
        knowledge = language(tag)
        rules = rule_table(knowledge.tag, self.style.off, self.style.rules.get(knowledge.tag, ()))
        return replace(self, knowledge=knowledge, table=rules, evidence=Evidence(), tag=tag)

    def _pieces(self, text: str, marks: Sequence[Mark], whole: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
        """The stretches of a text that become segments."""
        others = self._switches(text, marks)
        marks = sorted((m for m in marks if m.kind is MarkKind.SAY_AS and m.value), key=lambda mark: mark.start)
        kept = sorted([*whole, *((mark.start, mark.end) for mark in marks)])
        for start, end in unbroken(sentences(text, self.knowledge.stops), kept):
            inside = others and clipped(text, others, start, end)
            if inside:
                tokens, inside = self._mixed(text[start:end], inside, marks, start)
            else:
                tokens = self._line(text[start:end], marks, start).tokens()
            parts = cut(text[start:end], tokens, self.style.limit)
            for place, (first, last, taken) in enumerate(parts):
                boundary = Boundary.SENTENCE if place == len(parts) - 1 else Boundary.CLAUSE
                within = inside and clipped(text[start:end], inside, first, last)
                yield start + first, start + last, taken, boundary, within

    def _switches(self, text: str, marks: Sequence[Mark]) -> tuple[Switch, ...]:
        """The stretches of a text that another voice is to speak; what no voice can spell is noted."""
        voices = self.style.languages
        if voices is not None and not voices:
            return ()
        found = switches(text, marks, self.tag, voices, self.style.lexicon)
        if voices is None:
            return found
        self.unvoiced += (
            (len(self.segments), text[switch.start : switch.end], primary(switch.language))
            for switch in found
            if primary(switch.language) not in voices and alphabet_of(switch.language) != LATIN
        )
        return tuple(switch for switch in found if primary(switch.language) in voices)

    def _line(self, written: str, marks: Sequence[Mark], start: int, seen: str | None = None) -> Line:
        """A sentence, to be read by the article's rules; `start` is its place in its block."""
        return Line(
            written,
            self.table,
            evidence=self.evidence,
            style=self.style,
            language=self.knowledge.tag,
            forced=_forced(marks, start, start + len(written)) if marks else None,
            seen=seen,
        )

    def _mixed(
        self, written: str, inside: Sequence[Switch], marks: Sequence[Mark], start: int
    ) -> tuple[list[Token], tuple[Switch, ...]]:
        """The tokens of a sentence in several languages, and the switches that hold."""

        def other(switch: Switch) -> list[Token]:
            tag = primary(switch.language)
            rules = rule_table(tag, self.style.off, self.style.rules.get(tag, ()))
            first, last = start + switch.start, start + switch.end
            forced = _forced(marks, first, last) if marks else None
            stretch = written[switch.start : switch.end]
            return Line(stretch, rules, evidence=Evidence(), style=self.style, language=tag, forced=forced).tokens()

        met = set(self.evidence.met)

        def own(seen: str) -> list[Token]:
            self.evidence.met = set(met)  # it may be read twice
            return self._line(written, marks, start, seen).tokens()

        return mixed(written, inside, self.tag, own, other)


def _forced(marks: Sequence[Mark], start: int, end: int) -> dict[int, Piece]:
    """Readings that the article's markup asks for, by their place in a stretch of the text; marks are by start."""
    forced: dict[int, Piece] = {}
    at = bisect_left(marks, start, key=lambda mark: mark.start)
    while at < len(marks) and marks[at].start < end:
        first, last = marks[at].start - start, marks[at].end - start
        if first < last <= end - start:
            forced[first] = Piece(first, last, marks[at].value)
        at += 1
    return forced


def write_script(article: Article, style: Style = Style()) -> Script:  # noqa: B008 - a frozen value without arguments
    """Write what will be said for an article: what the house wants said first, the body, notes, and the closing."""
    knowledge = language(article.language)
    tag = article.language
    dek = [article.dek] if Role.DEK in style.spoken.order else []
    evidence = learn([article.title, *dek, *(block.text for block in article.blocks)])
    for block in article.blocks:
        for mark in block.marks:
            if mark.kind is MarkKind.ABBREVIATION and mark.value:
                evidence.defined.setdefault(block.text[mark.start : mark.end], mark.value)
    rules = rule_table(knowledge.tag, style.off, style.rules.get(knowledge.tag, ()))
    writer = _Writer(knowledge, rules, style, evidence, tag)
    writer.around(opening(article, style))
    last = closing(article, style)
    chapters = [ChapterMark(article.title, 0)]
    order = _order(article.blocks)
    for place, index in enumerate(order):
        block = article.blocks[index]
        following = article.blocks[order[place + 1]] if place + 1 < len(order) else None
        if block.kind is BlockKind.HEADING:
            chapters.append(ChapterMark(block.text, len(writer.segments), block.anchor))
        writer.add(
            block.text, ROLES[block.kind], _boundary(block, following, ends=bool(last)), index, marks=block.marks
        )
    writer.around(last)
    return _finish(article, writer, chapters)


def _order(blocks: Sequence[Block]) -> list[int]:
    """Indexes of the blocks as they are spoken: notes last."""
    notes = [index for index, block in enumerate(blocks) if block.kind is BlockKind.NOTE]
    return [index for index, block in enumerate(blocks) if block.kind is not BlockKind.NOTE] + notes


def _boundary(block: Block, following: Block | None, *, ends: bool) -> Boundary:
    """The break after a block; `ends`: something is said after the last one."""
    if block.kind is BlockKind.HEADING:
        return Boundary.HEADING
    if following.kind is BlockKind.HEADING if following is not None else ends:
        return Boundary.SECTION
    return BREAKS.get(block.kind, Boundary.PARAGRAPH)


def _finish(article: Article, writer: _Writer, chapters: list[ChapterMark]) -> Script:
    """Number the segments, end the last one, flag what is doubtful, take the fingerprint."""
    numbered = [replace(segment, id=f"s{place:04d}") for place, segment in enumerate(writer.segments, 1)]
    if not numbered:
        numbered = [Segment("s0001", Role.HEADLINE, article.title, (), Boundary.END, writer.tag)]
    numbered[-1] = replace(numbered[-1], boundary=Boundary.END)
    chapters = [mark for mark in chapters if mark.segment < len(numbered)]
    flags = [Flag(segment.id, message) for segment in numbered for message in _doubts(segment)]
    flags += _unvoiced(numbered, writer.unvoiced)
    if not writer.knowledge.known:
        flags.insert(
            0, Flag("", f"No reading rules for language “{writer.tag}”: numbers and acronyms are left as written.")
        )
    digest = hashlib.sha256()
    for segment in numbered:
        for part in (segment.written, *(f"{token.kind}:{token.say}" for token in segment.tokens), segment.boundary):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
        for switch in segment.switches:
            digest.update(f"{switch.start}:{switch.end}:{switch.language}\0".encode())
    return Script(
        article_id=article.id,
        language=writer.tag,
        segments=tuple(numbered),
        chapters=tuple(chapters),
        flags=tuple(flags),
        fingerprint=digest.hexdigest(),
    )


def _unvoiced(segments: Sequence[Segment], found: Iterable[tuple[int, str, str]]) -> Iterator[Flag]:
    """What is in letters that no voice of the house is for."""
    for first, words, tag in found:
        yield Flag(
            next((one.id for one in segments[first:] if words in one.written), ""),
            f"“{words}” is left to the article’s voice, which may spell or skip it: no voice here speaks {tag}.",
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
