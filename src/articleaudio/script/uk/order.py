"""Ordinals that only their noun shows ("на 2 поверсі", "I тур", "у 19 ст."), and cardinals with an ending ("15-ти")."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.uk.data import PREPOSITIONS
from articleaudio.script.uk.numbers import CASES, cardinal, ordinal, plural_class
from articleaudio.script.words import words


def _counted(gender: str, text: str) -> dict[str, tuple[str, str]]:
    """The forms of nouns that are counted off, six cases each: form → case and gender; the first case wins."""
    forms: dict[str, tuple[str, str]] = {}
    for noun in text.strip().splitlines():
        for case, form in zip(CASES, noun.split(), strict=True):
            forms.setdefault(form, (case, gender))
    return forms


COUNTED = (
    _counted("m", """
поверх поверху поверху поверх поверхом поверсі
клас класу класу клас класом класі
курс курсу курсу курс курсом курсі
тур туру туру тур туром турі
етап етапу етапу етап етапом етапі
раунд раунду раунду раунд раундом раунді
канал каналу каналу канал каналом каналі
тайм тайму тайму тайм таймом таймі
сет сету сету сет сетом сеті
квартал кварталу кварталу квартал кварталом кварталі
під'їзд під'їзду під'їзду під'їзд під'їздом під'їзді
розряд розряду розряду розряд розрядом розряді
том тому тому том томом томі
""")
    | _counted("m", """
батальйон батальйону батальйону батальйон батальйоном батальйоні
корпус корпусу корпусу корпус корпусом корпусі
вагон вагону вагону вагон вагоном вагоні
сезон сезону сезону сезон сезоном сезоні
""")
    | _counted("f", """
бригада бригади бригаді бригаду бригадою бригаді
дивізія дивізії дивізії дивізію дивізією дивізії
""")
    | {"хвилині": ("l", "f"), "сторінці": ("l", "f"), "секунді": ("l", "f"), "кілометрі": ("l", "m")}
    | {"рядку": ("l", "m"), "лінії": ("l", "f"), "спробі": ("l", "f"), "позиції": ("l", "f"), "дивізіоні": ("l", "m")}
    | _counted("n", """
місце місця місцю місце місцем місці
півріччя півріччя півріччю півріччя півріччям півріччі
скликання скликання скликанню скликання скликанням скликанні
""")
)  # fmt: skip
"""Nouns that stand behind ordinals written as bare figures."""
EVERY = {
    "кожен": ("n", "m"), "кожний": ("n", "m"), "кожна": ("n", "f"), "кожну": ("a", "f"), "кожне": ("n", "n"),
    "кожного": ("g", "m"), "кожному": ("d", "m"), "кожної": ("g", "f"), "кожній": ("l", "f"), "кожним": ("i", "m"),
}  # fmt: skip
"""Words before an ordinal: "кожен 3 українець"."""
ROMAN_COUNTED = (
    COUNTED
    | _counted("m", """
ступінь ступеня ступеню ступінь ступенем ступені
рівень рівня рівню рівень рівнем рівні
з'їзд з'їзду з'їзду з'їзд з'їздом з'їзді
чемпіонат чемпіонату чемпіонату чемпіонат чемпіонатом чемпіонаті
фестиваль фестивалю фестивалю фестиваль фестивалем фестивалі
форум форуму форуму форум форумом форумі
конгрес конгресу конгресу конгрес конгресом конгресі
саміт саміту саміту саміт самітом саміті
""")
    | _counted("f", """
світова світової світовій світову світовою світовій
сесія сесії сесії сесію сесією сесії
група групи групі групу групою групі
категорія категорії категорії категорію категорією категорії
династія династії династії династію династією династії
республіка республіки республіці республіку республікою республіці
""")
)  # fmt: skip
"""Nouns that stand behind Roman numerals."""
AGREEING = (
    ("ький", "n", "m"), ("ний", "n", "m"), ("ого", "g", "m"), ("ому", "l", "m"), ("ська", "n", "f"), ("на", "n", "f"),
    ("ої", "g", "f"), ("ій", "l", "f"), ("ську", "a", "f"), ("ну", "a", "f"), ("ою", "i", "f"), ("ське", "n", "n"),
    ("ські", "n", "p"), ("ні", "n", "p"), ("их", "g", "p"), ("ими", "i", "p"), ("им", "i", "m"),
)  # fmt: skip
"""Endings of adjectives: case and gender."""
SURE = words("тур етап квартал півріччя світова світової світовій світову світовою турі туру етапі етапу кварталі")
"""Nouns before which even a sentence's first "І" is a numeral."""
FIGURES = re.compile(r"([1-9][0-9]?)(?:[ \u00a0]?(?:[-–—]|та|і|й|чи|або)[ \u00a0]?([1-9][0-9]?))?[ \u00a0]([а-яіїє']+)")
ENDING = re.compile(r"([1-9][0-9]{0,3})-?(ти|ма|ома|ох|ьох|ьом|ом|ьма|рьох|вох|рьом|х)(?!\w)")
CENTURY = re.compile(r"([1-9]|1[0-9]|2[01])(?:[ ]?([-–—]|і|та|й)[ ]?([1-9]|1[0-9]|2[01]))?[ \u00a0]ст\.(?![ ]?[л0-9])")
HOURS = re.compile(r"([0-2]?[0-9]) (до|по) ([0-2]?[0-9])(?= (?:години|годину|ранку|вечора|ночі)(?!\w))")
YEARS = re.compile(
    r"((?:1[0-9]|20)[0-9]{2}) (і|та|й|чи|або) ((?:1[0-9]|20)[0-9]{2}) (роках|роками|років|роки|рокам|році|року)(?!\w)"
)
YEAR_CASES = {"роках": "l", "роками": "i", "років": "g", "роки": "n", "рокам": "d", "році": "l", "року": "g"}
PARTS = words("п пп ч ст пункт пункту пункті пунктом частина частини частині частиною частину абзац стаття статті")
GENITIVE = words("з із зі до від після для без")
ROMAN = re.compile(r"([IVXІХ]{1,6})[ \u00a0]([^\W\d_]+(?:'[^\W\d_]+)?)")
ROMAN_PAIR = re.compile(r"([IVXІХ]{1,6}) (і|та|й|чи|або) ([IVXІХ]{1,6}) (ст\.|столітть|століть|століттях|століттями)")
VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10}


def _value(numeral: str) -> str:
    """The value of a Roman numeral, in digits."""
    ones = [VALUES[char] for char in numeral]
    later = [*ones[1:], 0]
    return str(sum(-one if one < after else one for one, after in zip(ones, later, strict=True)))


def placed(line: Line, at: int) -> Reading | None:
    """A bare figure before a singular noun that is counted off: "на 2 поверсі", "учень 5 класу", "3 місце"."""
    found = FIGURES.match(line.text, at)
    prep = line.word_before(at)
    if found and prep in EVERY and not found[2]:
        return said(at, found.end(1), ordinal(found[1], *EVERY[prep]))
    if not found or found[3] not in COUNTED:
        return None
    case, gender = COUNTED[found[3]]
    several = plural_class(found[2] or found[1]) == "few" and not found[1].endswith("1")
    if gender == "f" and found[3].endswith(("и", "ії")):
        inside = prep in ("у", "в", "на")
        if (several and not inside and prep not in GENITIVE) or (inside and found[3][-1] == "и"):
            return None
        case = "l" if inside else "g"
    elif found[3] == "бригаді":
        case = "l"
    if found[3] == "місця" and prep not in GENITIVE:
        return None
    if found[3] == "скликання" and prep:
        case = "g"
    if case == "n" and PREPOSITIONS.get(prep) == "a":
        case = "a"
    if case == "g" and prep in ("на", "у", "в"):
        return None
    first = ordinal(found[1], case, gender)
    if found[2]:
        return said(
            at, found.end(2), _joined(line, found.end(1), found.start(2), first, ordinal(found[2], case, gender))
        )
    return said(at, found.end(1), first)


def _joined(line: Line, start: int, end: int, first: str, second: str) -> str:
    """Two ordinals and what stands between them: a word stays, a dash is a space."""
    joint = line.text[start:end].strip(" \u00a0-–—")
    return f"{first} {joint} {second}" if joint else f"{first} {second}"


def ending(line: Line, at: int) -> Reading | None:
    """Cardinals with their ending: "30-ти років", "2-х дітей", "5-ма голосами"."""
    found = ENDING.match(line.text, at)
    if not found or (line.text[found.end(1)] != "-" and len(found[2]) < 2):
        return None
    digits, suffix = found[1], found[2]
    small = digits[-1] in "234" and digits[-2:-1] != "1"
    if suffix == "х" and not (small and len(digits) < 3):
        return None
    if suffix == "ма" and ordinal(digits, "n", "f").endswith("ма"):
        return None
    for case in "gdil":
        words_ = cardinal(digits, case)
        if words_.endswith(suffix):
            return said(at, found.end(), words_)
    # "п'ятьох", "десятьом": the other forms of five to thirty
    whole = cardinal(digits)
    return (
        said(at, found.end(), f"{whole}{suffix[-2:]}")
        if suffix.endswith(("ох", "ом")) and whole.endswith("ть")
        else None
    )


def century(line: Line, at: int) -> Reading | None:
    """A century in figures: "у 19 ст.", "18–19 ст."."""
    found = CENTURY.match(line.text, at)
    before = line.word_before(at)
    if not found or before in PARTS:
        return None
    end = line.stop(found.end())
    inside = before in ("у", "в", "на")
    if found[3]:
        case = "l" if inside else "g"
        both = _joined(line, found.end(1), found.start(3), ordinal(found[1], case, "n"), ordinal(found[3], case, "n"))
        return said(at, end, f"{both} {'століттях' if inside else 'століть'}")
    case = "l" if inside else "g" if before else "n"
    return said(at, end, f"{ordinal(found[1], case, 'n')} {'столітті' if inside else 'століття'}")


def hours(line: Line, at: int) -> Reading | None:
    """From one hour to another: "з 8 до 17 години"."""
    found = HOURS.match(line.text, at)
    if not found or line.word_before(at) not in ("з", "із", "зі", "від") or max(int(found[1]), int(found[3])) > 24:
        return None
    last = ordinal(found[3], "a" if found[2] == "по" else "g", "f")
    return said(at, found.end(), f"{ordinal(found[1], 'g', 'f')} {found[2]} {last}")


def years(line: Line, at: int) -> Reading | None:
    """Two years with one word: "між 2015 і 2019 роками"."""
    found = YEARS.match(line.text, at)
    if not found:
        return None
    case = YEAR_CASES[found[4]]
    both = f"{ordinal(found[1], case)} {found[2]} {ordinal(found[3], case)}"
    return said(at, found.end(3), both)


def roman(line: Line, at: int) -> Reading | None:
    """Roman numerals before what is counted off: "II квартал", "в I турі", "XIX і XX ст.", "V Міжнародний форум"."""
    text = line.text
    if at and text[at - 1] not in ' \u00a0(«"':
        return None
    pair = ROMAN_PAIR.match(text, at)
    if pair:
        case = "l" if line.word_before(at) in ("у", "в") else "i" if pair[4].endswith("ми") else "g"
        both = f"{ordinal(_value(pair[1]), case, 'n')} {pair[2]} {ordinal(_value(pair[3]), case, 'n')}"
        if pair[4] != "ст.":
            return said(at, pair.end(3), both)
        return said(at, line.stop(pair.end()), f"{both} {'століттях' if case == 'l' else 'століть'}")
    found = ROMAN.match(text, at)
    if not found:
        return None
    numeral, noun = found[1], found[2].lower()
    case, gender = ROMAN_COUNTED.get(noun, ("", ""))
    if numeral in ("І", "Х") and not line.word_before(at) and noun not in SURE:
        return None
    if not case and (len(numeral) > 1 or (numeral not in "ІХ" and found[2][0].isupper())) and len(noun) > 5:
        case, gender = next(((c, g) for end, c, g in AGREEING if noun.endswith(end)), ("", ""))
    if noun == "скликання" and line.word_before(at):
        case = "g"
    if not case or int(_value(numeral)) < 1:
        return None
    if case == "n" and gender != "f" and PREPOSITIONS.get(line.word_before(at)) == "a":
        case = "a"
    if (noun.endswith("ій") or noun in ("групі", "сесії")) and line.word_before(at) in ("у", "в", "на", "по"):
        case = "l"
    return said(at, found.end(1), ordinal(_value(numeral), case, gender))
