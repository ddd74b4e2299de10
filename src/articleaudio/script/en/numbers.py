"""English words for numbers. Everything takes strings of ASCII digits, so that length and leading zeros survive."""

from __future__ import annotations

from functools import lru_cache

ONES = tuple(  # a row of words reads better than a column of quotes
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split()  # noqa: SIM905 - as above
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = (
    "", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "sextillion", "septillion",
)  # fmt: skip
LONGEST = 3 * len(SCALES)
"""Digits of the longest number that has a name here; a longer one is said digit by digit."""
IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def below_hundred(number: int) -> str:
    """0–99: "forty-two"."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens]


def below_thousand(number: int) -> str:
    """0–999: "one hundred five"."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return below_hundred(rest)
    return f"{ONES[hundreds]} hundred {below_hundred(rest)}" if rest else f"{ONES[hundreds]} hundred"


@lru_cache(maxsize=4096)
def cardinal(digits: str) -> str:
    """A whole number: "1045" → "one thousand forty-five". Beyond all names it is said digit by digit."""
    digits = digits.lstrip("0") or "0"
    if len(digits) > LONGEST:
        return spelled(digits)
    if len(digits) <= 3:
        return below_thousand(int(digits))
    parts = []
    for scale in range((len(digits) - 1) // 3, -1, -1):
        end = len(digits) - 3 * scale
        group = int(digits[max(0, end - 3) : end])
        if group:
            parts.append(f"{below_thousand(group)} {SCALES[scale]}".rstrip())
    return " ".join(parts)


def spelled(digits: str) -> str:
    """Digit by digit: "40" → "four zero"."""
    return " ".join(ONES[int(digit)] for digit in digits)


def ordinal(digits: str) -> str:
    """A whole number's ordinal: "112" → "one hundred twelfth"."""
    return ordinal_of(cardinal(digits))


def ordinal_of(words: str) -> str:
    """The ordinal of number words: "forty-two" → "forty-second"."""
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in IRREGULAR:
        last = IRREGULAR[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return words[:cut] + last


def plural(words: str) -> str:
    """The plural of number words: "sixteen" → "sixteens", "ninety" → "nineties", "six" → "sixes"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


@lru_cache(maxsize=1024)
def year(digits: str) -> str:
    """A year of three or four digits: "1905" → "nineteen oh five", "2004" → "two thousand four"."""
    if len(digits) != 4 or digits[0] == "0":
        return cardinal(digits)
    century, rest = int(digits[:2]), int(digits[2:])
    if century % 10 == 0 and rest < 10:
        return cardinal(digits)
    return f"{below_hundred(century)} {pair(rest) if rest else 'hundred'}"


def pair(number: int) -> str:
    """The second half of a year or a house number: 5 → "oh five"."""
    return f"oh {ONES[number]}" if number < 10 else below_hundred(number)


def serial(digits: str) -> str:
    """A number that names a thing, in groups as it is said: "101" → "one oh one", "2766" → "twenty-seven sixty-six"."""
    if digits[0] == "0" or len(digits) > 4:
        return spelled(digits)
    if len(digits) < 3 or digits.endswith("000"):
        return cardinal(digits)
    head, rest = int(digits[:-2]), int(digits[-2:])
    return f"{below_hundred(head)} {pair(rest) if rest else 'hundred'}"


def decimal(whole: str, fraction: str) -> str:
    """A number with a decimal point: "3", "14" → "three point one four"; an empty whole part is not said."""
    head = f"{cardinal(whole)} " if whole else ""
    return f"{head}point {spelled(fraction)}"


DENOMINATORS = {"2": ("half", "halves"), "4": ("quarter", "quarters")}


def fraction(top: str, bottom: str) -> str:
    """A vulgar fraction: "2", "3" → "two thirds"; "1", "2" → "one half"."""
    one, many = DENOMINATORS.get(bottom, ("", ""))
    if not one:
        one = ordinal(bottom)
        many = one + "s"
    return f"{cardinal(top)} {one if top == '1' else many}"
