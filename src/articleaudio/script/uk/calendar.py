"""Dates, years, ordinals, clock times, compounds."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.uk.data import MONTH_LIST, MONTHS
from articleaudio.script.uk.grammar import asked, gender_of
from articleaudio.script.uk.numbers import CASES, cardinal, combining, ordinal
from articleaudio.script.words import words

_MONTH = "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True))
DAY = re.compile(
    rf"([0-3]?[0-9])(?:-го|-е|-ме)?(?:( ?[-–—] ?| (?:і|й|та|по|до|чи|або|на) )([0-3]?[0-9])(?:-го|-е)?)?"
    rf"[ \u00a0]({_MONTH})(?!\w)"
)
YEAR_WORD = re.compile(r",?[ \u00a0]([12][0-9]{3})(?:-го)?(?:[ \u00a0](року|році|рік|роком|р\.|р(?![\w.])))?(?![\w-])")
FIGURES = re.compile(r"([0-3]?[0-9])[./]([01]?[0-9])[./]((?:19|20)[0-9]{2})(?:[ \u00a0](року|р\.))?(?![0-9])")
ISO = re.compile(r"((?:19|20)[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])")
YEARS = re.compile(
    r"([1-9][0-9]{1,3})(?: ?[-–—/] ?([1-9][0-9]{1,3}))?[ \u00a0]?"
    r"(року|році|рік|роком|роки|років|роках|роками|рокам|рр\.?|р\.)(?!\w)"
)
YEAR_FORMS = {
    "року": "g",
    "році": "l",
    "рік": "n",
    "роком": "i",
    "роки": "n",
    "років": "g",
    "роках": "l",
    "роками": "i",
    "рокам": "d",
}
SUFFIXED = re.compile(
    r"([0-9]{1,4})(?:[-–]([0-9]{1,4}))?-?"
    r"(го|му|ому|й|ий|ій|ма|та|ша|га|тя|а|я|ї|ої|у|ту|шу|гу|тю|ю|ою|е|ше|ге|тє|є|те|ме|х|их|і|ті|ві|ші|ні|сті|ми|ими|м|им|ці)"
    r"(?![\w])"
)
TIME = re.compile(r"([0-2]?[0-9])[:.]([0-5][0-9])(?![0-9:]|\.[0-9])")
HOURS = re.compile(r"([0-2]?[0-9])(?=[ \u00a0](?:ранку|вечора|ночі|дня|години|годині|годину|година)(?!\w))")
COMPOUND = re.compile(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?-([а-яіїєґ']{4,})")
CLOCK_WORDS = words("о об близько до від після з на із біля перед за між по")


def _ordinal_year(digits: str, case: str, gender: str = "m") -> str:
    return ordinal(digits, case, gender)


def _year_tail(line: Line, end: int) -> tuple[int, str]:
    """The year behind a date: " дві тисячі двадцять п'ятого року"."""
    found = YEAR_WORD.match(line.text, end)
    if not found or (not found[2] and line.text[found.end() : found.end() + 2].strip()[:1].isdecimal()):
        return end, ""
    word = " року" if found[2] else ""
    stop = line.stop(found.end()) if found[2] == "р." else found.end()
    return stop, f" {_ordinal_year(found[1], 'g')}{word}"


def _day_case(line: Line, at: int) -> str:
    """The case of a day of the month: genitive, unless a preposition asks for another."""
    word = line.word_before(at)
    if word in ("на", "по", "за", "про", "через"):
        return "a"
    return {"перед": "i", "між": "i", "над": "i"}.get(word, "g")


def day(line: Line, at: int) -> Reading | None:
    """A day, or two, of a month: "14 червня 2025 року", "З 1 по 3 липня"."""
    found = DAY.match(line.text, at)
    if not found or not 1 <= int(found[1]) <= 31 or (found[3] and not 1 <= int(found[3]) <= 31):
        return None
    case = _day_case(line, at)
    words = ordinal(found[1], case, "n")
    if found[3]:
        joint = found[2].strip(" -–—")
        if joint == "на" and line.word_before(at) not in ("з", "із", "зі"):
            return None
        second = "a" if joint in ("по", "на") else "g" if joint == "до" else case
        words += f" {joint} {ordinal(found[3], second, 'n')}" if joint else f" {ordinal(found[3], case, 'n')}"
    end, tail = _year_tail(line, found.end())
    return said(at, end, f"{words} {MONTHS[found[4]]}{tail}")


FIRST_DAY = re.compile(rf"([0-3]?[0-9])(?=(?:,| (?:по|до|та|і|й|чи|або)) [0-3]?[0-9] (?:{_MONTH})(?!\w))")


def first_day(line: Line, at: int) -> Reading | None:
    """A day whose month comes behind another day: "5, 6 червня"."""
    found = FIRST_DAY.match(line.text, at)
    return said(at, found.end(), ordinal(found[1], _day_case(line, at), "n")) if found and int(found[1]) else None


def figures(line: Line, at: int) -> Reading | None:
    """A date in figures: "02.03.2026"."""
    found = FIGURES.match(line.text, at)
    iso = None if found else ISO.match(line.text, at)
    if found:
        day_, month, year, end = found[1], int(found[2]), found[3], found.end()
        if found[4] == "р.":
            end = line.stop(end)
    elif iso:
        day_, month, year, end = iso[3], int(iso[2]), iso[1], iso.end()
    else:
        return None
    if not 1 <= int(day_) <= 31 or not 1 <= month <= 12:
        return None
    words = ordinal(day_, _day_case(line, at), "n")
    return said(at, end, f"{words} {MONTH_LIST[month - 1]} {_ordinal_year(year, 'g')} року")


def years(line: Line, at: int) -> Reading | None:
    """Years with their word: "у 2013 році", "2022 р.", "2014–2022 роках"."""
    found = YEARS.match(line.text, at)
    if not found:
        return None
    word, single = found[3], not found[2]
    if len(found[1]) < 4 and not (len(found[1]) == 3 and word in ("року", "році", "р.")):
        return None
    prep = asked(line, at)
    before = line.word_before(at)
    end = line.stop(found.end()) if word.endswith(".") else found.end()
    if word in YEAR_FORMS:
        case, said_word = YEAR_FORMS[word], word
        if case == "n" and prep == "a":
            case = "a"
    elif word.startswith("рр"):
        case = "l" if before in ("у", "в", "на") else prep or "g"
        said_word = {"l": "роках", "g": "років", "i": "роками", "d": "рокам"}.get(case, "роки")
    else:
        case = "l" if before in ("у", "в") else "g"
        said_word = "році" if case == "l" else "року"
    if single:
        plural_word = word in ("роки", "років", "роках", "роками", "рокам")
        if plural_word and not 1800 <= int(found[1]) <= 2100:
            return None
        return said(at, end, f"{_ordinal_year(found[1], case)} {said_word}")
    second = found[2] if len(found[2]) == 4 else found[1][: 4 - len(found[2])] + found[2]
    return said(at, end, f"{_ordinal_year(found[1], case)} {_ordinal_year(second, case)} {said_word}")


BARE_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?![\w%:/]|[-–.,][0-9]|-[^\W\d])")


def bare_year(line: Line, at: int) -> Reading | None:
    """A year without its word, where a preposition shows it: "у 2013"."""
    found = BARE_YEAR.match(line.text, at)
    if not found:
        return None
    word = line.word_before(at)
    following = line.word_after(found.end())
    case = {"у": "l", "в": "l", "з": "g", "із": "g", "до": "g", "після": "g", "від": "g", "на": "a"}.get(word)
    if not case or (
        following
        and not line.after(found.end())[:1].isupper()
        and following.endswith(("ів", "их", "ей", "ах", "ами", "и"))
    ):
        return None
    return said(at, found.end(), _ordinal_year(found[1], case))


def suffixed(line: Line, at: int) -> Reading | None:
    """Ordinals with their ending: "47-ма", "5-ї", "2010-х"."""
    text = line.text
    found = SUFFIXED.match(text, at)
    if not found or (text[found.end(1)] not in "-–" and not found[3].startswith(("-", "го", "й", "х"))):
        return None
    digits, suffix = found[1], found[3]
    case, gender = _of_suffix(line, at, found.end(), digits, suffix)
    if not case:
        return None
    words = ordinal(digits, case, gender)
    if found[2]:
        words = f"{words} {ordinal(found[2], case, gender)}"
    return said(at, found.end(), words)


def _of_suffix(line: Line, at: int, end: int, digits: str, suffix: str) -> tuple[str, str]:
    """Case and gender of a written ending: the likeliest of those that fit, by the noun behind it."""
    fits = [(case, gender) for gender in "mfnp" for case in CASES if ordinal(digits, case, gender).endswith(suffix)]
    if not fits:
        return "", ""
    noun = line.word_after(end)
    prep = line.word_before(at)
    wanted = ""
    if noun and noun[0].isalpha():
        if noun.endswith(("ою", "ею", "єю", "ом", "ем", "ами", "ями")):
            wanted = "i"
        elif noun.endswith(("ах", "ях")) or (noun.endswith(("і", "ї")) and suffix in ("й", "ій")):
            wanted = "l"
    if prep in ("о", "об") or (suffix in ("й", "ій") and prep in ("о", "об", "по", "при")):
        wanted = "l"
    if suffix in ("х", "их") and prep in ("у", "в", "на", "по"):
        wanted = "l"
    for case, gender in fits:
        if case == wanted and (gender != "m" or suffix not in ("й", "ій")):
            return case, gender
    gender = gender_of(noun) if noun else ""
    for case, kind in fits:
        if kind == gender:
            return case, kind
    return fits[0]


def time(line: Line, at: int) -> Reading | None:
    """Clock times: "о 10:15", "з 9:00 до 18:00"."""
    found = TIME.match(line.text, at)
    if not found or int(found[1]) > 24:
        return None
    before = line.word_before(at)
    dotted = line.text[found.end(1)] == "."
    if (dotted or len(found[2]) < 2) and before not in ("о", "об"):
        return None
    case = {"о": "l", "об": "l", "на": "a", "за": "a", "по": "a", "перед": "i", "між": "i"}.get(before) or asked(
        line, at
    )
    if before in ("в", "у"):
        case = "l"
    hour = ordinal(found[1].lstrip("0") or "0", case or "n", "f")
    minute = found[2]
    if minute == "00":
        return said(at, found.end(), hour)
    zero = "нуль " if minute[0] == "0" else ""
    return said(at, found.end(), f"{hour} {zero}{cardinal(minute.lstrip('0'), 'n', 'f')}")


def hours(line: Line, at: int) -> Reading | None:
    """Hours before a part of the day: "о 7 ранку", "о 18 годині"."""
    found = HOURS.match(line.text, at)
    before = line.word_before(at)
    if not found or before not in CLOCK_WORDS or int(found[1]) > 24:
        return None
    following = line.word_after(found.end())
    if following in ("години", "годину", "година", "дня") and before not in ("о", "об", "до", "після", "на"):
        return None
    if (
        following in ("години", "дня")
        and before in ("до", "після", "від", "з")
        and int(found[1]) < 5
        and following == "дня"
    ):
        return None
    case = {"о": "l", "об": "l", "на": "a", "за": "a", "по": "a"}.get(before) or asked(line, at) or "n"
    return said(at, found.end(), ordinal(found[1].lstrip("0") or "0", case, "f"))


ONE_AND_A_HALF = re.compile(r"1,5-([а-яіїєґ']{4,})")
SEASON = re.compile(r"((?:19|20)[0-9]{2})/([0-9]{2}|(?:19|20)[0-9]{2})(?![0-9])")


def season(line: Line, at: int) -> Reading | None:
    """A season across two years: "у сезоні 2020/21"."""
    found = SEASON.match(line.text, at)
    if not found or (int(found[2][-2:]) - int(found[1][2:])) % 100 != 1:
        return None
    case = "l" if line.word_before(at) in ("у", "в", "на") else "n"
    return said(at, found.end(), f"{_ordinal_year(found[1], case)} {ordinal(found[2], case)}")


def compound(line: Line, at: int) -> Reading | None:
    """Compounds: "17-річного", "16-поверхівку"."""
    half = ONE_AND_A_HALF.match(line.text, at)
    if half:
        return said(at, half.end(), f"півтора{half[1]}")
    found = COMPOUND.match(line.text, at)
    if not found:
        return None
    first = f"{combining(found[1])} " if found[2] else ""
    stem = found[2] or found[1]
    if first:
        first = f"{combining(found[1])}-"
    return said(at, found.end(), f"{first}{combining(stem)}{found[3]}")
