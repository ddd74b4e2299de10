"""The fact guard: silent on what is right, loud on seeded mutants of the readings."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from articleaudio.model import Article, Block, BlockKind, Segment, Token, TokenKind
from articleaudio.script import Style, write_script
from articleaudio.script.guard import differences
from articleaudio.script.guard.hear import heard, number_of, scale_of

CASES = Path(__file__).parent.parent / "cases"


def segments(path: Path) -> list[Segment]:
    language = "uk" if path.stem.startswith("uk-") else "en"
    rows = [line for line in path.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    blocks = tuple(Block(BlockKind.PARAGRAPH, row.strip("| ").split(" | ")[0].strip()) for row in rows)
    article = Article(id="", aliases=(), title="", language=language, blocks=blocks)
    return list(write_script(article, Style(byline=False)).segments)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_right_readings_raise_nothing(path: Path) -> None:
    assert [problem for segment in segments(path) for problem in differences(segment)] == []


@pytest.mark.parametrize(
    ("said", "language", "values"),
    [
        ("nineteen oh five", "en", ["19", "0", "5"]),
        ("two thousand four", "en", ["2004"]),
        ("one hundred twenty-three million four hundred five", "en", ["123000405"]),
        ("four point five million dollars", "en", ["4500000"]),
        ("twelve dollars and fifty cents", "en", ["12", "50"]),
        ("the forty-seventh", "en", ["47"]),
        ("три цілих п'ять десятих мільйона", "uk", ["3500000"]),
        ("тисяча дев'ятсот тридцять дев'ятого року", "uk", ["1939"]),
        ("сорока двох", "uk", ["42"]),
    ],
)
def test_the_reader_hears_values(said: str, language: str, values: list[str]) -> None:
    assert [one.value for one in heard(said, language)] == values


CURRENCY = {
    "dollar": "euro",
    "euro": "dollar",
    "pound": "dollar",
    "hryvnia": "dollar",
    "долар": "євро",
    "грив": "долар",
}
MAGNITUDE = {
    "thousand": "million",
    "million": "billion",
    "billion": "million",
    "мільйон": "мільярд",
    "мільярд": "мільйон",
}


def mutate(token: Token, kind: str, language: str, chance: random.Random) -> str | None:
    """One fault in what a token says; None where the kind does not apply."""
    words = token.say.split()
    if kind == "letter" and token.rule == "plain" and len(token.say) > 2:
        cut = chance.randrange(1, len(token.say))
        return token.say[:cut] + token.say[cut + 1 :] if token.say[cut] != token.say[cut - 1] else None
    if token.rule == "plain" or token.kind is not TokenKind.WORDS:
        return None
    if kind == "digit":
        places = [
            at
            for at, word in enumerate(words)
            if number_of(word.lower(), language) not in (None, 0)
            and not any(scale_of(after.lower(), language) for after in words[at + 1 : at + 2])  # "hundred" is 100 too
        ]
        if places:
            at = chance.choice(places)
            return " ".join(words[:at] + words[at + 1 :]) or "nothing"
    if kind == "scale":
        places = [at for at, word in enumerate(words) if scale_of(word.lower(), language)]
        if places:
            at = chance.choice(places)
            return " ".join(words[:at] + words[at + 1 :]) or "nothing"
    if kind == "sign" and ("minus " in token.say or "мінус " in token.say):
        return token.say.replace("minus ", "").replace("мінус ", "")
    for table, name in ((CURRENCY, "currency"), (MAGNITUDE, "magnitude")):
        if kind == name:
            for right, wrong in table.items():
                if right in token.say:
                    return token.say.replace(right, wrong)
    return None


def mutants() -> list[tuple[str, Segment]]:
    """At least three hundred faults, seeded, of every kind."""
    chance = random.Random(4)
    made: list[tuple[str, Segment]] = []
    for path in sorted(CASES.glob("*.md")):
        language = "uk" if path.stem.startswith("uk-") else "en"
        for segment in segments(path):
            for kind in ("digit", "scale", "sign", "currency", "magnitude", "letter"):
                places = list(range(len(segment.tokens)))
                chance.shuffle(places)
                for place in places:
                    token = segment.tokens[place]
                    say = mutate(token, kind, language, chance)
                    if say is None or say == token.say or token.rule in ("set-number", "title", "abbreviation"):
                        continue
                    tokens = (*segment.tokens[:place], replace(token, say=say), *segment.tokens[place + 1 :])
                    made.append((f"{kind}: {token.say} -> {say}", replace(segment, tokens=tokens)))
                    break
    return made


def test_mutants_are_caught() -> None:
    made = mutants()
    missed = [what for what, segment in made if not list(differences(segment))]
    assert len(made) >= 300
    assert len(missed) <= 0.01 * len(made), missed
