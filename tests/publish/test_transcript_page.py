from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

import newsroom
from articleaudio.checking.readable import page_findings
from articleaudio.disclosure import Disclosed
from articleaudio.model import Block, BlockKind, Role, Switch
from articleaudio.publish.transcript_page import transcript_page

LINE = Disclosed(newsroom.DISCLOSURE, "en")


def page(tmp_path, item=None, *, line=LINE, script=None):
    item = item or newsroom.article()
    script = script or newsroom.script_of(item, disclosure=line.text)
    recording = newsroom.recording_of(item, script, tmp_path / "a.mp3")
    data = transcript_page(item, recording.segments, line)
    return html.document_fromstring(data.decode()), data, recording


def texts(tree, path) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def test_it_reads_as_the_article_does(tmp_path):
    tree, _, recording = page(tmp_path)
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
    assert texts(tree, "//title | //h1") == ["Island ferry sails again after 41 days"] * 2
    assert texts(tree, "//header/p") == [newsroom.DISCLOSURE, "By Mara Lindqvist and Tom Okafor", "The Harbour Post"]
    assert texts(tree, "//main/h2") == ["Two sailings a day", "What it costs"]
    assert texts(tree, "//main/blockquote/p")[0].startswith("“We had parcels")
    assert texts(tree, "//main/ul/li/p") == [
        "Adults pay €9, children under 12 sail free.",
        "Cars up to 5 metres cost €31.",
    ]
    assert texts(tree, "//main/p")[-1:] == ["Correction: an earlier version gave the wrong length of the ferry."]
    assert tree.xpath("//header//a/@href") == ["https://harbour.example/news/ferry-1"]
    # Podcast apps take a `time` and the element after it, and skip what has none.
    times = tree.xpath("//time")
    assert all(time.getnext() is not None for time in times)
    said = " ".join(" ".join(time.getnext().text_content().split()) for time in times)
    assert said == " ".join(timed.segment.written for timed in recording.segments)


def test_times_are_those_of_the_recording(tmp_path):
    tree, _, recording = page(tmp_path)
    starts = [time.get("datetime") for time in tree.xpath("//time")]
    assert starts[:3] == [f"PT{timed.start:.3f}S" for timed in recording.segments[:3]]
    assert texts(tree, "//time")[:2] == ["0:00", "0:02"]


def test_it_needs_nothing_else(tmp_path):
    tree, data, _ = page(tmp_path)
    assert not tree.xpath("//script | //img | //iframe | //link[@rel!='canonical'] | //@*[starts-with(name(), 'on')]")
    assert b"url(" not in data


def test_hostile_words_stay_words(tmp_path):
    title = f"{newsroom.HOSTILE} \x00\x1f\ud800\uffff\U0001ffff"
    item = newsroom.article(title=title, site='"><b>', url='https://a.example/"onclick="x', language='en"x')
    tree, _, _ = page(tmp_path, item)
    assert not tree.xpath("//script | //b | //*[@onclick]")
    assert texts(tree, "//h1")[0] == newsroom.HOSTILE
    assert tree.xpath("//header//a/@href") == ["https://a.example/%22onclick=%22x"]
    assert not page(tmp_path, newsroom.article(url="javascript:alert(1)"))[0].xpath("//a | //link")


def test_a_line_that_is_not_spoken_is_shown_in_its_own_language(tmp_path):
    item = newsroom.article(language="ar")
    line = Disclosed("Read by a machine.", "en")
    tree, _, _ = page(tmp_path, item, line=line, script=newsroom.script_of(item, disclosure=""))
    (shown,) = tree.xpath("//header/p[@lang]")
    assert (shown.text, shown.get("lang"), shown.get("dir")) == ("Read by a machine.", "en", "ltr")
    assert tree.get("dir") == "rtl"


def test_sentences_that_follow_without_a_space_stay_so(tmp_path):
    item = newsroom.article(language="zh", blocks=(Block(BlockKind.PARAGRAPH, "渡轮周一启航。无人受伤。"),))
    script = newsroom.script_of(item)
    whole = script.segments[-1]
    parts = (replace(whole, written="渡轮周一启航。"), replace(whole, id="s9999", written="无人受伤。", offset=7))
    tree, _, _ = page(tmp_path, item, script=replace(script, segments=(*script.segments[:-1], *parts)))
    assert texts(tree, "//main/p") == [item.blocks[0].text]


def test_other_languages_within_a_sentence_are_marked(tmp_path):
    script = newsroom.script_of(newsroom.article())
    at = script.segments[1].written.index("ferry")
    turned = replace(script.segments[1], switches=(Switch(at, at + 5, "fr"),))
    script = replace(script, segments=(script.segments[0], turned, *script.segments[2:]))
    tree, _, _ = page(tmp_path, script=script)
    assert texts(tree, "//h1/span[@lang='fr']") == ["ferry"]
    assert texts(tree, "//h1") == ["Island ferry sails again after 41 days"]


def test_headings_leave_no_level_out(tmp_path):
    blocks = tuple(
        block
        for level in (4, 6, 1, 3)
        for block in (
            Block(BlockKind.HEADING, f"Of level {level}", level),
            Block(BlockKind.PARAGRAPH, f"Words for {level}"),
        )
    )
    tree, _, _ = page(tmp_path, newsroom.article(blocks=blocks))
    assert [found.tag for found in tree.xpath("//main/*[starts-with(name(), 'h')]")] == ["h2", "h3", "h2", "h3"]


def test_without_headline_and_facts_it_is_still_a_page(tmp_path):
    item = newsroom.article(url="", site="", authors=(), aliases=("path:x",))
    script = newsroom.script_of(item, disclosure="")
    script = replace(script, segments=tuple(one for one in script.segments if one.role is not Role.HEADLINE))
    script = replace(script, chapters=script.chapters[:1])
    tree, _, _ = page(tmp_path, item, line=Disclosed(), script=script)
    assert texts(tree, "//header/*") == [item.title]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text.replace("ferry", "fairy"), "is missing"),
        (lambda text: text.replace("with AI assistance", ""), "disclosure"),
        (lambda text: text.replace("</body>", "<script></script></body>"), "script"),
    ],
)
def test_a_page_that_says_something_else_is_found(library, read_json, damage, told):
    episode = newsroom.publish(library, newsroom.article())
    path, document = episode.folder / "transcript.html", read_json(episode.folder / "episode.json")
    assert list(page_findings(path, document)) == []
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    assert any(told in finding.what for finding in page_findings(path, document))
