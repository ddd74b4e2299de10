"""A house's own readings."""

import pytest

from articleaudio.errors import ConfigError
from articleaudio.model import Article, Block, BlockKind, TokenKind
from articleaudio.script import Entry, Lexicon, Say, Style, spoken_form, write_script

LEXICON = Lexicon(
    [
        Entry("Kyiv", "keev"),
        Entry("Kyiv Independent", "Keev Independent"),
        Entry("NABU", kind=Say.LETTERS),
        Entry("SAPO", kind=Say.WORD),
        Entry("Zelenskyy", "zɛlˈɛnski", kind=Say.IPA),
        Entry("covid", "Covid", cased=False),
        Entry("F-16", "Viper"),
        Entry("Рада", "рада́", language="uk"),
    ]
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Kyiv Independent is in Kyiv.", "The Keev Independent is in keev."),
        ("Kyiv's mayor spoke.", "keev's mayor spoke."),
        ("NABU and SAPO's chiefs met.", "N.A.B.U. and Sapo's chiefs met."),
        ("COVID spread.", "Covid spread."),
        ("Zelenskyy flew.", "Zelenskyy flew."),
        ("The F-16 flew; F-16s flew.", "The Viper flew; Vipers flew."),
        ("Kyivan Rus fell.", "Kyivan Rus fell."),
    ],
)
def test_entries_go_before_every_rule(text: str, said: str) -> None:
    assert spoken_form(text, lexicon=LEXICON) == said


def test_ipa_becomes_phonemes() -> None:
    block = Block(BlockKind.PARAGRAPH, "Zelenskyy's plan.")
    article = Article(id="", aliases=(), title="", language="en", blocks=(block,))
    token = write_script(article, Style(lexicon=LEXICON)).segments[0].tokens[0]
    assert (token.kind, token.say, token.rule) == (TokenKind.PHONEMES, "zɛlˈɛnskiz", "lexicon")


def test_an_entry_that_says_nothing_is_refused() -> None:
    with pytest.raises(ConfigError, match="says nothing"):
        Entry("Kyiv")
    with pytest.raises(ConfigError, match="no written form"):
        Entry(" ", "x")
