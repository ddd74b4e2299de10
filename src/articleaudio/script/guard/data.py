"""What the guard knows by itself: number words, currencies, units. Nothing here comes from the rules' tables."""

from __future__ import annotations

from articleaudio.script.words import listed, words

ENGLISH = {
    "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "first": 1, "second": 2, "third": 3, "fifth": 5,
    "eighth": 8, "ninth": 9, "twelfth": 12, "half": 2, "halves": 2, "quarter": 4, "quarters": 4,
    "twopence": 2, "threepence": 3, "fourpence": 4, "sixpence": 6, "eightpence": 8, "tenpence": 10,
}  # fmt: skip
"""Number words; ordinals and plurals are made of them by their endings."""
ENGLISH_SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15, "quintillion": 18,
    "sextillion": 21, "septillion": 24, "lakh": 5, "crore": 7,
}  # fmt: skip
"""Powers of ten by name."""

UKRAINIAN = (
    ("одинадцят", 11), ("дванадцят", 12), ("тринадцят", 13), ("чотирнадцят", 14), ("п'ятнадцят", 15),
    ("шістнадцят", 16), ("сімнадцят", 17), ("вісімнадцят", 18), ("дев'ятнадцят", 19), ("двадцят", 20),
    ("тридцят", 30), ("сорок", 40), ("п'ятдесят", 50), ("шістдесят", 60), ("сімдесят", 70), ("вісімдесят", 80),
    ("дев'яност", 90), ("двісті", 200), ("двохсот", 200), ("двомстам", 200), ("двомастами", 200), ("двохстах", 200),
    ("триста", 300), ("трьохсот", 300), ("трьомстам", 300), ("трьомастами", 300), ("трьохстах", 300),
    ("чотириста", 400), ("чотирьохсот", 400), ("чотирьомстам", 400), ("чотирьохстах", 400), ("чотирмастами", 400),
    ("п'ятсот", 500), ("п'ятисот", 500), ("п'ятистах", 500), ("п'ятистам", 500), ("п'ятьмастами", 500),
    ("шістсот", 600), ("шестисот", 600), ("шестиста", 600), ("шістьмаст", 600), ("сімсот", 700), ("семисот", 700),
    ("семиста", 700), ("сімомаст", 700), ("вісімсот", 800), ("восьмисот", 800), ("восьмиста", 800),
    ("вісьмомаст", 800), ("дев'ятсот", 900), ("дев'ятисот", 900), ("дев'ятиста", 900), ("дев'ятьмаст", 900),
    ("нул", 0), ("двоє", 2), ("троє", 3),
    ("четвер", 4), ("дво", 2), ("одно", 1), ("перш", 1), ("однієї", 1), ("одн", 1), ("один", 1), ("друг", 2),
    ("двох", 2), ("двом", 2), ("двома", 2), ("два", 2), ("дві", 2), ("трет", 3), ("трьо", 3), ("три", 3),
    ("четверт", 4), ("чотир", 4), ("п'ят", 5), ("шіст", 6), ("шест", 6), ("шост", 6), ("сьом", 7), ("сім", 7),
    ("сем", 7), ("восьм", 8), ("вісім", 8), ("вісьм", 8), ("дев'ят", 9), ("десят", 10), ("сотий", 100),
    ("сотого", 100), ("сота", 100), ("сотої", 100), ("сотому", 100), ("сот", 100), ("половин", 2), ("третин", 3),
    ("чверт", 4), ("півтор", 0),
)  # fmt: skip
"""Stems of number words, longest first among those that share a beginning."""
UKRAINIAN_SCALES = (("тисяч", 3), ("мільйон", 6), ("мільярд", 9), ("трильйон", 12), ("квадрильйон", 15))
"""Stems of powers of ten."""

MONTHS = (
    listed("january february march april may june july august september october november december"),
    listed("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
)
"""Months in the order of the year."""

CURRENCIES = {
    "$": ("dollar", "долар", "цент", "cent", "peso", "real", "reais", "centavo"),
    "€": ("euro", "євро", "cent", "цент"), "£": ("pound", "фунт", "pence", "penny", "пенс", "shilling", "piaster"),
    "₴": ("hryvnia", "грив", "kopeck", "копій"), "¥": ("yen", "yuan", "єн", "юан", "fen"),
    "₽": ("ruble", "рубл", "kopeck", "копій"), "₩": ("won",), "₹": ("rupee", "paise", "paisa"), "¢": ("cent",),
    "EUR": ("euro", "євро", "cent"), "USD": ("dollar", "долар", "cent", "цент"),
    "Hr": ("hryvnia", "kopeck"), "UAH": ("hryvnia", "грив", "kopeck", "копій"), "GBP": ("pound", "penn", "pence"),
    "RUB": ("ruble", "рубл", "kopeck"), " грн": ("грив", "копій"),
}  # fmt: skip
"""Currency signs and the stems one of which must be heard."""
ALL_CURRENCIES = (
    "dollar", "euro", "pound", "hryvnia", "yen", "yuan", "ruble", "rupee", "долар", "євро", "фунт", "грив", "рубл",
)  # fmt: skip
"""Main currencies: none but the written one may be heard."""

MAGNITUDES = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15, "quintillion": 18,
    "lakh": 5, "crore": 7, "k": 3, "K": 3, "m": 6, "M": 6, "mn": 6, "mln": 6, "mil": 6, "bn": 9, "bln": 9, "b": 9,
    "B": 9, "tn": 12, "trn": 12, "t": 12, "T": 12, "MM": 6, "mm": 6, "bcm": 9, "mcm": 6, "tcm": 12, "bcf": 9,
    "tcf": 12, "mb": 6, "тис": 3, "млн": 6, "млрд": 9, "трлн": 12,
}  # fmt: skip
"""Powers of ten behind a number."""
SURE_MAGNITUDES = words("""
hundred thousand million billion trillion quadrillion quintillion lakh crore mn mln bn bln tn trn тис млн млрд
трлн bcm mcm tcm bcf tcf
""")
"""Those that can be nothing else."""

UNITS = {
    "km": "kilomet", "kg": "kilogram", "mm": "millimet", "cm": "centimet", "km/h": "kilometers? per hour",
    "mph": "miles? per hour", "lb": "pound", "lbs": "pound", "ft": "f[oe][oe]t", "kWh": "kilowatt hour",
    "MWh": "megawatt hour", "MW": "megawatt", "GW": "gigawatt", "kW": "kilowatt", "GB": "gigabyte", "MB": "megabyte",
    "TB": "terabyte", "Hz": "hertz", "ml": "millilit", "mg": "milligram", "bcm": "billion cubic met",
    "ppm": "parts? per million", "км": "кілометр", "кг": "кілограм", "мм": "міліметр", "см": "сантиметр",
    "км/год": r"кілометр\w* на годину",
    "га": "гектар", "грн": "грив", "МВт": "мегават", "кВт": "кіловат", "мл": "мілілітр",
    "GB/s": "gigabytes? per second", "MB/s": "megabytes? per second", "fps": "frames? per second|feet per second",
    "m/s": "meters? per second", "km/s": "kilometers? per second", "м/с": r"метр\w* на секунду",
    "°C": "Celsius|Цельсія", "°F": "Fahrenheit", "%": "percent|відсот|basis",
}  # fmt: skip
"""Units and what must be heard for them (a regular expression)."""
