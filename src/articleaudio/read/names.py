"""Authors' names out of by-lines: no "By", no roles, no e-mail addresses."""

from __future__ import annotations

import re

from articleaudio.read.rich import clean

_BY = re.compile(
    r"^(?:(?:written|reported|posted|published|story|text|words|analysis|opinion|review|compiled)\s+)?"
    r"(?:(?-i:d[ia])\s+(?=\S+\s\S)|(?:by|von|par|por|przez|door|av|af|автор(?:ка)?|от|текст|from|authors?|autor(?:ka)?)(?:\s*:\s*|\s+)|"
    r"story by\s*:?)",
    re.IGNORECASE,
)
_WORD_FOR_AND = r"(?:and|und|et|y|e|i|та|і|й|и|en|och|with|&)\s"
_AND = re.compile(rf"\s*[;|•·/,]\s*(?:{_WORD_FOR_AND})?\s*|\s{_WORD_FOR_AND}\s*", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+|(?<!\S)(?-i:[a-z][a-z\d-]+(?:\.[a-z\d-]{2,})*\.[a-z]{2,})(?!\S)")
"""Addresses of people and sites."""
_ADDRESS = re.compile(r"https?://|www\.|\.(?:com|org|net)\b|^@", re.IGNORECASE)
_PICTURES = re.compile(
    r"(?:^|[,;]|\band\b)?\s*\b(?:photo(?:graph)?(?:s|y)?|pictures|illustrations?|graphics|videos?)\s+by\b[^;|]*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:editors?|reporters?|writers?|correspondents?|staff|columnists?|contributors?|producers?|journalists?|"
    r"bureau chief|director|professor|lecturer|fellow|special to|for the|updated|published|min read|minutes?|"
    r"photographer|redaktion|redakteur(?:in)?|admin(?:istrator)?|guest|author|follow|read more|view|more|articles|"
    r"comments?|share|"
    r"senior|university|institute|corresponsal|redacci[óo]n|redactora?|periodista|enviad[oa] especial|journaliste|"
    r"r[ée]daction|correspondante?|envoy[ée]+e? sp[ée]ciale?|verslaggever|redactie|dziennikar(?:z|ka)|reporterka|"
    r"redakcja|redazione|giornalista|inviat[oa]|кореспондент(?:ка)?|журналіст(?:ка)?|редактор(?:ка)?|"
    r"журналистка?|анонс|редакція|редакция)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\.?$", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"^(?:m\.?s\.?|m\.?a\.?|m\.?b\.?a|m\.?p\.?h|r\.?d\.?n?|r\.?n|c\.?p\.?a|j\.?d|d\.?o|d\.?d\.?s|b\.?s\.?|b\.?a|cfp|cfa|lmft|lcsw|mla|msc|bsc)\.?$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"home|menu|by|von|par|por|di|przez|door|av|af|автор|news|video|photos|comments|share|print|email|advertisement|anonymous|unknown|none|null|undefined|"
    r"opinion|sports|politics|business|world|culture|health|science|technology|lifestyle|travel",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"[^\W\d_a-z]{2,4}$")
"""Whom somebody writes for, behind the name: "HR", "AP"."""
_LETTER = re.compile(r"[^\W\d_](?!['’])")
_PARTICLE = re.compile(r"(?:of|the|and|del?|della|der|den|des|d[iau]|dos|l[ae]|van|von|zu|al|el|bin|ibn|y|e|фон|де)$")
_ABBREVIATED = re.compile(r"\b(?:jr|sr|\w)\.$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]")
_SHOUTED = 4
"""A family name in capitals has more letters; what is shorter may be an agency's."""


def names(*lines: str) -> tuple[str, ...]:
    """Every name in the by-lines, in order, each once. A by-line may hold several names and their roles."""
    found: dict[str, str] = {}
    for line in lines:
        text = _MAIL.sub(" ", clean(line))
        text = _BY.sub("", _BY.sub("", text.strip(" ,;:|-–—•·")))
        text = re.sub(r"\s[|–—•·]\s.*$|\s-\s.*$|\s*\([^)]*\)", "", text)
        text = _PICTURES.sub(" ", text)
        for part in _rejoined(_AND.split(text)):
            name = _BY.sub("", part.strip(" ,;:|-–—•·*\"'“”"))
            name = name if _ABBREVIATED.search(name) else name.rstrip(".")
            if is_name(name) and not (found and (_CREDENTIAL.match(name) or _HOUSE.match(name))):
                found.setdefault(name.casefold(), _in_case(name))
    return tuple(found.values())


def is_name(text: str) -> bool:
    """Whether the text can be a person's or an agency's name."""
    words = text.split()
    return (
        0 < len(words) <= 6
        and 2 <= len(text) <= 60
        and bool(_WORDS.match(text))
        and not any(character.isdigit() for character in text)
        and not _ADDRESS.search(text)
        and "@" not in text
        and not _ROLE.search(text)
        and not _NO_NAME.fullmatch(text)
        and not text.endswith(("!", "?", ":"))
        and all(_is_capital(word) or _PARTICLE.match(word) for word in words)
        and words[0] not in {"of", "the", "and"}
    )


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital, or with a letter of a script that has none; "d'Arc" does."""
    first = _LETTER.search(word)
    return first is None or not first[0].islower()


def is_byline(text: str) -> bool:
    """Whether the text begins as a by-line does ("By …")."""
    return bool(_BY.match(text))


def _rejoined(parts: list[str]) -> list[str]:
    """Parts with "Jr." and the like put back to the name before them."""
    joined: list[str] = []
    for part in parts:
        if joined and _SUFFIX.match(part.strip()):
            joined[-1] = f"{joined[-1]} {part.strip()}"
        elif part:
            joined.append(part)
    return joined


def _in_case(name: str) -> str:
    """A name that is shouted ("JANE DOE", "Jane DOE-ROE") in the case it is spoken in; agencies (one word) stay."""
    words = name.split()
    if name.isupper() and len(name) > 5 and " " in name:
        return name.title()
    if len(words) > 1 and words[0].istitle() and words[-1].isupper() and len(words[-1]) > _SHOUTED:
        return " ".join(
            word.title() if word.isupper() and len(word) > 1 and "." not in word else word for word in words
        )
    return name
