"""Scripts for people: as text, and with every reading explained."""

from __future__ import annotations

import re

from articleaudio.model import Script, Segment, TokenKind, dotted

SPACES = re.compile(r"\s+")
DOUBLE = re.compile(r"(?<=[A-Za-zА-Яа-яЄєІіЇїҐґ])\.\.(?!\.)")
BEFORE_SIGN = re.compile(r" +([,;])")
REPEATED = re.compile(r",(?:\s*,)+|,\s*(?=[.;:!?])")


def spoken_text(segment: Segment) -> str:
    """What a segment says, on one line, with the periods and commas tidied where readings touch punctuation."""
    text = SPACES.sub(" ", segment.spoken).strip()
    text = BEFORE_SIGN.sub(r"\1", DOUBLE.sub(".", text))
    return REPEATED.sub(lambda found: "," if found[0].count(",") > 1 or found.end() == len(text) else "", text)


def text_view(script: Script) -> str:
    """The script as text: one segment a line, as spoken."""
    return "".join(f"{spoken_text(segment)}\n" for segment in script.segments)


def explain_view(script: Script) -> str:
    """The script with every reading that is not plain: written, said, rule, confidence."""
    lines: list[str] = []
    doubts: dict[str, list[str]] = {}
    for flag in script.flags:
        doubts.setdefault(flag.segment, []).append(flag.message)
    lines += (f"! {message}" for message in doubts.get("", ()))
    for segment in script.segments:
        lines.append(f"{segment.id} [{segment.role}] {SPACES.sub(' ', segment.written)}")
        lines += (
            f"    {segment.written[switch.start : switch.end]} → [{switch.language}]" for switch in segment.switches
        )
        for token in segment.tokens:
            if token.rule == "plain":
                continue
            written = segment.written[token.start : token.end].strip()
            said = f"{dotted(token).strip()}" if token.kind is not TokenKind.PAUSE else f"(pause {token.say.strip()})"
            if token.kind is TokenKind.PAUSE and not token.say.strip():
                said = "(silent)"
            lines.append(f"    {written} → {said}  [{token.rule}, {token.confidence:.0%}]")
        lines += (f"    ! {message}" for message in doubts.get(segment.id, ()))
    return "".join(f"{line}\n" for line in lines)
