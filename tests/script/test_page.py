"""The script as a page: all there, all escaped."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from articleaudio.model import Article, Block, BlockKind, Dropped
from articleaudio.script import Entry, Lexicon, Say, Style, write_script
from articleaudio.script.page import html_view


def page(*texts, title="A headline", dropped=(), lexicon=None, language="en"):
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    article = Article("", (), title, language, blocks, dropped=tuple(dropped))
    return html_view(write_script(article, Style(lexicon=lexicon)), article)


class Tree(HTMLParser):
    """Names of the elements, and the text between them."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.attributes = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(tag, *attribute) for attribute in attrs]

    def handle_data(self, data):
        self.text += data


def test_written_and_spoken_stand_side_by_side_with_the_rule():
    html = page("It cost $2.4 million.")
    assert '<span class="reading words" title="money, words, 100% sure">$2.4 million</span>' in html
    assert 'two point four million dollars<small lang="en">money</small>' in html


def test_letters_phonemes_and_pauses_can_be_told_apart():
    lexicon = Lexicon([Entry("Kyiv", "ˈkiːv", Say.IPA)])
    html = page("The ICBM (a missile) fell in Kyiv.", lexicon=lexicon)
    assert 'class="reading letters"' in html
    assert 'Kyiv <code lang="en">/ˈkiːv/</code><small lang="en">lexicon</small>' in html
    assert '<i class="pause" title="pause: parenthesis' in html


def test_doubtful_readings_are_marked_and_told():
    html = page("The WMATO met.")
    assert 'class="row body flagged"' in html
    assert re.search(r'class="reading words doubt"[^>]*>WMATO<', html)
    assert "“WMATO” is said as “Wmato”, but that is a guess" in html
    assert '<b class="doubt">1 doubtful</b>' in html
    assert "nothing doubtful" in page("All is plain.")


def test_what_was_left_out_is_struck_through_with_its_reason():
    html = page("Text.", dropped=[Dropped("Sign <up> now", "signup")])
    assert '<span class="reason" lang="en">signup</span> <del>Sign &lt;up&gt; now</del>' in html
    assert "Left out" not in page("Text.")


def test_the_page_needs_nothing_from_outside():
    html = page("See https://example.org/x and write to a@example.org.")
    found = Tree(html)
    assert not {"script", "img", "link", "iframe", "object"} & set(found.elements)
    assert [value for _, name, value in found.attributes if name in ("src", "href") and value[0] != "#"] == []
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_an_articles_markup_is_text():
    nasty = '<script>alert(1)</script><img src=x onerror="alert(2)"> & "quoted" \u202e\x00 \ud800'
    html = page(nasty, title=nasty, dropped=[Dropped(nasty, nasty)], language="en")
    found = Tree(html)
    assert not {"script", "img"} & set(found.elements)
    assert not [attribute for attribute in found.attributes if attribute[1].startswith("on")]
    html.encode("utf-8")
    assert not {"\u202e", "\x00"} & set(html)


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_text_ever_adds_an_element(text, reason):
    plain = {"p", "span", "small", "i", "code", "ul", "li", "b", "aside", "h2", "section", "br", "a", "del"}
    frame = set(Tree(page("Plain.")).elements)
    found = Tree(page(text or "x", title=text or "x", dropped=[Dropped(text, reason)]))
    assert set(found.elements) <= plain | frame
