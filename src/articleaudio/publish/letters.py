"""Letters that NFKD does not take apart, and what stands for them in an address. Data only.

Cyrillic follows the passport tables: Cabinet of Ministers of Ukraine no. 55 (2010) for Ukrainian, ICAO 9303 for
the rest.
"""

from __future__ import annotations

LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "ng",
    "ə": "e", "ŧ": "t", "ĸ": "k",
}  # fmt: skip
"""Latin letters without a decomposition."""

GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
"""German writes its umlauts out; other languages lose only the dots."""

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
    "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "қ": "q", "ң": "n", "ғ": "g", "ү": "u", "ұ": "u", "ө": "o", "һ": "h", "ә": "a",
}  # fmt: skip
"""Cyrillic of all languages."""

UKRAINIAN = {"г": "h", "и": "y"}
"""Where Ukrainian differs."""

UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
"""What Ukrainian writes at the start of a word."""

GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
"""Modern Greek, accents taken off before."""

SILENT = frozenset("'’‘ʼ`´·\u00ad\u200b\u200c\u200d\u2060")
"""Characters that join the letters beside them: apostrophes, soft hyphens, joiners."""

RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names that Windows keeps for devices, whatever the suffix."""
