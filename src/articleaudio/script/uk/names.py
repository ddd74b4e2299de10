"""Acronyms, designators, Roman numerals."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, letters, said
from articleaudio.script.uk.numbers import cardinal, ordinal
from articleaudio.script.words import listed, words

CAPS = re.compile(r"([А-ЯЄІЇҐ]{2,40})(?![\w])")
WORDS = words("""
НАТО ОБСЄ ООН США ЮНЕСКО ЮНІСЕФ МАГАТЕ НАБУ САП ВАКС ГУР ЗМІ АЕС ЗАЕС ЧАЕС ХАЕС РАЕС ТЕС ТЕЦ ГЕС ДніпроГЕС СНІД
КОВІД ФІФА УЄФА НАСА ОПЕК БРІКС ТАСС УНІАН ЦАХАЛ ХАМАС ЛУН ГАЗ НАЗК АРМА НАФТОГАЗ ПАРЄ УАФ ЄАПС ВООЗ СОТ СОУ КАБ
КАБи ПАТ ДАК АТО ООС СІЗО ДАІ ЗАГС РАЦС ВНО ЗНО НМТ СНД МОЗ КЕП ЄДРПОУ ГУЛАГ НЕП ОУН УПА ЦОВВ ТОТ ДАР ЦНАП ЄСВ ПЦУ
УАПЦ
""")
"""Acronyms said as words."""
SMALL = words(
    "ДО НА ТА ЗА ВІД ПО ЩО ЯК НЕ ЦЕ ДЛЯ БЕЗ ПРО ПРИ НАД ПІД ЧИ АБО АЛЕ НІ ТИ МИ ВИ ВІН ТУТ ТАМ УСЕ ВСЕ РІК ДЕНЬ ЧАС"
)
"""Ordinary short words, for lines in capitals."""
LETTER_NAMES = dict(
    zip(
        "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯ",
        listed("а бе ве ге ґе де е є же зе и і ї йот ка ел ем ен о пе ер ес те у еф ха це че ша ща ю я"),
        strict=True,
    )
)
LATIN_NAMES = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        listed("а бе це де е еф джі аш і джей ка ел ем ен о пе кю ер ес те у ві дабл'ю ікс ігрек зет"),
        strict=True,
    )
)
DESIGNATOR = re.compile(
    r"([А-ЯЄІЇҐA-Z][А-Яа-яЄєІіЇїҐґA-Za-z]{0,7})([- ]?)([0-9]{1,4}(?:/[0-9]{1,4})?)"
    r"([А-ЯA-Z]{0,2}[0-9]{0,2}[А-ЯA-Z]?)(?:-?[а-яіїє]{1,2})?(?![\w])"
)
MODEL = re.compile(r"([0-9]{1,3})([A-ZА-ЯЄІ])([0-9]{0,2})(?![\w])")
ROMAN = re.compile(r"([IVXLІХ]+)(?![\w])")
VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10, "L": 50}
CENTURY = re.compile(
    r"[ \u00a0](ст\.|століття|столітті|столітть|століттям|століть|сторіччя|сторіччі|віку|вік|віці"
    r"|тисячоліття|з'їзд|з'їзду|скликання|ранг|ранзі)"
)
CENTURY_RANGE = re.compile(r"([IVXІХ]+) ?[-–—] ?([IVXІХ]+)(?=[ \u00a0](?:ст|столі|вік))")
SHORT_CENTURY = re.compile(r"[ \u00a0]ст(?:ст|\. ?ст)?\.")
PART_WORDS = {"том": "m", "розділ": "m", "частина": "f", "глава": "f", "книга": "f", "етап": "m", "тур": "m"}
"""Parts of books and the like before their number."""
MIXED = {"бпла": "БПЛА", "гунп": "ГУНП", "зску": "ЗСКУ"}


def acronym(line: Line, at: int) -> Reading | None:
    """Words in capitals: "ДБР" in letters, "НАТО" as a word."""
    found = CAPS.match(line.text, at)
    if not found:
        return None
    written = found[1]
    if written in WORDS:
        return said(
            at, found.end(), written.capitalize() if written in ("НАТО", "ФІФА", "УЄФА", "НАСА") else written.lower()
        )
    if line.shouted and (len(written) > 4 or written in SMALL):
        return None
    if len(written) > 4 and _sayable(written):
        return said(at, found.end(), written.capitalize(), 0.45)
    if len(written) == 4 and _sayable(written):
        return said(at, found.end(), written.lower(), 0.6)
    return (letters(at, found.end(), written, 0.9),)


def mixed(line: Line, at: int) -> Reading | None:
    """Short forms in mixed case: "БпЛА"."""
    for written, say in MIXED.items():
        if (
            line.text[at : at + len(written)].lower() == written
            and not line.text[at + len(written) : at + len(written) + 1].isalnum()
        ):
            return (letters(at, at + len(written), say),)
    return None


def _sayable(written: str) -> bool:
    """Whether vowels and consonants alternate enough to be said as a word."""
    pattern = "".join("v" if char in "АЕЄИІЇОУЮЯ" else "c" for char in written)
    return "v" in pattern and "cc" not in pattern[:2] and "ccc" not in pattern and "vv" not in pattern


def latin_caps(line: Line, at: int) -> Reading | None:
    """Latin letters in Ukrainian: "FPV" → letters by their Ukrainian names; long ones stay as they are."""
    found = re.compile(r"([A-Z]{1,5})(?![\w])").match(line.text, at)
    if not found or (len(found[1]) > 3 and _latin_word(found[1])):
        return None
    if line.shouted and len(found[1]) > 1:
        return None
    return said(at, found.end(), "-".join(LATIN_NAMES[char] for char in found[1]))


def _latin_word(written: str) -> bool:
    return any(char in "AEIOU" for char in written)


def designator(line: Line, at: int) -> Reading | None:
    """Letters with a number: "Мі-8", "F-16", "М-06", "Су-34", "S-300"."""
    text = line.text
    found = DESIGNATOR.match(text, at)
    if not found or (found[2] == " " and not (found[1].isupper() and len(found[1]) < 3)):
        return None
    head, gap = found[1], found[2]
    if len(head) > 3 and not head.isupper() and not head.isascii():
        pieces = [Piece(at, found.end(1), line.written[at : found.end(1)])]
    else:
        pieces = [Piece(at, found.end(1), _head(head))]
    start = found.start(2) if gap == "-" else found.start(3)
    number = " дріб ".join(_digits(part) for part in found[3].split("/"))
    pieces.append(Piece(start, found.end(3), number if gap == " " else " " + number))
    if found[4]:
        parts = re.findall(r"[0-9]+|[^\W\d]", found[4])
        tail = " ".join(cardinal(part) if part.isdecimal() else _letter(part) for part in parts)
        pieces.append(Piece(found.start(4), found.end(4), " " + tail))
    pieces[-1] = pieces[-1]._replace(end=found.end())
    return tuple(pieces)


def _digits(digits: str) -> str:
    rest = digits.lstrip("0")
    zeros = ["нуль"] * (len(digits) - len(rest))
    return " ".join([*zeros, cardinal(rest)] if rest else zeros)


def _head(head: str) -> str:
    """The letters of a designator: capitals by name, others as a word."""
    if head.isupper() and head not in WORDS and len(head) < 4:
        return " ".join(_letter(char) for char in head)
    return head


def _letter(char: str) -> str:
    return LETTER_NAMES.get(char) or LATIN_NAMES.get(char) or char


def model(line: Line, at: int) -> Reading | None:
    """A number with a letter: "2A4", "5G"."""
    found = MODEL.match(line.text, at)
    if not found:
        return None
    say = f"{cardinal(found[1])} {_letter(found[2])}"
    return said(at, found.end(), f"{say} {cardinal(found[3])}" if found[3] else say)


def _value(numeral: str) -> int:
    digits = [VALUES[char] for char in numeral]
    return sum(
        -one if any(one < later for later in digits[place + 1 : place + 2]) else one for place, one in enumerate(digits)
    )


def roman(line: Line, at: int) -> Reading | None:
    """Roman numerals: centuries, monarchs, congresses: "XX ст.", "Людовик XVI"."""
    text = line.text
    pair = CENTURY_RANGE.match(text, at)
    if pair:
        return _century_range(line, at, pair)
    found = ROMAN.match(text, at)
    if found and at > 1 and text[at - 1] == "-" and text[at - 2].isdecimal():
        return said(at, found.end(), cardinal(str(_value(found[1]))))
    if not found or (at and text[at - 1] not in " \u00a0(-«"):
        return None
    digits = str(_value(found[1]))
    century = CENTURY.match(text, found.end())
    if century:
        return _century(line, at, found.end(), digits, century)
    name = line.before(at)
    if name.lower() in PART_WORDS:
        return said(at, found.end(), ordinal(digits, "n", PART_WORDS[name.lower()]))
    if name[:1].isupper() and name.isalpha() and (len(found[1]) > 1 or found[1] in "IІ"):
        gender, case = _of_name(name.lower())
        return said(at, found.end(), ordinal(digits, case, gender))
    if len(found[1]) > 1 and name.lower() in (
        "категорії",
        "ступеня",
        "групи",
        "рівня",
        "розділ",
        "глава",
        "том",
        "частина",
        "стаття",
    ):
        return said(
            at, found.end(), ordinal(digits, "g", "f") if name.lower() in ("категорії", "групи") else cardinal(digits)
        )
    return None


def _century_range(line: Line, at: int, pair: re.Match[str]) -> Reading:
    """Two centuries: "XVIII–XIX ст."."""
    case = "l" if line.word_before(at) in ("у", "в", "на") else "g"
    both = f"{ordinal(str(_value(pair[1])), case, 'n')} {ordinal(str(_value(pair[2])), case, 'n')}"
    short = SHORT_CENTURY.match(line.text, pair.end())
    if short:
        return said(at, line.stop(short.end()), f"{both} {'століттях' if case == 'l' else 'століть'}")
    return said(at, pair.end(), both)


def _century(line: Line, at: int, end: int, digits: str, century: re.Match[str]) -> Reading:
    word, before = century[1], line.word_before(at)
    if word == "ст.":
        case = "l" if before in ("у", "в", "на") else "g"
        noun = "столітті" if case == "l" else "століття"
        return said(at, line.stop(century.end()), f"{ordinal(digits, case, 'n')} {noun}")
    case, gender = {
        "столітті": ("l", "n"), "сторіччі": ("l", "n"), "віку": ("g", "m"), "вік": ("n", "m"), "віці": ("l", "m"),
        "століттям": ("i", "n"), "з'їзд": ("n", "m"), "з'їзду": ("g", "m"), "скликання": ("g", "n"),
        "століть": ("g", "p"),
    }.get(word, ("g", "n"))  # fmt: skip
    if word in ("століття", "сторіччя", "тисячоліття") and not line.word_before(at):
        case = "n"
    return said(at, end, ordinal(digits, case, gender))


def _of_name(name: str) -> tuple[str, str]:
    """Gender and case of a monarch by the form of the name."""
    if name.endswith(("ом", "ем")):
        return "m", "i"
    if name.endswith(("ою", "ею", "єю")):
        return "f", "i"
    if name.endswith(("ові", "еві", "єві")):
        return "m", "d"
    if name.endswith(("и", "ини")) and len(name) > 4:
        return "f", "g"
    if name.endswith(("а", "я")):
        if name in ("катерина", "єлизавета", "вікторія", "марія", "анна", "ізабелла", "маргрете", "беатрікс", "ольга"):
            return "f", "n"
        return ("m", "g") if name not in ("ілля", "микола", "сава") else ("m", "n")
    if name.endswith(("у", "ю")):
        return "m", "d"
    return "m", "n"
