"""Whether an amount is an adjective ("a $61 billion aid bill"): then its currency or unit is said in the singular."""

from __future__ import annotations

import re

from articleaudio.script.en.data_money import HEADS
from articleaudio.script.line import Line
from articleaudio.script.words import words

DETERMINERS = words("""
    a an the this that its his her their our my your another each every one any no some two three four five
    six seven eight nine ten several many these those
""")
SURE_DETERMINERS = words("a an another each every one any this")
ADJECTIVES = words("""
    new record massive proposed planned first second third final initial additional further total annual
    monthly daily weekly whopping huge giant large small big multiyear estimated reported single separate
    special emergency similar earlier previous recent latest controversial joint bipartisan extra fresh full
    hefty mere modest potential so-called supplemental the nearly roughly about almost approximately U.S.
    American European Ukrainian Russian Chinese British German French Polish foreign military
""")
NOT_NOUNS = words("""
    in of to for from at by on with without and or but nor than as is was are were be been has have had will
    would could should may might can per each apiece a an the this that these those it he she they we you i
    who which when while if because since until after before over under above below during between among
    against through across along around about into onto out up down off away more less worth ago later earlier
    now then today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday daily weekly
    monthly yearly annually long wide tall deep high thick north south east west northeast northwest southeast
    southwest inland offshore apart behind ahead beyond near inside outside toward towards via versus vs plus
    minus times not so too also only just all both if how why where what whose whether either neither either
    though although because trying making going aimed needed required spent raised paid owed lost earned
    stolen given went came said rose fell compared according depending including excluding following owing due
    back still again already once every x by square apart across wide thick around round either clear
""")


def attributive(line: Line, start: int, end: int, *, strict: bool = True) -> bool:
    """Whether the stretch describes the noun behind it.

    `strict` asks for a determiner before it (or a noun that money is known to describe); without it any noun will do.
    """
    text = line.text
    if text.startswith("-plus", end) and not re.match(r"-plus [a-z]", text[end : end + 7]):
        return False
    if text[end : end + 1] in ("-", "–") and text[end + 1 : end + 2].isalpha():
        return True
    if text[end : end + 2] == ", " and re.match(r"[0-9]{1,3}-[a-z]+ ", text[end + 2 : end + 16]):
        return line.word_before(start) in ("a", "the", "its", "their")
    if re.match(r" (?:19|20)[0-9]{2} [a-z]{3}", text[end : end + 10]):
        return line.word_before(start) in DETERMINERS and line.word_after(end + 5) not in NOT_NOUNS
    following = line.word_after(end)
    if not following or not following[0].isalpha() or following in NOT_NOUNS or following.endswith("ly"):
        return False
    if following in HEADS or not strict:
        return True
    before = line.word_before(start)
    if re.search(r"-(?:year|month|week|day),$", line.before(start)) and line.word_before(start, 2) in DETERMINERS:
        return True
    if before in SURE_DETERMINERS:
        return True
    if before in DETERMINERS:
        return not line.after(end)[0].isupper() or before in ("the", "its", "his", "her", "their")
    return before in ADJECTIVES and line.word_before(start, 2) in DETERMINERS
