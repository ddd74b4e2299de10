"""Telephone numbers, addresses on the net, handles, hashtags, versions."""

from __future__ import annotations

import re

from articleaudio.script.en.numbers import cardinal, spelled
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

PHONE = re.compile(
    r"\+[0-9]{1,3}(?:[ .-]?\(?[0-9]{1,4}\)?){2,6}(?![\w])"
    r"|(?:1[ .-])?\([0-9]{3}\)[ .-]?[0-9]{3}[ .-][0-9]{4}(?![\w])"
    r"|(?:1[ .-])?[0-9]{3}[-. ][0-9]{3}[-.][0-9]{4}(?![\w-])"
    r"|[2-9][0-9]{2} [0-9]{3} [0-9]{4}(?![\w,.])"
    r"|1 8[0-9]{2} [0-9]{3} [0-9]{4}(?![\w])"
    r"|(?:1-)?8[0-9]{2}-[0-9]{3}-[0-9]{4}(?![\w])"
    r"|[0-9]{3}-[0-9]{4}(?![\w-])"
    r"|0[0-9]{2,4} [0-9]{3,4} [0-9]{3,4}(?![\w])|0[0-9]{1,2}-[0-9]{3,4}-[0-9]{4}(?![\w])"
)
TOLL = re.compile(r"1-(8[0-9]{2}|900)-(?:([0-9]{3})-([0-9]{4})|([A-Z][A-Z-]{2,}))(?![\w])")
SOCIAL = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])")
CARD = re.compile(r"[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![\w])")
EMERGENCY = re.compile(r"(911|999|112|101|102|103|104|988|311|411|811|711|211|511)(?![\w,]|[.:-][0-9])")
CALLS = words("""
    call calls called calling dial dials dialed dialing phone phoned phoning ring rang text texted
""")
CALLED = words("""
    call calls operator operators dispatcher dispatchers caller callers dispatch emergency hotline lifeline
    tape tapes recording
""")
DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,7}(?![\w])")
EMAIL = re.compile(r"([A-Za-z0-9][A-Za-z0-9._%+-]{0,63})@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})(?![\w@])")
TLDS = words("""
    com org net gov edu mil int info biz io ai co us uk ua eu de fr pl ru in ca au nz ie it es nl be ch at se
    no fi dk cz jp cn kr br mx tv me app dev news online site media blog world club museum example ly gg to fm
    am is lv lt ee il tr ge md by kz za ng ke
""")
SPOKEN_TLDS = words("""
    com org net gov edu mil int info biz news online site media blog world club app dev example museum
""")
URL = re.compile(
    r"(?:(https?|ftp)://)?(?:(www)\.)?((?:[A-Za-z0-9-]{1,63}\.){0,4}[A-Za-z0-9-]{1,63})\.([A-Za-z]{2,7})"
    r"(?::([0-9]{2,5}))?((?:[/?#][^\s,;()<>\"'“”]*[A-Za-z0-9/=_-])?)(/?)(?![\w@])"
)
HANDLE = re.compile(r"@([A-Za-z0-9_][A-Za-z0-9_.]{0,30}[A-Za-z0-9_]|[A-Za-z0-9])")
HASHTAG = re.compile(r"#([^\W\d_]\w{0,60})")
PARTS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+|.")
SIGNS = {
    ".": "dot", "-": "dash", "_": "underscore", "/": "slash", "+": "plus", "@": "at", ":": "colon", "#": "hash",
    "?": "question mark", "=": "equals", "&": "and", "%": "percent", "~": "tilde", "*": "star",
}  # fmt: skip


def spoken_name(text: str) -> str:
    """The parts of an address: words as they are, digits one by one, signs by name."""
    made: list[str] = []
    for part in re.findall(r"[A-Za-z]+|[0-9]+|[^\W\d_]+|.", text):
        if part[0].isdecimal():
            made.append(spelled(part))
        elif part.isalpha():
            made.append(part.lower() if part.isupper() and len(part) > 4 else part)
        else:
            made.append(SIGNS.get(part, ""))
    return " ".join(filter(None, made))


def spoken_domain(host: str) -> str:
    """A host name: "bbc.co.uk" → "bbc dot co dot U.K."."""
    labels = host.split(".")
    made = []
    for place, label in enumerate(labels):
        last = place == len(labels) - 1
        if last and len(label) == 2 and label.lower() not in ("me", "co", "in", "is", "it", "to", "at", "no", "be"):
            made.append("".join(f"{letter}." for letter in label.upper()))
        else:
            made.append(spoken_name(label))
    return " dot ".join(made)


def email(line: Line, at: int) -> Reading | None:
    """E-mail addresses: "john@example.com"."""
    found = EMAIL.match(line.text, at)
    if not found:
        return None
    return said(at, found.end(), f"{spoken_name(found[1])} at {spoken_domain(found[2])}")


def url(line: Line, at: int) -> Reading | None:
    """Web addresses; the protocol and "www" are not said."""
    text = line.text
    if at and text[at - 1] in "@.-_/":
        return None
    found = URL.match(text, at)
    if not found:
        return None
    tld = found[4]
    if not found[1] and not found[2] and (tld.lower() not in TLDS or not _host_like(found[3], tld, found[6])):
        return None
    host = found[3] + "." + tld
    say = spoken_domain(host)
    if found[5]:
        say += f" colon {spelled(found[5])}"
    path = found[6].rstrip("/")
    if path:
        say += " " + spoken_name(path)
    return said(at, found.end(), say)


def _host_like(host: str, tld: str, path: str) -> bool:
    """Whether "word.word" is a host and not a missing space: "home.In", "U.S.", "a.m."."""
    labels = host.split(".")
    if tld.lower() in SPOKEN_TLDS:
        return not (tld[0].isupper() and not host[0].isupper() and not host.isupper())
    return (
        tld.islower()
        and all(len(label) > 2 for label in labels[-1:])
        and (bool(path) or tld not in ("is", "it", "in", "no", "to", "at", "be", "me", "us", "am", "by"))
    )


def handle(line: Line, at: int) -> Reading | None:
    """Handles: "@mypizza"; a lone @ is "at"."""
    found = HANDLE.match(line.text, at)
    if not found or (at and line.text[at - 1].isalnum()):
        return said(at, at + 1, "at" if line.text[at - 1 : at] in ("", " ") else " at ")
    return said(at, found.end(), f"at {camel(found[1])}")


def camel(text: str) -> str:
    """A run-together name, in its words: "StopTheWar" → "Stop The War"."""
    made = []
    for part in re.findall(
        r"[A-ZÀ-Þ]{2,}(?![a-z])|[^\W\d_A-ZÀ-Þ]+|[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]*|[0-9]+|[^\W\d_]+|_|\.", text
    ):
        if part[0].isdecimal():
            made.append(cardinal(part) if len(part) < 3 else spelled(part))
        elif part == "_":
            made.append("underscore")
        elif part == ".":
            made.append("dot")
        elif part.isupper() and 1 < len(part) < 5:
            made.append("".join(f"{letter}." for letter in part))
        else:
            made.append(part)
    return " ".join(made)


def hashtag(line: Line, at: int) -> Reading | None:
    """Hashtags: "#StopTheWar"; "#1" is "number one"."""
    found = HASHTAG.match(line.text, at)
    if found:
        return said(at, found.end(), f"hashtag {camel(found[1])}")
    if line.text[at + 1 : at + 2] == " " and line.text[at + 2 : at + 3].isdecimal():
        return said(at, at + 1, "number")
    if line.text[at + 1 : at + 2].isdecimal() and not (at and line.text[at - 1].isalnum()):
        return said(at, at + 1, "number ")
    return said(at, at + 1, "hash" if line.text[at - 1 : at] in ("", " ") else " sharp")


def phone(line: Line, at: int) -> Reading | None:
    """Telephone numbers, digit by digit in their groups."""
    text = line.text
    if at and (text[at - 1].isalnum() or text[at - 1] in "-+."):
        return None
    toll = TOLL.match(text, at)
    if toll:
        head = f"one {cardinal(toll[1])}" if toll[1].endswith("00") else f"one, {spelled(toll[1])}"
        rest = f"{spelled(toll[2])}, {spelled(toll[3])}" if toll[2] else toll[4].replace("-", " ").title()
        return said(at, toll.end(), f"{head}, {rest}")
    found = PHONE.match(text, at) or SOCIAL.match(text, at) or CARD.match(text, at)
    if not found or sum(map(str.isdecimal, found[0])) < 7:
        return None
    plus = "plus " if found[0][0] == "+" else ""
    return said(at, found.end(), plus + ", ".join(spelled(group) for group in re.findall(r"[0-9]+", found[0])))


BARE_DOT = re.compile(
    r"\.(com|org|net|gov|edu|mil|ru|ua|uk|eu|pdf|docx?|xlsx?|exe|zip|jpg|png|mp3|csv|io|ai)(?![\w.@])"
)
FILE = re.compile(
    r"([A-Za-z][\w-]{0,40})\.(pdf|docx?|xlsx?|pptx?|exe|zip|jpe?g|png|gif|mp[34]|csv|txt|html?|js|py|json|xml)(?![\w.@/])"
)
SPOKEN_ENDINGS = words("com org net gov edu mil zip doc exe")


def bare_dot(line: Line, at: int) -> Reading | None:
    """A domain's or file's ending by itself: "the .com boom"."""
    found = BARE_DOT.match(line.text, at)
    if not found or (at and line.text[at - 1] not in " (\"'“/"):
        return None
    return said(at, found.end(), f"dot {_ending(found[1])}")


def file_name(line: Line, at: int) -> Reading | None:
    """A file's name: "report.pdf"."""
    found = FILE.match(line.text, at)
    if not found or (at and line.text[at - 1] in ".@/_-"):
        return None
    return said(at, found.end(), f"{spoken_name(found[1])} dot {_ending(found[2])}")


def _ending(text: str) -> str:
    """A file's or domain's ending: a word, or its letters."""
    return text if text in SPOKEN_ENDINGS else "".join(f"{char}." for char in text.upper())


CODE = re.compile(r"[0-9]{3,12}(?![\w]|[.,:/-][0-9])")
CODE_BEFORE = words("number phone telephone ssn account passport tel fax")


def code_number(line: Line, at: int) -> Reading | None:
    """Numbers that are dialled or name an account: "text 741741", "my number is 5551234567", "the 212 area code"."""
    found = CODE.match(line.text, at)
    if not found:
        return None
    digits, end = found[0], found.end()
    before, earlier = line.word_before(at), line.word_before(at, 2)
    long = len(digits) > 4 and (
        before in CALLS
        or (earlier in CODE_BEFORE and before in ("is", "was", "on", "at", ""))
        or (before == "to" and (line.word_before(at, 3) in CALLS or earlier in CALLS))
    )
    area = len(digits) == 3 and (line.text.startswith(" area code", end) or (before == "code" and earlier == "area"))
    return said(at, end, spelled(digits)) if long or area else None


def emergency(line: Line, at: int) -> Reading | None:
    """Short numbers that are called: "call 911"."""
    found = EMERGENCY.match(line.text, at)
    if not found:
        return None
    before = line.word_before(at)
    if (
        before in CALLS
        or line.word_after(found.end()) in CALLED
        or (before == "to" and line.word_before(at, 2) in ("call", "calls", "text"))
    ):
        return said(at, found.end(), spelled(found[1]))
    return None


def versions(line: Line, at: int) -> Reading | None:
    """Numbers with several points: IP addresses, versions, paragraphs."""
    found = DOTTED.match(line.text, at)
    if not found:
        return None
    parts = found[0].split(".")
    if len(parts) == 4 and all(len(part) <= 3 for part in parts):
        return said(at, found.end(), " dot ".join(spelled(part) for part in parts))
    return said(
        at,
        found.end(),
        " point ".join(spelled(part) if part[0] == "0" or len(part) > 6 else cardinal(part) for part in parts),
    )
