"""Ukrainian number words, declined. Cases: n, g, d, a, i, l; genders: m, f, n, p (plural). Digits are ASCII strings."""

from __future__ import annotations

from functools import lru_cache

from articleaudio.script.words import listed

CASES = "ngdail"
"""Nominative, genitive, dative, accusative, instrumental, locative: the order of the forms in every table here."""


def _forms(text: str) -> dict[str, str]:
    return dict(zip(CASES, text.split(), strict=True))


ONE = {
    "m": _forms("один одного одному один одним одному"),
    "f": _forms("одна однієї одній одну однією одній"),
    "n": _forms("одне одного одному одне одним одному"),
    "p": _forms("одні одних одним одні одними одних"),
}
TWO = {"f": _forms("дві двох двом дві двома двох"), "m": _forms("два двох двом два двома двох")}
SMALL = {
    3: _forms("три трьох трьом три трьома трьох"),
    4: _forms("чотири чотирьох чотирьом чотири чотирма чотирьох"),
    5: _forms("п'ять п'яти п'яти п'ять п'ятьма п'яти"),
    6: _forms("шість шести шести шість шістьма шести"),
    7: _forms("сім семи семи сім сімома семи"),
    8: _forms("вісім восьми восьми вісім вісьмома восьми"),
    9: _forms("дев'ять дев'яти дев'яти дев'ять дев'ятьма дев'яти"),
    10: _forms("десять десяти десяти десять десятьма десяти"),
    40: _forms("сорок сорока сорока сорок сорока сорока"),
    90: _forms("дев'яносто дев'яноста дев'яноста дев'яносто дев'яноста дев'яноста"),
    100: _forms("сто ста ста сто ста ста"),
    200: _forms("двісті двохсот двомстам двісті двомастами двохстах"),
    300: _forms("триста трьохсот трьомстам триста трьомастами трьохстах"),
    400: _forms("чотириста чотирьохсот чотирьомстам чотириста чотирмастами чотирьохстах"),
    500: _forms("п'ятсот п'ятисот п'ятистам п'ятсот п'ятьмастами п'ятистах"),
    600: _forms("шістсот шестисот шестистам шістсот шістьмастами шестистах"),
    700: _forms("сімсот семисот семистам сімсот сімомастами семистах"),
    800: _forms("вісімсот восьмисот восьмистам вісімсот вісьмомастами восьмистах"),
    900: _forms("дев'ятсот дев'ятисот дев'ятистам дев'ятсот дев'ятьмастами дев'ятистах"),
    0: _forms("нуль нуля нулю нуль нулем нулі"),
}
for _number, _stem in enumerate(
    listed("одинадцят дванадцят тринадцят чотирнадцят п'ятнадцят шістнадцят сімнадцят вісімнадцят дев'ятнадцят"), 11
):
    SMALL[_number] = _forms(f"{_stem}ь {_stem}и {_stem}и {_stem}ь {_stem}ьма {_stem}и")
for _number, _stem in ((20, "двадцят"), (30, "тридцят")):
    SMALL[_number] = _forms(f"{_stem}ь {_stem}и {_stem}и {_stem}ь {_stem}ьма {_stem}и")
for _number, _stem in ((50, "п'ятдесят"), (60, "шістдесят"), (70, "сімдесят"), (80, "вісімдесят")):
    SMALL[_number] = _forms(f"{_stem} {_stem}и {_stem}и {_stem} {_stem}ьма {_stem}и")

SCALES: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
    ("f", _forms("тисяча тисячі тисячі тисячу тисячею тисячі"), _forms("тисячі тисяч тисячам тисячі тисячами тисячах")),
    *(
        (
            "m",
            _forms(f"{stem} {stem}а {stem}у {stem} {stem}ом {stem}і"),
            _forms(f"{stem}и {stem}ів {stem}ам {stem}и {stem}ами {stem}ах"),
        )
        for stem in ("мільйон", "мільярд", "трильйон", "квадрильйон")
    ),
)
"""Gender, singular and plural of thousand, million, …"""


def plural_class(digits: str) -> str:
    """How a noun stands behind a whole number: "one", "few" or "many"."""
    last, tens = int(digits[-1]), int(digits[-2:]) // 10
    if tens == 1 or last == 0 or last > 4:
        return "many"
    return "one" if last == 1 else "few"


def agree(singular: dict[str, str], plural: dict[str, str], digits: str, case: str) -> str:
    """The form of a noun behind a whole number in a case."""
    kind = plural_class(digits)
    if kind == "one":
        return singular[case]
    if case in "na":
        return plural["n"] if kind == "few" else plural["g"]
    return plural[case]


def _below_thousand(number: int, case: str, gender: str) -> list[str]:
    parts = []
    if number >= 100:
        parts.append(SMALL[number // 100 * 100][case])
        number %= 100
    if number >= 20:
        parts.append(SMALL[number // 10 * 10][case])
        number %= 10
    if number == 1:
        parts.append(ONE[gender][case])
    elif number == 2:
        parts.append(TWO["f" if gender == "f" else "m"][case])
    elif number:
        parts.append(SMALL[number][case])
    return parts


@lru_cache(maxsize=4096)
def cardinal(digits: str, case: str = "n", gender: str = "m") -> str:
    """A whole number: "51", "a", "f" → "п'ятдесят одну". Beyond the named scales it is said digit by digit."""
    digits = digits.lstrip("0") or "0"
    if digits == "0":
        return SMALL[0][case]
    if len(digits) > 3 * (len(SCALES) + 1):
        return spelled(digits)
    parts: list[str] = []
    for scale in range((len(digits) - 1) // 3, -1, -1):
        end = len(digits) - 3 * scale
        group = digits[max(0, end - 3) : end]
        if not int(group):
            continue
        if scale:
            kind, singular, plural = SCALES[scale - 1]
            if int(group) != 1 or parts:
                parts += _below_thousand(int(group), case, kind)
            elif scale > 1:
                parts.append(ONE[kind][case])
            parts.append(agree(singular, plural, group, case))
        else:
            parts += _below_thousand(int(group), case, gender)
    return " ".join(parts)


def spelled(digits: str) -> str:
    """Digit by digit: "101" → "один нуль один"."""
    return " ".join(SMALL[0]["n"] if digit == "0" else _below_thousand(int(digit), "n", "m")[0] for digit in digits)


STEMS = {
    1: "перш", 2: "друг", 4: "четверт", 5: "п'ят", 6: "шост", 7: "сьом", 8: "восьм", 9: "дев'ят", 10: "десят",
    11: "одинадцят", 12: "дванадцят", 13: "тринадцят", 14: "чотирнадцят", 15: "п'ятнадцят", 16: "шістнадцят",
    17: "сімнадцят", 18: "вісімнадцят", 19: "дев'ятнадцят", 20: "двадцят", 30: "тридцят", 40: "сороков",
    50: "п'ятдесят", 60: "шістдесят", 70: "сімдесят", 80: "вісімдесят", 90: "дев'яност", 100: "сот", 200: "двохсот",
    300: "трьохсот", 400: "чотирьохсот", 500: "п'ятисот", 600: "шестисот", 700: "семисот", 800: "восьмисот",
    900: "дев'ятисот", 0: "нульов",
}  # fmt: skip
"""Stems of the ordinals (but "третій")."""
HARD = {
    "m": _forms("ий ого ому ий им ому"),
    "f": _forms("а ої ій у ою ій"),
    "n": _forms("е ого ому е им ому"),
    "p": _forms("і их им і ими их"),
}
SOFT = {
    "m": _forms("ій ього ьому ій ім ьому"),
    "f": _forms("я ьої ій ю ьою ій"),
    "n": _forms("є ього ьому є ім ьому"),
    "p": _forms("і іх ім і іми іх"),
}
COMBINING = {1: "одно", 2: "дво", 3: "три", 4: "чотири", 40: "сорока", 90: "дев'яносто", 100: "сто"} | {
    hundred * 100: f"{stem}сот" for hundred, stem in ((5, "п'ят"), (6, "шіст"), (7, "сім"), (8, "вісім"), (9, "дев'ят"))
}
"""First halves of compounds, where they are not the genitive."""


@lru_cache(maxsize=4096)
def ordinal(digits: str, case: str = "n", gender: str = "m") -> str:
    """An ordinal: "47", "n", "f" → "сорок сьома"; only its last word is declined."""
    number = int(digits[-15:])
    if number and number % 1000 == 0:
        thousands = str(number // 1000)
        stem = "тисячн" if thousands == "1" else f"{combining(thousands)}тисячн"
        if number % 1_000_000 == 0:
            stem = "мільйонн" if number == 1_000_000 else f"{combining(str(number // 1_000_000))}мільйонн"
        return stem + HARD[gender][case]
    tail = number % 100 if number % 100 <= 20 else number % 10
    if tail == 0:
        tail = number % 100 or number % 1000
    head = number - tail
    ending = SOFT if tail == 3 else HARD
    stem = "трет" if tail == 3 else STEMS[tail]
    last = stem + ending[gender][case]
    return f"{cardinal(str(head))} {last}" if head else last


def combining(digits: str) -> str:
    """The first half of a compound: "17" → "сімнадцяти", "25" → "двадцятип'яти"."""
    number = int(digits[-6:])
    if number >= 1000:
        head = "" if number // 1000 == 1 else combining(str(number // 1000))
        return f"{head}тисячо" + (combining(str(number % 1000)) if number % 1000 else "")
    parts = []
    if number >= 100:
        hundreds = number // 100 * 100
        parts.append(COMBINING.get(hundreds) or SMALL[hundreds]["g"])
        number %= 100
    if number >= 20:
        tens = number // 10 * 10
        parts.append(COMBINING.get(tens) or SMALL[tens]["g"])
        number %= 10
    if number:
        parts.append(COMBINING.get(number) or SMALL[number]["g"])
    return "".join(parts)


PARTS = {1: ("десят", "f"), 2: ("сот", "f"), 3: ("тисячн", "f"), 4: ("десятитисячн", "f")}


def decimal(whole: str, part: str, case: str = "n") -> str:
    """A decimal: "1", "8", "g" → "однієї цілої восьми десятих"."""
    case = "n" if case == "a" and not whole.endswith("1") and not part.endswith("1") else case
    stem = PARTS.get(len(part), ("", ""))[0]
    if not stem:
        return f"{cardinal(whole, case, 'f')} {_adjective('ціл', whole, case)} {spelled(part)}"
    return (
        f"{cardinal(whole, case, 'f')} {_adjective('ціл', whole, case)} "
        f"{cardinal(part, case, 'f')} {_adjective(stem, part, case)}"
    )


def _adjective(stem: str, digits: str, case: str) -> str:
    """An adjective noun behind a number: "одна ціла", "п'ять десятих"."""
    if plural_class(digits) == "one":
        return stem + HARD["f"][case]
    return stem + HARD["p"]["g" if case in "na" else case]


def fraction(top: str, bottom: str, case: str = "n") -> str:
    """A vulgar fraction: "3", "4" → "три чверті"."""
    nouns = {
        "2": ("половин", "половин"),
        "3": ("третин", "третин"),
        "4": ("чверт", "чверт"),
    }
    if bottom in nouns:
        stem = nouns[bottom][0]
        soft = bottom == "4"
        one = _forms(
            f"{stem}ь {stem}і {stem}і {stem}ь {stem}ю {stem}і"
            if soft
            else f"{stem}а {stem}и {stem}і {stem}у {stem}ою {stem}і"
        )
        many = _forms(
            f"{stem}і {stem}ей {stem}ям {stem}і {stem}ями {stem}ях"
            if soft
            else f"{stem}и {stem} {stem}ам {stem}и {stem}ами {stem}ах"
        )
        form = agree(one, many, top, case)
        return form if top == "1" else f"{cardinal(top, case, 'f')} {form}"
    last = (
        ordinal(bottom, case, "f")
        if plural_class(top) == "one"
        else ordinal(bottom, "g" if case in "na" else case, "p")
    )
    return f"{cardinal(top, case, 'f')} {last}"
