"""Months, weekdays, eras, clock words and zones."""

from __future__ import annotations

from articleaudio.script.words import words

MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS = {name.lower(): name for name in MONTH_NAMES}
MONTHS |= {name[:3].lower(): name for name in MONTH_NAMES}
MONTHS["sept"] = "September"
"""Every written form of a month, in lower case without a period, and its name."""

RISKY_MONTHS = words("may march mar jan dec sun sat oct")
"""Months that are also words or names when written in lower case."""

WEEKDAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "weds": "Wednesday", "thu": "Thursday",
    "thur": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
"""Short weekdays, in lower case without a period."""

ERAS = ("B.C.E.", "B.C.", "A.D.", "C.E.", "BCE", "BC", "AD", "CE")
"""Eras, longest first."""

ZONES = words("""
    ET EST EDT CT CST CDT MT MST MDT PT PST PDT AKST AKDT HST GMT UTC BST CET CEST EET EEST WET MSK IST JST
    KST AEST AEDT NZST NZDT SGT HKT Z
""")
"""Time zones that may follow a clock time."""

YEAR_CUES = words("""
    in since until till by before after during of from early late mid circa year years between around through
    to and into summer winter spring fall autumn season class winter's c ca for the back fiscal calendar nov
    born died founded elected established built published released january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct dec christmas easter
    olympics games cup election elections copyright a.d ad ce bc anno
""")
"""Words before a number of four digits that let it be a year."""

STRONG_YEAR_CUES = words("""
    in since until till during early late mid circa year summer winter spring fall autumn the this that
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec fiscal calendar's through c from by
""")
"""Words before a number of four digits that make it a year though a plural noun follows ("the 2024 elections")."""

COUNT_CUES = words("""
    about over nearly almost some than least most approximately roughly exactly only another all these those
    have has had killed wounded injured carrying more under above below around up numbering totaling totalling
    estimated
""")
"""Words before a number that make it a count when a plural noun follows."""

COUNTED = words("""
    people men women children troops police personnel staff miles feet percent per percentage kilometers
    meters metres kilometres yards pounds dollars euros hryvnias rubles tons tonnes calories copies hours
    minutes seconds days weeks times civilians soldiers prisoners words points votes jobs homes houses
    products pages acres barrels square cubic members seats fans spectators students megawatts kilowatts volts
    watts sheep cattle fish aircraft other of civilian wounded dead injured killed million billion thousand
    hundred dozen
""")
"""Words after a number of four digits that make it a count."""

NOT_PLURALS = words("""
    was is has does as this his its us thus plus says goes sees gives takes makes shows its across yes always
    perhaps towards besides less unless versus across series news press process congress business crisis
    status campus census virus chess access success class glass mass gas bus loss cross address progress
    princess remains appears seems saw
""")
"""Lower-case words in -s that are no plural nouns."""
