"""What is left out stands in its place on the script's page, struck through, with its reason."""

import re

from articleaudio.model import Article, Block, BlockKind, Dropped
from articleaudio.script import Style, write_script
from articleaudio.script.page import html_view


def page(*dropped, **facts):
    blocks = (
        Block(BlockKind.PARAGRAPH, "First is here. It has two sentences."),
        Block(BlockKind.PARAGRAPH, "Second is here."),
        Block(BlockKind.NOTE, "Correction: third is here."),
    )
    article = Article("", (), "A headline", "en", blocks, dropped=dropped, **facts)
    return html_view(write_script(article, Style()), article)


def order(html):
    """What is struck through and what is written, from top to bottom."""
    return re.findall(r'<del>(.*?)</del>|<p class="written">(?:A |It |)(\w+)', html)


def test_every_piece_stands_before_the_block_that_follows_it():
    html = page(
        Dropped("way", "navigation", 0),
        Dropped("boats", "caption", 1),
        Dropped("cards", "related", 2),
        Dropped("foot", "footer", 2),
    )
    shown = [struck or written for struck, written in order(html)]
    assert shown[-9:] == ["headline", "way", "First", "has", "boats", "Second", "cards", "foot", "Correction"]
    assert html.count("left out</span>") == 3
    assert "elsewhere" not in html


def test_what_follows_the_last_block_and_what_has_no_place_stands_at_the_end():
    html = page(Dropped("lost", "placeholder"), Dropped("foot", "footer", 3))
    shown = [struck or written for struck, written in order(html)]
    assert shown[-3:] == ["Correction", "foot", "lost"]
    assert html.index("foot") < html.index("</main>") < html.index("Left out elsewhere in the source")


def test_a_long_run_is_folded_and_tells_what_is_in_it():
    html = page(*(Dropped(f"link {number}", "related", 1) for number in range(5)), Dropped("ad", "advert", 1))
    assert '<summary lang="en">6 pieces <span class="reasons">related 5, advert 1</span></summary>' in html
    assert html.count("<del>") == 6
    assert "<details" not in page(*(Dropped(f"link {number}", "related", 1) for number in range(5)))


def test_an_article_that_may_not_be_spoken_says_so():
    html = page(status="draft", visibility="members", cut="a paywall <b>")
    for told in ("draft", "for members only", "not whole: a paywall &lt;b&gt;"):
        assert f'<b class="doubt">{told}</b>' in html
    assert 'class="doubt"' not in page()
