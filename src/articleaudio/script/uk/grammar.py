"""What the words around a number say about its case and gender."""

from __future__ import annotations

import re
from typing import NamedTuple

from articleaudio.script.line import Line
from articleaudio.script.uk.data import (
    FEMININE,
    GENITIVE_PLURALS,
    MASCULINE_A,
    MASCULINE_KY,
    MASCULINE_U,
    NEUTER,
    PREPOSITIONS,
    Noun,
)
from articleaudio.script.uk.numbers import agree, cardinal, decimal, plural_class
from articleaudio.script.words import words

NUMBER = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])"  # 1,000,000
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?=\.[0-9]{1,2}(?![0-9]))"  # 1,234.56
    r"|[0-9]{1,3}(?:[\u00a0 ][0-9]{3})+(?![0-9])|[0-9]+)(?:[,.]([0-9]{1,4})(?![0-9]))?"
)
WORD = re.compile(r"[ \u00a0]\"?«?([^\W\d_]+(?:'[^\W\d_]+)*)")
ADJECTIVE = re.compile(
    r".+(?:ий|ій|их|іх|ими|іми|ого|ому|ої|ською|ські|цькі|зькі|ні|ові|еві|лі|рі|ті|чі|ві|ена|на|ська|ську|цька|ову|ова|не|ське|ове"
    r"|ну|ною|ли[йх])"
)
VERB = re.compile(r".+(?:[аяуюії]є|[иії]ть|[уюая]ть|[аяиіу]в|[аяиіу]л[аои]|увати|ати|ити)")
NO_OBJECT = words("""
загинула загинуло загинули було була були буде прибула прибуло прибули живе живуть працює працює діє стоїть сидить
лежить минула минуло минули залишить прийшла прийшло прийшли приїхала приїхали впало впала впали летіла летіло
летіли летить летять знає треба рав рав слів років
""")
"""Words of that shape that take none."""
NOT_ADJECTIVE = words("""
дні ночі області хвилини години особи день місті році місяці тижні зустрічі половині частині країні столиці лікарні
хвилині тонни копійки сторони машини людини причини країни жінка жінки жінку
""")


GOVERNING = words("межах розмірі рівні обсязі радіусі відстані глибині висоті площі сумі кількості складі віці")
"""Nouns in the locative whose measure stands in the genitive: "у радіусі десяти кілометрів"."""
ACTION = words("""
загибель загибелі загибеллю смерть смерті смертю вбивство вбивства вбивстві евакуація евакуацію евакуації ліквідація
ліквідацію ліквідації арешт арешту втрата втрату втрати купівля купівлю купівлі закупівля закупівлю закупівлі поставка
поставку поставки запуск запуску пуск пуски запуски участю група групу групи група групою силами
будівництво будівництва передача передачу передачі життя реєстрація реєстрацію депортація депортацію депортації
""")
"""Nouns whose object stands in the genitive ("загибель шести людей"), besides those in -ння and -ття."""
OWNERS = (
    "лідер", "представник", "жител", "мешкан", "депутат", "міністр", "президент", "власник", "керівник", "командир",
    "делега", "працівник", "співробітник", "студент", "громадян", "родин", "уряд", "підтримк", "зусил", "територі",
    "столиц", "тіла", "тіл", "списк", "голов", "автор", "фото", "імена", "справ",
)  # fmt: skip
"""Nouns that belong to those who are counted behind them: "лідери двадцяти семи країн"."""
TIMES = words("разів років днів годин тижнів місяців хвилин секунд діб ночей")
"""Genitive plurals that tell how long or how often, whatever stands before."""
BETWEEN = re.compile(r"(?:між|поміж) [0-9][\w,.%-]*(?: [^\W\d]+)? (?:і|та|й) \Z", re.IGNORECASE)
OUT_OF = re.compile(r" (?:з|із|зі) [0-9]")


class Number(NamedTuple):
    """One number as written."""

    end: int
    """One past its last character."""
    whole: str
    """Digits before the comma."""
    part: str
    """Digits behind the comma."""


class Around(NamedTuple):
    """What the noun behind a number tells."""

    case: str
    """Its case where its ending shows it, else empty."""
    gender: str
    """m, f, n."""
    word: str
    """The noun, in lower case; empty if there is none."""


def number(text: str, at: int) -> Number | None:
    """The number that starts at a place."""
    found = NUMBER.match(text, at)
    if not found:
        return None
    whole = found[1].replace(" ", "").replace("\u00a0", "").replace(",", "")
    return Number(found.end(), whole, found[2] or "")


def asked(line: Line, at: int) -> str:
    """The case that the words before a number ask for; empty where nothing asks."""
    while at and line.text[at - 1] in "-+~<>±≈":
        at -= 1
    word = line.word_before(at)
    if word in PREPOSITIONS:
        return _preposition(line, at, word)
    if word.endswith(("ніж", "від")) or line.before(at)[-1:] in (",", ".", ";", ":"):
        return ""
    if word in ("і", "та", "й") and BETWEEN.search(line.text, max(0, at - 40), at):
        return "i"
    if word in GOVERNING:
        return "g"
    earlier = line.word_before(at, 2)
    if earlier in PREPOSITIONS and word.endswith(("их", "іх")) and word != "них":
        return "l" if earlier in ("у", "в", "на", "по", "при") else "g"
    if earlier in PREPOSITIONS and word.endswith(("ими", "іми")):
        return "i"
    passive = len(word) > 5 and word.endswith(("ено", "ано", "ято", "уто", "яно", "ито"))
    return "a" if passive or takes_object(word) else ""


def takes_object(word: str) -> bool:
    """Whether a word looks like a verb whose object the number is."""
    return len(word) > 3 and VERB.fullmatch(word) is not None and word not in NO_OBJECT


def _preposition(line: Line, at: int, word: str) -> str:
    """The case of a preposition, or of the one before it ("у понад 20 містах")."""
    if word in ("більше", "менше") and line.word_before(at, 2) == "не":
        return "g"
    if word in ("з", "із", "зі") and line.word_before(at, 2) in ("згідно", "порівняно", "спільно", "поряд", "поруч"):
        return "i"
    return PREPOSITIONS[word]


def noun_behind(line: Line, end: int) -> Around:
    """The noun behind a number, adjectives skipped, and what its form tells."""
    at = end
    case = ""
    for _ in range(3):
        found = WORD.match(line.text, at)
        if not found:
            return Around(case, "m", "")
        word = found[1].lower()
        at = found.end()
        if ADJECTIVE.fullmatch(word) and word not in NOT_ADJECTIVE and not _is_noun(word) and WORD.match(line.text, at):
            if word.endswith(("ими", "іми")):
                case = "i"
            elif word.endswith(("их", "іх")):
                case = case or "G"
            continue
        return _noun(word, case)
    return Around(case, "m", "")


def _is_noun(word: str) -> bool:
    """Whether a word that looks like an adjective is a known noun."""
    return (
        word in GENITIVE_PLURALS
        or word in NEUTER
        or any(word[:-cut] in FEMININE for cut in (1, 2, 3) if len(word) > cut)
    )


def _noun(word: str, case: str) -> Around:
    """What the form of a noun tells."""
    gender = gender_of(word)
    nominative = (
        word.endswith("грами") or word[:-1] in FEMININE or word in ("храми", "шрами", "проблеми", "ями", "рами", "дами")
    )
    if (word.endswith(("ами", "ями")) and not nominative) or word in (
        "людьми",
        "дітьми",
        "кіньми",
        "дверима",
        "грошима",
    ):
        return Around("i", gender, word)
    if word.endswith(("ах", "ях")) and len(word) > 3:
        return Around("l", gender, word)
    if word.endswith(("ам", "ям")) and len(word) > 4:
        return Around("d", gender, word)
    if word.endswith("им") and len(word) > 5:
        return Around("d", gender, word)
    if word in GENITIVE_PLURALS or word.endswith(("ів", "їв", "ей", "их")) or word in FEMININE:
        return Around(case if case == "i" else "G", gender, word)
    if case == "i":
        return Around("i", gender, word)
    return Around("", gender, word)


def gender_of(word: str) -> str:
    """The gender of a noun, as far as its form or the list tells."""
    if word in MASCULINE_A or word in MASCULINE_U or word in MASCULINE_KY:
        return "m"
    if any(word[: len(word) - cut] in FEMININE for cut in range(min(4, len(word)))):
        return "f"
    if (
        word in NEUTER
        or word.endswith(("ння", "ття", "ще", "ння", "сся"))
        or (word.endswith(("о", "е")) and len(word) > 2)
    ):
        return "n"
    if word.endswith(("івки", "чки", "лки", "рки", "етки", "отки", "авки", "жки", "іжки")) and word not in (
        "роки",
        "кроки",
    ):
        return "f"
    if word.endswith(("ії", "ію", "ія", "ією", "ість", "ості", "иця", "иці", "ицю", "ка", "ку", "ція", "ода")) or (
        word.endswith(("а", "я")) and len(word) > 2
    ):
        return "f"
    if word.endswith(("у", "ю")) and len(word) > 3:
        return "f"
    return "m"


JOINTS = words("та і й а або чи але ще")
COLLECTIVE = {"2": "двоє", "3": "троє", "4": "четверо"}
"""People who do something together: "троє поранених"."""
SINGULAR_ENDS = (
    ("ою", "i"), ("ею", "i"), ("єю", "i"), ("ом", "i"), ("ем", "i"), ("ім", "i"), ("ому", "l"), ("ові", "d"),
    ("у", "a"), ("ю", "a"),
)  # fmt: skip


def resolve(line: Line, at: int, end: int, digits: str, part: str = "") -> tuple[str, str]:
    """The case and gender of a number that stands before a noun."""
    prep, around = asked(line, at), noun_behind(line, end)
    gender = around.gender
    kind = plural_class(digits)
    before = line.word_before(at)
    if before in ("у", "в") and OUT_OF.match(line.text, end):
        return "l", gender
    owned = before.startswith(OWNERS) and around.word not in TIMES and before not in ("справили", "родина")
    plural = around.case == "G" or kind == "many" or around.word[-1:] not in "аеиіїоуюя"
    if plural and around.word and prep == "" and (owned or _is_action(before)):
        return "g", gender
    if kind == "few" and gender == "f" and around.word.endswith(("а", "я")):
        gender = "n"  # "два села": a feminine noun would end in -и or -і
    if around.case in ("i", "l", "d"):
        return around.case, gender
    if part:
        return prep or "n", gender
    if kind == "one" and around.word:
        return _one(prep, around)
    if around.case == "G" and kind == "few" and prep in ("", "a"):
        acting = before in NO_OBJECT or before.endswith(("лися", "лись"))
        alone = around.word in ("загиблих", "поранених") and before[:1].isalpha() and before not in JOINTS
        together = prep == "" and digits in COLLECTIVE and around.word in GENITIVE_PLURALS and (acting or alone)
        passive = before.endswith(("но", "то"))
        return ("together" if together and not passive else "g"), gender
    return prep or "n", gender


def _is_action(word: str) -> bool:
    """Whether a noun names what is done to those who are counted behind it."""
    return word in ACTION or (len(word) > 6 and word.endswith(("ння", "ття", "нню")) and word != "поранення")


def _one(prep: str, around: Around) -> tuple[str, str]:
    """Case and gender of a number that ends in one."""
    word, gender = around.word, around.gender
    if gender == "n":
        return (prep if prep not in ("", "a") else "n"), "n"
    if around.case == "G":
        return (prep or "g" if gender == "m" and word.endswith("ого") else prep or "n"), gender
    for ending, case in SINGULAR_ENDS:
        if word.endswith(ending):
            if word in MASCULINE_U:
                return "l" if prep == "a" else prep or "g", "m"
            if case == "a" and gender != "f":
                return prep or "n", "m"
            return case, gender
    if gender == "m" and (word.endswith("ий") or word[-1] not in "аеиіїоуюяєьйхв"):
        return "n", gender
    if word.endswith("і") and prep in ("a", "l"):
        return "l", gender
    if word.endswith(("и", "і")) and gender == "f":
        return "g", gender
    return prep or "n", gender


def say(n: Number, case: str, gender: str) -> str:
    """A number in words, in a case and gender."""
    if case == "together":
        return COLLECTIVE[n.whole]
    if n.part:
        return decimal(n.whole, n.part, case)
    return cardinal(n.whole, case, gender)


def with_noun(n: Number, noun: Noun, case: str) -> str:
    """A number and its noun in a case."""
    return f"{say(n, case, noun.gender)} {form(n, noun, case)}"


def form(n: Number, noun: Noun, case: str) -> str:
    """The form of a noun behind a number; a decimal takes the genitive singular."""
    if n.part:
        return noun.singular["g"]
    return agree(noun.singular, noun.plural, n.whole, case)
