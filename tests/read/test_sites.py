"""A house's rules for single hosts go before everything that the reader finds out itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from articleaudio.config import load_house
from articleaudio.model import Article, BlockKind, SiteRule
from articleaudio.read import Settings, Source, read_one
from articleaudio.read.html.reader import Body, read_body
from articleaudio.read.post import Post, article_of
from articleaudio.read.reasons import REASONS
from articleaudio.read.registry import BUILT_IN, reader

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "reading-articles.md").read_text("utf-8")
PROSE = "It rained on the harbour for three days, and the boats came home early, one after the other, without a catch."
PAGE = f"""<html><head><title>Rain over the harbour</title>
<link rel="canonical" href="https://www.news.example/rain"></head><body>
<div class="top">Harbour desk</div>
<h1>Rain over the harbour</h1><h2 class="real">Three days of rain</h2>
<article><p>First. {PROSE}</p>
<aside class="facts"><p>The harbour has nine berths.</p><p>It was built in 1911.</p></aside>
<figure><figcaption><span class="text">Boats at the pier.</span>
<span class="who">Photo: Ada Lund</span></figcaption></figure>
<p>Second. {PROSE}</p>
<p class="inside">The mayor <b class="tool">(profile)</b> was <del>not</del> there.</p>
<p hidden class="secret">Hidden. {PROSE}</p>
<p class="fix">We were wrong about the nine berths.</p>
<p>Third. {PROSE}</p></article>
<div class="list"><p class="tail">The rain will stop on Monday.</p></div>
</body></html>"""
NEWS = "news.example"


def page(*rules: SiteRule, url: str = "", html: str = PAGE) -> Article:
    return read_one(Source("page.html", data=html.encode(), url=url, settings=Settings(sites=rules)))


def body(html: str, *rules: SiteRule, base: str = "") -> Body:
    return read_body(html, base, rules)


def texts(read: Article | Body) -> list[str]:
    return [block.text for block in read.blocks]


def why(read: Article | Body) -> dict[str, str]:
    return {piece.text: piece.reason for piece in read.dropped}


def test_without_rules_the_reader_judges() -> None:
    article = page()
    assert [text.partition(".")[0] for text in texts(article)][:2] == ["First", "Second"]
    assert why(article)["The harbour has nine berths."] == "sidebar"


def test_what_is_kept_is_spoken_where_it_stands() -> None:
    article = page(SiteRule(NEWS, keep=("aside.facts",)))
    assert texts(article)[1:3] == ["The harbour has nine berths.", "It was built in 1911."]
    assert "The harbour has nine berths." not in why(article)


def test_what_is_kept_may_lie_outside_of_the_article() -> None:
    found = texts(page(SiteRule(NEWS, keep=(".top", ".tail"))))
    assert (found[0], found[-1]) == ("Harbour desk", "The rain will stop on Monday.")


def test_keeping_wins_over_everything_even_over_hiding() -> None:
    assert any(text.startswith("Hidden.") for text in texts(page(SiteRule(NEWS, keep=(".secret",)))))
    assert "The mayor (profile) was not there." in texts(page(SiteRule(NEWS, keep=("del",))))


def test_what_is_dropped_is_on_the_ledger_with_its_reason() -> None:
    article = page(SiteRule(NEWS, drop=("p.fix", ".inside .tool")))
    assert why(article)["We were wrong about the nine berths."] == "site-rule"
    assert why(article)["(profile)"] == "site-rule"
    assert "The mayor was there." in texts(article)
    assert "site-rule" in REASONS


def test_a_note_is_spoken_last() -> None:
    last = page(SiteRule(NEWS, note=(".fix",))).blocks[-1]
    assert (last.kind, last.text) == (BlockKind.NOTE, "We were wrong about the nine berths.")


def test_a_part_of_a_line_can_be_kept_or_made_a_note() -> None:
    article = page(SiteRule(NEWS, keep=("figcaption .text",)))
    assert texts(article)[1] == "Boats at the pier."
    assert why(article)["Photo: Ada Lund"] in {"caption", "credit"}
    article = page(SiteRule(NEWS, note=(".tool",)))
    assert article.blocks[-1].text == "(profile)"
    assert {"The mayor", "was there."} < set(texts(article))


def test_marks_stay_on_their_words_where_a_line_is_cut() -> None:
    html = '<nav>See <span class="k">the <a href="https://a.example/">long list</a> of <em>names</em></span> now</nav>'
    (block,) = body(html, SiteRule("*", keep=(".k",))).blocks
    assert block.text == "the long list of names"
    assert [block.text[mark.start : mark.end] for mark in block.marks] == ["long list", "names"]


def test_the_body_is_the_element_that_is_named() -> None:
    article = page(SiteRule(NEWS, body=".list"))
    assert texts(article) == ["The rain will stop on Monday."]
    assert sum(text.startswith(("First", "Second", "Third")) for text in why(article)) == 3


def test_a_body_whose_name_says_otherwise_is_the_body_all_the_same() -> None:
    html = PAGE.replace("<article>", '<div class="newsletter-signup">').replace("</article>", "</div>")
    assert len(texts(page(SiteRule(NEWS, body=".newsletter-signup"), html=html))) > 3


def test_the_headline_is_the_element_that_is_named() -> None:
    assert page(SiteRule(NEWS, title="h2.real")).title == "Three days of rain"
    assert page(SiteRule(NEWS, title=".none")).title == "Rain over the harbour"


@pytest.mark.parametrize("host", ["news.example", "www.news.example", "*", "NEWS.example"])
def test_a_rule_holds_for_its_host_and_those_below(host: str) -> None:
    assert why(page(SiteRule(host.lower(), drop=(".fix",))))["We were wrong about the nine berths."] == "site-rule"


@pytest.mark.parametrize("host", ["other.example", "s.example", "ews.example", "m.news.example"])
def test_a_rule_does_not_hold_elsewhere(host: str) -> None:
    assert "site-rule" not in why(page(SiteRule(host, drop=(".fix",)))).values()


def test_the_pages_own_address_counts_before_that_where_it_was_found() -> None:
    rule = SiteRule("cache.example", drop=(".fix",))
    assert "site-rule" not in why(page(rule, url="https://cache.example/x")).values()
    bare = PAGE.replace("canonical", "other")
    assert "site-rule" in why(page(rule, url="https://cache.example/x", html=bare)).values()
    assert "site-rule" not in why(page(rule, html=bare)).values()


def test_a_host_may_be_written_in_its_own_letters() -> None:
    rule = SiteRule("münchen.example", drop=("p",))
    assert texts(body("<p>One is here.</p>", rule, base="https://www.xn--mnchen-3ya.example/")) == []
    assert texts(body("<p>One is here.</p>", rule, base="https://[broken")) == ["One is here."]


def test_of_several_rules_the_later_and_of_several_elements_the_inner_one_wins() -> None:
    html = '<div class="a"><p class="b">One is here.</p><p>Two is here.</p></div>'
    drop_b, keep_b = SiteRule("*", drop=(".b",)), SiteRule("*", keep=(".b",))
    assert texts(body(html, keep_b, drop_b)) == ["Two is here."]
    assert texts(body(html, drop_b, keep_b)) == ["One is here.", "Two is here."]
    assert texts(body(html, SiteRule("*", keep=(".b",), drop=(".b",)))) == ["One is here.", "Two is here."]
    assert texts(body(html, SiteRule("*", keep=(".a",), drop=(".b",)))) == ["Two is here."]
    assert texts(body(html, SiteRule("*", keep=(".b",), drop=(".a",)))) == ["One is here."]


def test_rules_reach_into_tables_and_program_text() -> None:
    html = (
        "<table><tr class='h'><th>Year</th><th>Boats</th></tr><tr><td>2024</td><td class='x'>9</td></tr></table>"
        "<pre><code>print()</code></pre>"
    )
    read = body(html, SiteRule("*", keep=("pre",), drop=(".h", ".x")))
    assert texts(read) == ["2024", "print()"]
    assert why(read) == {"Year; Boats": "site-rule", "9": "site-rule"}


def test_rules_hold_for_what_a_system_hands_over() -> None:
    sites = (SiteRule("*", drop=(".ad",)), SiteRule(NEWS, note=(".fix",)))
    source = Source("posts.json", data=b"{}", settings=Settings(sites=sites))
    html = '<p class="fix">We were wrong.</p><p>It rained.</p><p class="ad">Buy this.</p>'
    article = article_of(Post("Rain", html, url="https://news.example/rain"), source)
    assert [(block.kind, block.text) for block in article.blocks] == [
        (BlockKind.PARAGRAPH, "It rained."),
        (BlockKind.NOTE, "We were wrong."),
    ]
    markdown = Source("a.md", data=b"# Rain\n\nIt rained.\n\n<p class='ad'>Buy this.</p>", settings=source.settings)
    assert texts(read_one(markdown)) == ["It rained."]


def test_the_worked_example_of_the_docs_does_what_it_says(tmp_path: Path) -> None:
    html, toml, spoken = re.findall(r"<!-- example -->\n```\w+\n(.*?)```", DOCS, re.DOTALL)
    (tmp_path / "sites.toml").write_text(toml, "utf-8")
    (tmp_path / "articleaudio.toml").write_text('sites = ["sites.toml"]\n', "utf-8")
    house = load_house(folder=tmp_path)
    source = Source("page.html", data=html.encode(), settings=Settings(sites=house.sites))
    assert list(tomllib.loads(toml)) == [rule.host for rule in house.sites]
    assert texts(read_one(source)) == spoken.splitlines()
    first, box, last, note = spoken.splitlines()
    unruled = read_one(Source("page.html", data=html.encode()))
    assert [texts(unruled)[place] for place in (0, 2, 3)] == [first, note, last]
    assert texts(unruled)[1].startswith("The harbour bakery")
    assert why(unruled)[box] == "sidebar"


def test_the_docs_tell_every_reason() -> None:
    ledger = DOCS.partition("| reason |")[2].partition("## What can be read")[0]
    told = dict(re.findall(r"^\| `([\w-]+)` \| (.+?) \|$", ledger, re.MULTILINE))
    assert told == dict(REASONS)


def test_the_docs_tell_of_every_kind_of_source() -> None:
    listed = DOCS.partition("## What can be read")[2].partition("Drafts")[0]
    missing = [name for name in BUILT_IN if not any(f"`{end}`" in listed for end in reader(name).extensions)]
    assert missing == []


def test_the_docs_name_files_that_are_there() -> None:
    steps = DOCS.partition("## From a page")[2].partition("## The ledger")[0]
    files = re.findall(r"`(read/[\w/.]+)`", steps)
    assert len(files) >= 9
    assert [name for name in files if not (ROOT / "src" / "articleaudio" / name).exists()] == []
    links = re.findall(r"\]\(([\w./-]+)\)", DOCS)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
