"""Words with two sounds."""

import pytest

from articleaudio.model import Article, Block, BlockKind, TokenKind
from articleaudio.script import Style, write_script

CASES = [
    ("She has read the report.", "ɹɛd"),
    ("He will read the report.", ""),
    ("The lead pipes were replaced.", "lɛd"),
    ("He took the lead.", ""),
    ("The live broadcast ended.", "laɪv"),
    ("They live in Kyiv.", "lɪv"),
    ("It saved many lives.", "laɪvz"),
    ("Police fired tear gas.", "tɪɹ"),
    ("They tear down the wall.", "tɛɹ"),
    ("A close ally left.", "kloʊs"),
    ("They close the border.", ""),
    ("They record the calls.", "ɹᵻkˈɔːɹd"),
    ("It set a record.", "ɹˈɛkɚd"),
    ("The use of force grew.", "juːs"),
    ("They use force.", "juːz"),
    ("Minute amounts were found.", "maɪnˈuːt"),
    ("Wind down the talks.", "waɪnd"),
    ("The wind was strong.", ""),
    ("It wound up in court.", "waʊnd"),
    ("The wound healed.", ""),
    ("They bow to pressure.", "baʊ"),
    ("A bow tie is worn.", "boʊ"),
]


@pytest.mark.parametrize(("text", "ipa"), CASES)
def test_context_decides_the_sound(text: str, ipa: str) -> None:
    article = Article(id="", aliases=(), title="", language="en", blocks=(Block(BlockKind.PARAGRAPH, text),))
    (segment,) = write_script(article, Style(byline=False)).segments
    found = [token.say for token in segment.tokens if token.kind is TokenKind.PHONEMES]
    assert found == ([ipa] if ipa else [])
    assert segment.spoken == text
