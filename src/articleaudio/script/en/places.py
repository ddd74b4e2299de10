"""Streets and saints, points of the compass, states."""

from __future__ import annotations

import re

from articleaudio.script.en.data_names import AP_STATES, COMPASS, STATES, STREETS, SURE_STATES
from articleaudio.script.en.data_places import (
    COMPASS_PLACES,
    HOUSE_PARTS,
    MAYBE_STREETS,
    NO_STATE,
    NOT_STREETS,
    SAINTS,
    STATE_NEEDS_PLACE,
    STATE_NOUNS,
    STREET_STARTS,
)
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said

STATE = re.compile("|".join(re.escape(form) for form in sorted(AP_STATES, key=len, reverse=True)))
STATE_CODE = re.compile(r"([A-Z]{2})(?![\w.-])")
STREET = re.compile(r"([A-Za-z]+)(\.?)")
SAINT = re.compile(r"(Sts?|Ste|st|ste)(\.?)[ -](?=([A-Za-z][^\W\d_]*))")
MOUNT = re.compile(r"(Sts|Mt|Mts|Ft|Pt)(\.?)[ -](?=[A-Z0-9])")
MOUNTS = {"Sts": "Saints", "Mt": "Mount", "Mts": "Mounts", "Ft": "Fort", "Pt": "Point"}
SAID_SAINTS = {"st": "Saint", "sts": "Saints", "ste": "Sainte"}
NUMBERED = re.compile(r"[0-9]+(?:st|nd|rd|th)$")
STREET_WORDS = frozenset(STREETS) | frozenset(name.lower() for name in STREETS.values())
COMPASS_POINT = re.compile(r"(NE|NW|SE|SW|[NSEW])(\.?)(?![\w&-]|\.\w)")
ADDRESS = re.compile(
    r" (?:[0-9]+(?:st|nd|rd|th)\b|(?:[A-Z][a-z'.]+ ){1,2}(?:"
    + "|".join(sorted({word.title() for word in STREETS} | set(STREETS.values())))
    + r")\b)"
)


def street(line: Line, at: int) -> Reading | None:
    """Streets and saints: "Main St.", "St. Albans", "12th St. NW", "Wall St. Journal"."""
    found = STREET.match(line.text, at)
    if not found:
        return None
    word, low, before = found[1], found[1].lower(), line.before(at)
    placed = (before[:1].isupper() or before[:1].isdecimal()) and before[-1:] not in ",.;:("
    if low in SAID_SAINTS:
        numbered = NUMBERED.match(before)
        saint = SAINT.match(line.text, at)
        named = saint and _is_saint(line, saint, before, placed=placed and not numbered)
        if saint and named:
            say = SAID_SAINTS[low]
            return said(at, saint.end() - 1, say if word[0].isupper() else say.lower())
        if low == "ste" and not (line.after(found.end())[:1].isdecimal() and found[2]):
            return None
    if low in HOUSE_PARTS and line.after(found.end())[:1].isdecimal() and (found[2] or placed) and word[0].isupper():
        return said(at, found.end(), STREETS[low])
    if low == "ave" and line.word_after(found.end()) == "of" and found[2] and word[0].isupper():
        return said(at, found.end(), STREETS[low])
    return _street(line, at, found, before=before, placed=placed)


def _is_saint(line: Line, saint: re.Match[str], before: str, *, placed: bool) -> bool:
    """Whether "St." before a capitalised word is a saint: the name behind it and the word before it tell."""
    name = saint[3]
    if name[0].islower() or saint[1].islower():
        return name.capitalize() in SAINTS and bool(saint[2]) and saint[1].islower()
    if NUMBERED.match(before):
        return False
    if before and line.word_before(saint.start(), 2)[:1].isdecimal() and placed:
        return name in SAINTS and before in NOT_STREETS
    return not placed or before in NOT_STREETS or name in SAINTS or before.lower() in STREET_STARTS


def _street(line: Line, at: int, found: re.Match[str], *, before: str, placed: bool) -> Reading | None:
    """The street word behind its name or number."""
    word, low = found[1], found[1].lower()
    numbered = NUMBERED.match(before)
    housed = line.word_before(at, 2)[:1].isdecimal()
    if not placed or (word.islower() and not before[:1].isdecimal() and not numbered):
        return None
    if low in MAYBE_STREETS and not (found[2] or housed):
        return None
    say = STREETS["st"] + "s" if low == "sts" else STREETS[low]
    return said(at, line.stop(found.end()), say)


def saint(line: Line, at: int) -> Reading | None:
    """Saints, mounts, forts: "Mt. Hood", "Ft. Worth", "the corner of Main and 1st Sts."."""
    found = MOUNT.match(line.text, at)
    if found and not line.text[found.end()].isdecimal() and (found[1] != "Pt" or found[2]):
        if found[1] == "Sts" and NUMBERED.match(line.before(at)):
            return said(at, found.end() - 1, "Streets")
        return said(at, found.end() - 1, MOUNTS[found[1]])
    if line.text.startswith("Sts.", at) and line.before(at)[:1].isalnum():
        return said(at, line.stop(at + 4), "Streets")
    return None


def compass(line: Line, at: int) -> Reading | None:
    """Points of the compass: "12 S 1st st", "W. 57th St.", "12th St. NW", "N. Korea"."""
    text = line.text
    found = COMPASS_POINT.match(text, at)
    if not found:
        return None
    before, end = line.before(at), found.end()
    place = line.after(end).strip(",.;:!?)'\"”")
    place = place.removesuffix("'s")
    if found[1] == "W" and found[2] and text.startswith(" Va.", end):
        return said(at, line.stop(end + 4), "West Virginia")
    if found[2] and place in COMPASS_PLACES.get(found[1], ()) and text[end : end + 1] == " ":
        return said(at, end, COMPASS[found[1]])
    if before.rstrip(".").lower() in STREET_WORDS and (len(found[1]) == 2 or line.ends(end) or text[end] == ","):
        if found[2] and line.ends(end):
            end -= 1
        return said(at, end, COMPASS[found[1]].lower())
    if not ADDRESS.match(text, end) or not (found[2] or before.isdecimal()):
        return None
    if before[:1].isupper() and before[-1] not in ".,":
        return None
    return said(at, end, COMPASS[found[1]])


def state(line: Line, at: int) -> Reading | None:
    """States: "Austin, Tex.", "Santa Clara, CA"."""
    text = line.text
    before = line.before(at)
    placed = before.endswith(",") and before[:1].isupper()
    found = STATE.match(text, at)
    if found and text[found.end() : found.end() + 1].isalnum():
        found = None
    if found and _is_state(line, at, found, placed=placed):
        say = STATES[AP_STATES[found[0]]]
        if say != "D.C.":
            return said(at, line.stop(found.end()), say)
    code = STATE_CODE.match(text, at)
    if not code or not placed or code[1] not in STATES or before.strip(",").isupper():
        return None
    zipped = text[code.end() : code.end() + 2].strip()[:1].isdecimal()
    if (
        code[1] in ("OK", "OR", "IN", "ME", "HI", "OH", "PA", "MA", "LA", "AL", "ID", "DC")
        and not zipped
        and text[code.end() :].strip(" .,")[:1].islower()
    ):
        return None
    return None if code[1] == "DC" else said(at, code.end(), STATES[code[1]])


def _is_state(line: Line, at: int, found: re.Match[str], *, placed: bool) -> bool:
    """Whether a shortened state is one: behind a town, in a row of states, before a noun, behind "in"."""
    form, end = found[0], found.end()
    if placed or form in SURE_STATES:
        return True
    if line.text[end : end + 1] == "," and STATE.match(line.text, end + 2) and line.text[at:end] in AP_STATES:
        return True
    if form in NO_STATE or (at and line.text[at - 1] not in " (\u00a0"):
        return False
    following = line.after(end)
    if line.before(at) in ("and", "or", "&") and line.before(at, 2).rstrip(",") in AP_STATES:
        return True
    if following[:1].islower() or following.strip(".,").lower() in STATE_NOUNS:
        return not line.before(at)[:1].isupper() or line.before(at)[-1] in ",.;:" or line.before(at) in ("The", "In")
    return form not in STATE_NEEDS_PLACE and line.word_before(at) in ("in", "from", "near", "across", "throughout")
