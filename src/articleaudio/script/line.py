"""A line: one sentence, as rules see it while it is being read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from articleaudio.model import Token, TokenKind
from articleaudio.script.evidence import Evidence
from articleaudio.script.fold import clean, fold
from articleaudio.script.rule import Piece, Reading, Rule, Table
from articleaudio.script.style import Style

SCAN = re.compile(
    r"([^\W\d_]+(?:'[^\W\d_]+)*)"  # a word
    r"|([0-9])"  # the first digit of a number
    r"|(\.(?=[0-9]|\.\.)|(?<![\w.])\.(?=[a-z])|'(?=[0-9])|[^\s\w.,;:!?'\"“”„«»])"  # a sign that may want reading
)
DIGITS = re.compile(r"[0-9]{1,40}")
CHUNK = re.compile(r"\S+")
WORD_LIMIT = 200
"""Longer stretches of letters are cut, so that no token outgrows a segment."""
CLOSING = re.compile(r"[\"'”’»)\] ]{0,24}\Z")
REACH = 64
"""Characters before a place that rules may look at."""
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
JOINERS = frozenset("._@/&-:+")


class Line:
    """One sentence and what is known about it. Positions are the same in `written` and `text`.

    `seen` is what the rules are to see in place of what is written, character for character.
    """

    def __init__(
        self,
        written: str,
        table: Table,
        *,
        evidence: Evidence,
        style: Style,
        language: str = "",
        forced: dict[int, Piece] | None = None,
        seen: str | None = None,
    ) -> None:
        self.written = written
        self.text = fold(written if seen is None else seen)
        self.table = table
        self.evidence = evidence
        self.style = style
        self.language = language
        self.forced = forced or {}
        self.memory: dict[str, bool] = {}
        """What rules have found out about the whole line."""

    @cached_property
    def shouted(self) -> bool:
        """Whether the sentence is written in capitals, so that capitals say nothing about a word."""
        letters = [char for char in self.text if char.isalpha()]
        return self.text.count(" ") >= 1 and sum(map(str.isupper, letters)) > 0.7 * max(1, len(letters))

    def before(self, at: int, back: int = 1) -> str:
        """The `back`-th stretch without spaces before a place, as written; empty at the start of the line."""
        chunks = CHUNK.findall(self.text, max(0, at - REACH), at)
        return chunks[-back] if len(chunks) >= back else ""

    def word_before(self, at: int, back: int = 1) -> str:
        """The same, in lower case, without the punctuation around it."""
        return self.before(at, back).lower().strip("\"'“”„«»()[]—–-,;:.!?")

    def after(self, at: int) -> str:
        """The next stretch without spaces from a place on, as written; empty at the end of the line."""
        found = CHUNK.search(self.text, at, at + REACH)
        return found[0] if found else ""

    def word_after(self, at: int) -> str:
        """The same, in lower case, without the punctuation around it; empty if a comma or the like comes first."""
        following = self.after(at)
        if not following[:1].isalnum() and following[:1] not in "\"'“«(":
            return ""
        return following.lower().strip("\"'“”„«»()[]—–-,;:.!?")

    def stop(self, end: int) -> int:
        """Where an abbreviation ends: before its period if that ends the line as well."""
        return end - 1 if self.text[end - 1 : end] == "." and self.ends(end) else end

    def ends(self, at: int) -> bool:
        """Whether nothing but quotes and brackets follows in the line."""
        return CLOSING.match(self.text, at) is not None

    def read_at(self, at: int) -> Reading | None:
        """What the table says from a place on: for rules that build on others (a sign before a number)."""
        found = SCAN.match(self.text, at)
        return self._ask(found) if found else None

    def _ask(self, found: re.Match[str]) -> Reading | None:
        """The first reading that a rule has for the place where the scan stopped, as tokens' pieces."""
        named = self._named(found)
        return named[1] if named else None

    def _named(self, found: re.Match[str]) -> tuple[str, Reading] | None:
        """The first reading and the name of the rule that gave it."""
        start = found.start()
        if start in self.forced:
            return "marked", (self.forced[start],)
        lexicon = self.style.lexicon
        if lexicon is not None and (piece := lexicon.find(self.text, start, self.language)):
            return "lexicon", (piece,)
        table = self.table
        rules: Sequence[Rule]
        if found.lastindex == 1:
            word, end = found[1], found.end()
            follow = self.text[end : end + 2]
            joined = word[-1] in RAISED or (
                bool(follow)
                and ("0" <= follow[0] <= "9" or (len(follow) == 2 and follow[0] in JOINERS and follow[1].isalnum()))
            )
            rules = table.for_word(word.lower(), caps=word[:2].isupper(), joined=joined)
        elif found.lastindex == 2:
            run = DIGITS.match(self.text, start)
            end = run.end() if run else start
            rules = table.for_digit(self.text[end : end + 1])
        else:
            rules = table.signs.get(found[3], ())
        for rule in rules:
            reading = rule.read(self, start)
            if reading:
                return rule.name, reading
        return None

    def tokens(self) -> list[Token]:
        """The line's tokens, in order, covering every word."""
        made: list[Token] = []
        at, end = 0, len(self.text)
        while at < end:
            for found in SCAN.finditer(self.text, at):
                named = self._named(found)
                if named:
                    at = self._add(made, *named)
                    break
                if found.lastindex != 3:
                    self._plain(made, *found.span())
            else:
                break
        return made

    def _add(self, made: list[Token], rule: str, reading: Reading) -> int:
        """Add a rule's reading; gives the place to go on from."""
        for piece in reading:
            start = max(piece.start, made[-1].end if made else 0)
            say = piece.say
            if say and say[0].isalnum() and self._touches(made, start):
                if piece.kind is TokenKind.WORDS:
                    say = " " + say
                elif made and made[-1].end == start and made[-1].kind is not TokenKind.LETTERS:
                    made[-1] = replace(made[-1], say=made[-1].say + " ")
            made.append(Token(start, piece.end, piece.kind, say, rule, piece.confidence))
        return reading[-1].end

    def _touches(self, made: list[Token], start: int) -> bool:
        """Whether what has been said so far ends in a letter right before a place: words would run together."""
        at = len(made) - 1
        while at >= 0 and made[at].end == start and not made[at].say:
            start, at = made[at].start, at - 1
        if at < 0 or made[at].end != start:
            return bool(start) and self.text[start - 1].isalnum()
        if made[at].kind is TokenKind.LETTERS:
            return self.text[start - 1].isalnum()
        return made[at].say[-1].isalnum()

    def _plain(self, made: list[Token], start: int, end: int) -> None:
        """Add a word that is said as it is written."""
        for at in range(start, end, WORD_LIMIT):
            upto = min(at + WORD_LIMIT, end)
            say = self.written[at:upto]
            if not say.isascii():
                say = clean(say)
            if made and made[-1].end == at and made[-1].rule != "plain" and self._touches(made, at):
                say = " " + say
            made.append(Token(at, upto, TokenKind.WORDS, say, "plain"))
