"""Currencies and magnitudes, as an English-language news desk writes them."""

from __future__ import annotations

from typing import NamedTuple

from articleaudio.script.words import words


class Currency(NamedTuple):
    """How a currency is said."""

    one: str
    """Singular: "dollar"."""
    many: str
    """Plural: "dollars"."""
    cent: str = ""
    """Singular of the hundredth; empty where it is not used."""
    cents: str = ""
    """Plural of the hundredth."""


def _table(text: str) -> dict[str, Currency]:
    """Rows of `signs | one | many | cent | cents`, signs parted by spaces."""
    found = {}
    for row in text.strip().splitlines():
        signs, *names = (cell.strip() for cell in row.split("|"))
        found.update(dict.fromkeys(signs.split(), Currency(*names)))
    return found


BEFORE = _table("""
$ US$ USD$ | dollar | dollars | cent | cents
C$ CA$ CAD$ CDN$ Can$ | Canadian dollar | Canadian dollars | cent | cents
A$ AU$ AUD$ | Australian dollar | Australian dollars | cent | cents
NZ$ | New Zealand dollar | New Zealand dollars | cent | cents
HK$ | Hong Kong dollar | Hong Kong dollars | cent | cents
S$ SG$ | Singapore dollar | Singapore dollars | cent | cents
NT$ | New Taiwan dollar | New Taiwan dollars | cent | cents
R$ | Brazilian real | Brazilian reais | centavo | centavos
MX$ Mex$ | Mexican peso | Mexican pesos | centavo | centavos
€ | euro | euros | cent | cents
£ GB£ | pound | pounds | penny | pence
E£ LE | Egyptian pound | Egyptian pounds | piaster | piasters
¥ JP¥ ￥ | yen | yen | |
CN¥ RMB¥ RMB | yuan | yuan | fen | fen
₴ Hr Hr. Hrn Hrn. hrn hrn. ₴₴ | hryvnia | hryvnias | kopeck | kopecks
₽ | ruble | rubles | kopeck | kopecks
₩ | won | won | |
₹ Rs Rs. | rupee | rupees | paisa | paise
₺ | lira | lira | kurus | kurus
₪ NIS | shekel | shekels | agora | agorot
₫ | dong | dong | |
₦ N | naira | naira | kobo | kobo
₱ | peso | pesos | centavo | centavos
฿ | baht | baht | satang | satang
₸ | tenge | tenge | |
₾ | lari | lari | tetri | tetri
₼ | manat | manat | |
₡ | colon | colones | |
₵ | cedi | cedis | pesewa | pesewas
₿ | bitcoin | bitcoins | |
zł | zloty | zlotys | grosz | groszy
Kč | koruna | korunas | |
Sk | Swedish krona | Swedish kronor | |
Ksh Sh | shilling | shillings | cent | cents
""")
"""Signs that stand before the amount, and their currencies."""

CODES = _table("""
USD | U.S. dollar | U.S. dollars | cent | cents
CAD | Canadian dollar | Canadian dollars | cent | cents
AUD | Australian dollar | Australian dollars | cent | cents
NZD | New Zealand dollar | New Zealand dollars | cent | cents
HKD | Hong Kong dollar | Hong Kong dollars | cent | cents
SGD | Singapore dollar | Singapore dollars | cent | cents
TWD | New Taiwan dollar | New Taiwan dollars | cent | cents
EUR | euro | euros | cent | cents
GBP | pound | pounds | penny | pence
EGP | Egyptian pound | Egyptian pounds | piaster | piasters
JPY | yen | yen | |
CNY RMB | yuan | yuan | fen | fen
UAH | hryvnia | hryvnias | kopeck | kopecks
RUB RUR | ruble | rubles | kopeck | kopecks
BYN | Belarusian ruble | Belarusian rubles | kopeck | kopecks
KRW | won | won | |
INR | rupee | rupees | paisa | paise
PKR | Pakistani rupee | Pakistani rupees | paisa | paise
TRY | lira | lira | kurus | kurus
ILS | shekel | shekels | agora | agorot
PLN | zloty | zlotys | grosz | groszy
CZK | Czech koruna | Czech korunas | |
HUF | forint | forints | |
RON | Romanian leu | Romanian lei | |
MDL | Moldovan leu | Moldovan lei | |
BGN | Bulgarian lev | Bulgarian leva | |
CHF | Swiss franc | Swiss francs | centime | centimes
SEK | Swedish krona | Swedish kronor | |
NOK | Norwegian krone | Norwegian kroner | |
DKK | Danish krone | Danish kroner | |
ISK | Icelandic krona | Icelandic kronur | |
MXN | Mexican peso | Mexican pesos | centavo | centavos
ARS | Argentine peso | Argentine pesos | centavo | centavos
COP | Colombian peso | Colombian pesos | centavo | centavos
CLP | Chilean peso | Chilean pesos | centavo | centavos
PHP | Philippine peso | Philippine pesos | centavo | centavos
BRL | Brazilian real | Brazilian reais | centavo | centavos
ZAR | rand | rand | cent | cents
NGN | naira | naira | kobo | kobo
KES | Kenyan shilling | Kenyan shillings | cent | cents
THB | baht | baht | satang | satang
IDR | rupiah | rupiah | |
MYR | ringgit | ringgit | sen | sen
VND | dong | dong | |
SAR | riyal | riyals | |
AED | dirham | dirhams | |
QAR | Qatari riyal | Qatari riyals | |
IRR | Iranian rial | Iranian rials | |
KZT | tenge | tenge | |
GEL | lari | lari | tetri | tetri
AMD | dram | drams | |
AZN | manat | manat | |
UZS | som | som | |
BTC | bitcoin | bitcoins | |
ETH | ether | ether | |
""")
"""ISO 4217 codes (and two of coins), before or after the amount."""

AFTER = {
    sign: BEFORE[sign]
    for sign in [
        "$",
        "€",
        "£",
        "¥",
        "₴",
        "₽",
        "₩",
        "₹",
        "₺",
        "₪",
        "₫",
        "₦",
        "₱",
        "฿",
        "₸",
        "₾",
        "₼",
        "₿",
        "zł",
        "Kč",
        "Hr",
        "hrn",
    ]
} | {
    "¢": Currency("cent", "cents"),
    "kr": Currency("krona", "kronor"),
    "Ft": Currency("forint", "forints"),
    "lei": Currency("leu", "lei"),
    "usd": CODES["USD"],
    "eur": CODES["EUR"],
    "gbp": CODES["GBP"],
    "uah": CODES["UAH"],
}
"""Signs that may stand after the amount, besides the codes."""

PLACED = {"US$": "U.S. ", "USD$": "U.S. "}
"""Signs that name the country as well: it is said before the currency."""

MAGNITUDES = dict.fromkeys(("k", "K"), "thousand")
MAGNITUDES |= dict.fromkeys(("m", "M", "mn", "Mn", "mln", "mil", "mio", "MM", "mm", "million", "millions"), "million")
MAGNITUDES |= dict.fromkeys(("b", "B", "bn", "Bn", "BN", "bln", "bil", "billion", "billions"), "billion")
MAGNITUDES |= dict.fromkeys(("t", "T", "tn", "Tn", "trn", "trln", "tril", "trillion", "trillions"), "trillion")
MAGNITUDES |= {word: word for word in ("hundred", "thousand", "quadrillion", "quintillion", "lakh", "crore")}
"""What a magnitude after an amount of money stands for."""

PLAIN_MAGNITUDES = {
    "k": "thousand", "K": "thousand", "M": "million", "mn": "million", "mln": "million", "bn": "billion",
    "bln": "billion", "B": "billion", "tn": "trillion", "trn": "trillion", "mil": "million",
}  # fmt: skip
"""Short magnitudes after a number that is not money ("300k", "2.5bn")."""

LONG_MAGNITUDES = words("hundred thousand million billion trillion quadrillion quintillion lakh crore")
"""Magnitudes written as words."""

PER = {
    "yr": "year", "year": "year", "y": "year", "annum": "annum", "mo": "month", "mth": "month", "month": "month",
    "wk": "week", "week": "week", "w": "week", "d": "day", "day": "day", "h": "hour", "hr": "hour", "hour": "hour",
    "min": "minute", "s": "second", "sec": "second", "night": "night", "person": "person", "head": "head",
    "unit": "unit", "share": "share", "lb": "pound", "kg": "kilogram", "g": "gram", "oz": "ounce", "t": "ton",
    "ton": "ton", "tonne": "tonne", "bbl": "barrel", "barrel": "barrel", "b": "barrel", "gal": "gallon",
    "gallon": "gallon", "l": "liter", "L": "liter", "liter": "liter", "litre": "liter", "mi": "mile", "mile": "mile",
    "km": "kilometer", "m": "meter", "sqft": "square foot", "m2": "square meter", "m²": "square meter", "ft": "foot",
    "kWh": "kilowatt hour", "MWh": "megawatt hour", "mcm": "thousand cubic meters", "MMBtu": "million B.T.U.",
    "bu": "bushel", "bushel": "bushel", "acre": "acre", "ha": "hectare", "user": "user", "seat": "seat",
    "hh": "household", "pp": "person", "dose": "dose", "each": "each", "w/": "with",
}  # fmt: skip
"""What may stand after "/" behind an amount."""

HEADS = words("""
    bill bills check checks cheque cheques note notes coin coins banknote banknotes fine fee loan grant deal
    package contract plan fund ticket tickets prize bond bail debt budget project stimulus stipend reward
    bounty tax credit settlement investment lawsuit home homes house mansion question tranche aid bailout
    takeover merger acquisition program programme facility jackpot lottery valuation price tag cap limit
    minimum wage increase cut deficit surplus shortfall rebate coupon coupons stake bid offer pledge donation
    ransom scheme industry market
""")
"""Nouns that turn the amount before them into an adjective ("five hundred dollar bills"), determiner or not."""
