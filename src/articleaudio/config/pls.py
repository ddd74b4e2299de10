"""Lexicons in the W3C's Pronunciation Lexicon Specification 1.0, in and out.

https://www.w3.org/TR/pronunciation-lexicon/

A file may come from anywhere: a document type, and with it every entity, is refused before anything is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from articleaudio.errors import ConfigError
from articleaudio.model import LexiconEntry, Say
from articleaudio.script import Entry

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_XML = "http://www.w3.org/XML/1998/namespace"
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+")
_KEPT = {"grapheme", "phoneme", "alias"}


@dataclass(slots=True)
class _Lexeme:
    """One lexeme while it is being read."""

    line: int
    graphemes: list[str] = field(default_factory=list)
    phonemes: list[tuple[bool, str, str]] = field(default_factory=list)
    aliases: list[tuple[bool, str]] = field(default_factory=list)


class _Reader:
    """Takes the parser's events and gathers entries."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[LexiconEntry] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.language = ""
        self.alphabet = "ipa"
        self.lexeme: _Lexeme | None = None
        self.text: list[str] | None = None
        self.attributes: dict[str, str] = {}
        self.depth = 0

    def error(self, message: str, line: int | None = None) -> ConfigError:
        """Build an error that names the line."""
        at = self.parser.CurrentLineNumber if line is None else line
        return ConfigError(
            f"{self.path}, line {at}: {message}", hint="mend the file; docs/lexicon.md says what is read"
        )

    def doctype(self, *_: object) -> None:
        """Refuse a document type: only with one can entities be declared."""
        raise self.error("a document type (<!DOCTYPE …>) is not accepted in a lexicon")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self.depth += 1
        space, _, tag = name.rpartition(" ")
        if self.depth == 1:
            if (space, tag) != (NAMESPACE, "lexicon"):
                raise self.error(f"this is no pronunciation lexicon: it begins with <{tag}>, not with PLS's <lexicon>")
            self.language = attributes.get(f"{_XML} lang", "").lower().partition("-")[0]
            self.alphabet = attributes.get("alphabet", "")
        if space != NAMESPACE:
            return
        if tag == "lexeme":
            self.lexeme = _Lexeme(self.parser.CurrentLineNumber)
        elif tag in _KEPT and self.lexeme:
            self.text, self.attributes = [], attributes

    def characters(self, data: str) -> None:
        """Take text."""
        if self.text is not None:
            self.text.append(data)

    def end(self, name: str) -> None:
        """Take a closing tag."""
        self.depth -= 1
        tag = name.rpartition(" ")[2]
        lexeme = self.lexeme
        if lexeme is None:
            return
        if self.text is not None and tag in _KEPT:
            text = " ".join("".join(self.text).split())
            preferred = self.attributes.get("prefer") in {"true", "1"}
            if tag == "grapheme":
                lexeme.graphemes.append(text)
            elif tag == "phoneme":
                lexeme.phonemes.append((preferred, self.attributes.get("alphabet", self.alphabet), text))
            else:
                lexeme.aliases.append((preferred, text))
            self.text = None
        if tag == "lexeme":
            self._finish(lexeme)
            self.lexeme = None

    def _finish(self, lexeme: _Lexeme) -> None:
        """Make the entries of one lexeme: the preferred reading, else the first; IPA before an alias."""
        if not lexeme.graphemes or not all(lexeme.graphemes):
            raise self.error("a lexeme has no grapheme", lexeme.line)
        readable = [(preferred, said) for preferred, alphabet, said in lexeme.phonemes if alphabet == "ipa" and said]
        aliases = [(preferred, said) for preferred, said in lexeme.aliases if said]
        if not readable and not aliases:
            other = ", ".join(sorted({alphabet or "unnamed" for _, alphabet, _ in lexeme.phonemes})) or "none"
            message = f"“{lexeme.graphemes[0]}” has neither an alias nor a phoneme in IPA (alphabets here: {other})"
            raise self.error(message, lexeme.line)
        preferred = [row for row in (*readable, *aliases) if row[0]] or [*readable, *aliases]
        kind, said = (Say.IPA if preferred[0] in readable else Say.RESPELLING), preferred[0][1]
        for written in lexeme.graphemes:
            self.entries.append(_entry(written, said, kind, self.language))


def _entry(written: str, said: str, kind: Say, language: str) -> Entry:
    """Make an entry; an alias of dotted letters is letters, and one that is the word itself is a word."""
    if kind is Say.RESPELLING:
        if _DOTTED.fullmatch(said) and len(said) > 2:
            letters = said.replace(".", "")
            return Entry(written, "" if letters == written else letters, Say.LETTERS, language=language)
        if written.isupper() and said == written.capitalize():
            return Entry(written, "", Say.WORD, language=language)
    return Entry(written, said, kind, language=language)


def read_pls(path: Path) -> tuple[LexiconEntry, ...]:
    """Read a PLS file. Raises ConfigError, with file and line, for what is not well-formed or cannot be taken."""
    reader = _Reader(path)
    try:
        reader.parser.Parse(path.read_bytes(), True)  # noqa: FBT003 -- expat's signature: this is the whole file
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}", hint="check the file's name") from error
    except expat.ExpatError as error:
        raise reader.error(f"not well-formed XML: {expat.ErrorString(error.code)}", error.lineno) from error
    return tuple(reader.entries)


def pls_text(entries: Iterable[LexiconEntry], language: str) -> str:
    """Write entries as a PLS document of one language. Entries of another language must not be among them."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" xml:lang={quoteattr(language)}>',
    ]
    for entry in entries:
        forms = [entry.written] if entry.cased else [entry.written, entry.written.capitalize(), entry.written.upper()]
        lines.append("  <lexeme>")
        lines += (f"    <grapheme>{_xml(form)}</grapheme>" for form in dict.fromkeys(forms))
        if entry.kind is Say.IPA:
            lines.append(f"    <phoneme>{_xml(entry.say)}</phoneme>")
        else:
            lines.append(f"    <alias>{_xml(_alias(entry))}</alias>")
        lines.append("  </lexeme>")
    return "\n".join([*lines, "</lexicon>", ""])


def _alias(entry: LexiconEntry) -> str:
    if entry.kind is Say.LETTERS:
        return "".join(f"{char}." for char in (entry.say or entry.written).upper() if char.isalnum())
    if entry.kind is Say.WORD and not entry.say:
        return entry.written.capitalize() if entry.written.isupper() else entry.written
    return entry.say


def _xml(text: str) -> str:
    """Escape text, and leave out characters that XML 1.0 has no way to write."""
    return escape("".join(char for char in text if char in "\t\n" or " " <= char <= "\ud7ff" or char >= "\ue000"))
