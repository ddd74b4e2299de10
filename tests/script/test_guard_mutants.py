"""The fact guard against faults of rules, put by hand into what right rules say: of nine kinds, seeded, hundreds."""

import ast
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from guard_text import FACTS, PLAIN

from articleaudio.model import Article, Block, BlockKind, Segment, Token, TokenKind
from articleaudio.script import Style, write_script
from articleaudio.script import guard as guard_package
from articleaudio.script.guard import differences

NUMBER_WORDS = {
    "en": """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety first third fourth fifth eighteenth""",
    "uk": """один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять дві двох дев'ятнадцять
    двадцять тридцять сорок п'ятдесят шістдесят двісті двадцяти чотирнадцять сімсот дев'ятсот триста чотириста""",
}
SWAPS = {
    "digit changed": [("five", "nine"), ("two", "three"), ("forty", "fourteen"), ("thirty", "thirteen"), ("six", "ten"),
                      ("один", "два"), ("два", "три"), ("сорок", "тридцять"), ("п'ять", "шість"),
                      ("двадцят", "тридцят")],
    "currency": [("dollar", "euro"), ("euro", "dollar"), ("pound", "dollar"), ("hryvnia", "ruble"), ("yen", "dollar"),
                 ("долар", "євро"), ("євро", "долар"), ("грив", "рубл"), ("cents", "pence")],
    "magnitude": [("thousand", "million"), ("million", "billion"), ("billion", "million"), ("trillion", "billion"),
                  ("hundred", "thousand"), ("тисяч", "мільйон"), ("мільйон", "мільярд"), ("мільярд", "мільйон")],
    "unit": [("kilometer", "mile"), ("miles", "kilometers"), ("kilogram", "pound"), ("millimeter", "centimeter"),
             ("megawatt", "kilowatt"), ("milligram", "gram"), ("milliliter", "liter"), ("meter", "mile"),
             ("Celsius", "Fahrenheit"), ("Fahrenheit", "Celsius"), ("gigabyte", "megabyte"), ("hertz", "watt"),
             ("per hour", "per second"), ("feet", "meters"), ("acres", "hectares"), ("a.m", "p.m"), ("A.M", "P.M"),
             ("P.M", "A.M"), ("кілометр", "метр"), ("кілограм", "грам"), ("гектар", "метр"), ("мегават", "кіловат"),
             ("на годину", "на секунду"), ("kilowatt hour", "kilowatt"), ("cubic meters", "cubic feet")],
    "sign": [("minus ", ""), ("мінус ", "")],
    "percent": [("percent", ""), ("відсотків", ""), ("відсотка", ""), ("відсотки", ""),
                ("percentage points", "percent")],
    "month": [("February", "January"), ("November", "December"), ("May", "March"), ("лютого", "січня")],
}  # fmt: skip


def segments(text: str, language: str) -> list[Segment]:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in text.strip().splitlines())
    article = Article(id="", aliases=(), title="", language=language, blocks=blocks)
    return list(write_script(article, Style(byline=False)).segments)


def said_otherwise(segment: Segment, place: int, say: str) -> Segment:
    token = replace(segment.tokens[place], say=say)
    return replace(segment, tokens=(*segment.tokens[:place], token, *segment.tokens[place + 1 :]))


def token_mutants(token: Token, language: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Faults in what one token says: (kind, what is said instead)."""
    for kind, pairs in SWAPS.items():
        if token.rule == "plain":
            break
        for right, wrong in pairs:
            found = re.search(rf"\b{right}", token.say)
            if found and not (kind == "digit changed" and token.say[found.end() : found.end() + 4] in ("teen", "надц")):
                yield kind, (token.say[: found.start()] + wrong + token.say[found.end() :]).strip()
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", token.say)
    numbers = [word for word in words if word in NUMBER_WORDS[language].split()]
    if token.rule != "plain" and numbers and not re.search(r"\bone (hundred|thousand|million|half)", token.say):
        gone = chance.choice(numbers)
        yield "digit dropped", re.sub(rf"\b{gone}\b[ -]?", "", token.say, count=1).strip() or "many"
    if token.kind is TokenKind.LETTERS and len(token.say) > 2:
        yield "letter eaten", token.say[:1] + token.say[2:]
    long = [word for word in words if len(word) > 4]
    if token.kind is TokenKind.WORDS and long:
        word = chance.choice(long)
        at = chance.randrange(1, len(word) - 1)
        yield "letter eaten", token.say.replace(word, word[:at] + word[at + 1 :], 1)


def mutants(language: str) -> Iterator[tuple[str, str, Segment]]:
    """(kind, what, the segment with the fault)."""
    chance = random.Random(11)
    for segment in segments(FACTS[language], language):
        for place, token in enumerate(segment.tokens):
            for kind, say in token_mutants(token, language, chance):
                if say != token.say and (token.rule != "plain" or chance.random() < 0.3):
                    yield kind, f"{token.say} → {say} [{token.rule}]", said_otherwise(segment, place, say)
        names = [place for place, token in enumerate(segment.tokens) if place and token.say[:1].isupper()]
        for place in names:
            token = segment.tokens[place]
            gone = replace(segment, tokens=segment.tokens[:place] + segment.tokens[place + 1 :])
            yield "name lost", f"{token.say} dropped", gone
            yield "name lost", f"{token.say} → (nothing)", said_otherwise(segment, place, "")
        for place, (token, after) in enumerate(zip(segment.tokens, segment.tokens[1:], strict=False)):
            if token.rule != "plain" and after.rule == "plain" and len(after.say) > 2:
                wide = replace(token, end=after.end)
                tokens = (*segment.tokens[:place], wide, *segment.tokens[place + 2 :])
                yield (
                    "word swallowed",
                    f"{token.say} swallows {after.say} [{token.rule}]",
                    replace(segment, tokens=tokens),
                )


@pytest.mark.parametrize("language", ["en", "uk"])
def test_faults_are_caught(language: str) -> None:
    made = list(mutants(language))
    missed = [(kind, what) for kind, what, segment in made if not list(differences(segment))]
    assert len(made) >= (500 if language == "en" else 200)
    assert len({kind for kind, *_ in made}) >= 9
    assert len(missed) <= 0.01 * len(made), (Counter(kind for kind, _ in missed), missed)


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("texts", [FACTS, PLAIN], ids=["facts", "plain"])
def test_what_is_right_raises_nothing(texts: dict[str, str], language: str) -> None:
    assert [problem for one in segments(texts[language], language) for problem in differences(one)] == []


def test_the_guard_shares_no_knowledge_with_the_rules() -> None:
    allowed = ("articleaudio.model", "articleaudio.script.fold", "articleaudio.script.words")
    for path in Path(guard_package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("articleaudio"):
                assert node.module in allowed or node.module.startswith("articleaudio.script.guard"), path.name
