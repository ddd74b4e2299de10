"""Abbreviations: titles, states, streets, saints, "No.", Latin, companies, party tags, initials."""

from __future__ import annotations

import re

from articleaudio.script.en.data_abbreviations import (
    ALWAYS_TITLES,
    BEFORE_NUMBER,
    DOTTED,
    NEEDS_CAPITAL,
    PERIOD_ONLY,
    READ_ALWAYS,
    TITLES,
    WITHOUT_PERIOD,
    WORDS,
)
from articleaudio.script.en.data_names import AP_STATES, PARTIES, STATES, STREETS
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

TITLE = re.compile(r"([A-Za-z][A-Za-z'.-]*[A-Za-z])(\.?)")
PARTY = re.compile(r"([DRILG])-((?:[A-Z][a-z]*\.? ?){1,2}|[A-Z]{2})(?=[),;.]|$)")
DOTTED_WORD = re.compile("|".join(re.escape(form) for form in sorted(DOTTED, key=len, reverse=True)), re.IGNORECASE)
LOWER_DOTTED = {form.lower(): say for form, say in DOTTED.items()}
PLAIN_WORD = re.compile(r"([A-Za-z]+(?:'(?!s\b)[a-z]+)?)(\.?)")
DOUBTFUL_TITLES = words("Sec Sr Br Del Dep Hon Rep Fr Pres Col Gen Ens Spc Det Bp Asst Treas Amb Rev Prof Gov")
BEHIND_NAMES = words("Sr Br Fr Del Sec Dep")
NUMBER_NEXT = re.compile(r"\.? ?(?=[0-9]|[IVXL]{1,6}\b|[A-Z](?![A-Za-z.]))")
NO = re.compile(
    r"(No|no|NO|Nos|nos|N)(\.|°|º)? ?(?=[0-9]|[A-Z]{1,2}-?[0-9]|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)
CIRCA = re.compile(r"(?:c|ca)\.? ?(?=[0-9]{3,4})")
TIGHT_RISK = words("min max art est no app ex n b v d r")
VERSUS = re.compile(r"v\.? (?=[A-Z])")


def titles(line: Line, at: int) -> Reading | None:
    """Titles and ranks: "Dr.", "Brig. Gen.", "Sen."; a street's "Dr." is a drive."""
    found = TITLE.match(line.text, at)
    if found and found[1] not in TITLES and not found[1].isalpha():
        found = PLAIN_WORD.match(line.text, at)
    if not found:
        return None
    word, period = found[1], found[2]
    name = word if word in TITLES else word.capitalize()
    full = TITLES.get(name)
    if not full or (not period and name not in ALWAYS_TITLES) or (word.isupper() and len(word) > 2):
        return None
    named = _before_name(line, found.end())
    placed = line.before(at)[:1].isupper() and line.before(at)[-1] not in ",;:"
    if name == "Dr" and not named and placed and word[0].isupper():
        return said(at, line.stop(found.end()), STREETS["dr"])
    alone = bool(period) and at == 0 and line.ends(found.end())
    if name in DOUBTFUL_TITLES and not _is_title(line, at, found.end(), name, named=named or alone):
        return None
    if word.islower() and not _in_lower_case(name, named=named, period=bool(period)):
        return None
    return said(at, line.stop(found.end()), full.lower() if word.islower() else full)


def _before_name(line: Line, end: int) -> bool:
    """Whether a name follows a title."""
    following = line.after(end)
    quoted = following[:1] in "\"“'(" and following[1:2].isupper()
    joined = line.text[end : end + 1] == "-" or following.startswith(("(ret", "(Ret"))
    return following[:1].isupper() or following[:2] in ("d'", "O'") or quoted or joined


def _is_title(line: Line, at: int, end: int, name: str, *, named: bool) -> bool:
    """Whether an abbreviation that may be something else ("Sec.", "Sr.") is a title here."""
    before = line.before(at)
    if before.endswith(".") and before[:-1] in TITLES and named:
        return True
    if name == "Sec" and line.text.startswith(" of ", end):
        return True
    if not named and name not in ALWAYS_TITLES:
        return False
    if name in BEHIND_NAMES and before[:1].isupper() and not before.endswith(","):
        return False
    return not line.after(end)[:1].isdecimal()


def _in_lower_case(name: str, *, named: bool, period: bool) -> bool:
    """Whether a title in lower case ("mr. smith") is one."""
    if name in ("Mr", "Mrs", "Ms", "Dr"):
        return period or named
    return named and name in ("Prof", "Sen", "Rep", "Gen", "Capt", "Sgt", "Lt")


def party(line: Line, at: int) -> Reading | None:
    """Party tags: "(R-Texas)", "D-Calif."."""
    found = PARTY.match(line.text, at)
    if not found or line.text[at - 1 : at] not in ("", "(", " "):
        return None
    place = found[2].strip()
    state = STATES.get(AP_STATES.get(place, place), place)
    known = place in STATES or place in AP_STATES or place in STATES.values()
    if not known and (len(place) < 3 or line.text[at - 1 : at] != "("):
        return None
    return said(at, at + 2 + len(found[2].rstrip()), f"{PARTIES[found[1]]} of {state}")


def number_sign(line: Line, at: int) -> Reading | None:
    """Numbers of things: "No. 10", "Nos. 3 and 4"."""
    found = NO.match(line.text, at)
    if not found or (not found[2] and found[1] in ("no", "N", "NO", "nos")) or (found[1] == "N" and found[2] == "."):
        return None
    if not found[2] and not line.text[found.end() : found.end() + 1].isdecimal():
        return None
    if found[1] == "No" and not found[2] and line.text[found.end(1) : found.end(1) + 1] != " ":
        return None
    if not found[2] and at == 0:
        return None
    full = "numbers" if found[1].lower() == "nos" else "number"
    end = found.end()
    space = line.text[end - 1] == " "
    return said(
        at,
        end - 1 if space else end,
        (full.capitalize() if found[1][0] == "N" and at == 0 else full) + ("" if space else " "),
    )


def latin(line: Line, at: int) -> Reading | None:
    """Short forms with periods or slashes inside: "i.e.", "a.k.a.", "w/o", "et al."."""
    found = DOTTED_WORD.match(line.text, at)
    if not found or line.text[found.end() : found.end() + 1].isalnum() or (at and line.text[at - 1].isalnum()):
        return None
    if found[0].lower() == "w/" and line.text[at - 1 : at] not in ("", " "):
        return None
    return said(at, line.stop(found.end()), DOTTED.get(found[0]) or LOWER_DOTTED[found[0].lower()])


def abbreviations(line: Line, at: int) -> Reading | None:
    """Other abbreviations: "vs.", "approx.", "Corp.", "Fig. 3", "p. 12", "c. 1850"."""
    text = line.text
    circa = CIRCA.match(text, at)
    if circa and (text[at + 1 : at + 2] == "." or circa[0].startswith("ca")):
        space = circa[0].endswith(" ")
        return said(at, circa.end() - space, "circa" if space else "circa ")
    found = PLAIN_WORD.match(text, at)
    if not found:
        return None
    word = found[1].lower()
    period = text[found.end(1) : found.end(1) + 1] == "."
    end = found.end(1) + period
    full = WORDS.get(word)
    if not full or (at and text[at - 1] in ".@/_"):
        return None
    special = _by_neighbours(line, at, found, word=word)
    if special:
        return special
    if word == "al" or (word in NEEDS_CAPITAL and not found[1][0].isupper()):
        return None
    if (word in READ_ALWAYS or word in PERIOD_ONLY or word in ("co", "cos", "sr", "mt", "assoc", "est", "dept")) and (
        period or word in WITHOUT_PERIOD
    ):
        if word in ("co", "cos", "sr", "inc", "corp", "ltd", "jr", "bros") and not (
            line.before(at)[:1].isalpha() or line.before(at) == "&"
        ):
            return None
        if word in PERIOD_ONLY and line.stop(end) != end:
            return None
        if found[1].isupper() and len(word) > 3:
            return None
        return said(at, line.stop(end), _cased(full, found[1]))
    return None


def _by_neighbours(line: Line, at: int, found: re.Match[str], *, word: str) -> Reading | None:
    """Abbreviations that need a number, a name or a noun behind them: "Fig. 3", "Roe v. Wade", "min. wage"."""
    text, period = line.text, bool(found[2])
    end = found.end()
    risky = found[1].islower() if word in ("cat", "fl") else found[1] in ("C", "B", "D", "V", "R")
    if word in BEFORE_NUMBER and period and not risky and NUMBER_NEXT.match(text, found.end(1)):
        tight = word in TIGHT_RISK and text[end : end + 1] != " "
        if not tight:
            return said(at, end, _cased(WORDS[word], found[1]))
    if word == "v" and VERSUS.match(text, at) and line.before(at)[:1].isupper() and (period or line.word_before(at)):
        return said(at, end, "versus")
    lower = line.after(end)[:1].islower()
    if (
        word == "min"
        and period
        and lower
        and line.word_after(end) not in ("and", "or")
        and not line.before(at)[-1:].isdecimal()
    ):
        return said(at, end, "minimum")
    return None


def _cased(full: str, written: str) -> str:
    return full.capitalize() if written[0].isupper() else full
