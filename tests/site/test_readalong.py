"""Read-along: what is spoken is found on the publisher's page, lit word by word, and plays from a click."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import newsroom
from articleaudio.model import Block, BlockKind
from articleaudio.publish.library import Library
from articleaudio.site import build_site

WORDS = "[...CSS.highlights.get('article-audio-word')].map(String)"
SENTENCES = "[...CSS.highlights.get('article-audio-sentence')].map(String)"
SPY = """
window.told = [];
addEventListener("article-audio", ({ detail }) => { if (detail.name === "matched") told.push(detail); });
"""


class Bench:
    """Pages with a player that is bound to them, made from paragraphs; each keeps its innerHTML to compare with."""

    def __init__(self, folder: Path, address: str, browser):
        self.folder, self.address = folder, address
        self.number = 0
        self.context = browser.new_context(viewport={"width": 900, "height": 700})
        self.context.route(lambda url: not url.startswith(address), lambda route: route.abort())
        self.faults: list[str] = []

    def publish(self, blocks, **facts) -> dict:
        """An episode of some paragraphs."""
        self.number += 1
        kinds = [one if isinstance(one, Block) else Block(BlockKind.PARAGRAPH, one) for one in blocks]
        item = newsroom.article(self.number, blocks=tuple(kinds), **{"title": "Headline", "dek": ""} | facts)
        library = Library(self.folder / str(self.number), self.folder / "state" / str(self.number))
        newsroom.publish(library, item)
        (path,) = library.out.glob("episodes/*/episode.json")
        self.source = path.relative_to(self.folder).as_posix()
        return json.loads(path.read_text("utf-8"))

    def open(self, body: str, *, bind: str = "body", attributes: str = ""):
        """A page with this body and the player of the episode published last."""
        player = f'<article-audio src="{self.source}" bind="{html.escape(bind)}" {attributes}></article-audio>'
        text = f'<!DOCTYPE html><meta charset="utf-8"><title>Page</title><body>{player}{body}'
        return self.show(text + '<script src="article-audio.js"></script>')

    def show(self, text: str):
        """A page of its own, once the player has said how much of it is matched."""
        self.number += 1
        name = f"page-{self.number}.html"
        (self.folder / name).write_text(text, "utf-8")
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.add_init_script(SPY)
        page.goto(self.address + name)
        page.wait_for_function("told.length")
        return page


@pytest.fixture(scope="module")
def grounds(serving, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    library = Library(folder, folder / "state" / "0")
    build_site(library.out, newsroom.SHOW, on_warning=lambda text: None)
    return folder, serving(folder)


@pytest.fixture
def bench(grounds, browser, tmp_path):
    folder, address = grounds
    bench = Bench(folder, address, browser)
    bench.number = len(list(folder.glob("page-*.html"))) * 100
    yield bench
    bench.context.close()
    assert bench.faults == []


def told(page) -> tuple[int, int]:
    """What was said last of how much is matched."""
    last = page.evaluate("told.at(-1)")
    return last["matched"], last["of"]


def middle(episode: dict, word: str, occurrence: int = 0) -> float:
    """A time at which a word is being said."""
    times = [
        (start + end) / 2
        for segment in episode["segments"]
        for start, end, first, last in segment["words"]
        if utf16(segment["written"], first, last) == word
    ]
    return times[occurrence]


def utf16(text: str, first: int, last: int) -> str:
    return text.encode("utf-16-le")[first * 2 : last * 2].decode("utf-16-le")


def seek(page, time: float) -> None:
    page.evaluate(
        """time => new Promise((done) => {
          const { audio } = document.querySelector("article-audio");
          const next = () => requestAnimationFrame(() => requestAnimationFrame(done));
          audio.addEventListener("seeked", next, { once: true });
          audio.currentTime = time;
        })""",
        time,
    )


def lit(page, episode, word, occurrence=0) -> tuple[list[str], list[str]]:
    """Texts lit as word and as sentence while a word is being said."""
    seek(page, middle(episode, word, occurrence))
    return page.evaluate(WORDS), page.evaluate(SENTENCES)


def where(page, name="word") -> str:
    """The id of the element around what is lit."""
    return page.evaluate(
        f"""[...CSS.highlights.get('article-audio-{name}')].map((range) =>
          (range.startContainer.nodeType === 3 ? range.startContainer.parentElement : range.startContainer)
            .closest('[id]').id).join()"""
    )


PLAIN = ("The ferry sails again on Monday.", "Nobody was hurt. The work cost 15,000 euros.")


def test_the_word_and_the_sentence_are_lit(bench):
    episode = bench.publish(PLAIN)
    page = bench.open("".join(f"<p>{text}</p>" for text in PLAIN))
    assert told(page) == (2, 2)
    assert lit(page, episode, "sails") == (["sails"], ["The ferry sails again on Monday."])
    assert lit(page, episode, "hurt") == (["hurt"], ["Nobody was hurt."])
    assert lit(page, episode, "15,000") == (["15,000"], ["The work cost 15,000 euros."])


def test_every_word_is_lit_in_its_turn(bench):
    episode = bench.publish([text for _, text in newsroom.BODY])
    page = bench.open("".join(f"<p>{text}</p>" for _, text in newsroom.BODY))
    for segment in episode["segments"]:
        if segment["block"] is None:
            continue
        for start, end, first, last in segment["words"]:
            seek(page, (start + end) / 2)
            assert page.evaluate(WORDS) == [utf16(segment["written"], first, last)]


def test_what_is_no_longer_lit_leaves_together_with_its_block(bench):
    """WebKit paints anew only what is taken out of a highlight, and of lines no more than the letters."""
    episode = bench.publish(PLAIN)
    page = bench.open("".join(f"<p id=p{at}><span><b>{text}</b></span></p>" for at, text in enumerate(PLAIN)))
    lit(page, episode, "hurt")
    page.evaluate(
        """window.left = ["word", "sentence"].map((name) => {
          const highlight = CSS.highlights.get(`article-audio-${name}`);
          return [highlight, [...highlight][0]];
        })"""
    )
    assert lit(page, episode, "sails") == (["sails"], [PLAIN[0]])
    out = "left.map(([highlight, range]) => [highlight.has(range), range.commonAncestorContainer.id])"
    assert page.evaluate(out) == [[False, "p1"]] * 2


def test_between_two_steps_of_a_coarse_clock_the_sound_goes_on(bench):
    """Firefox tells where the sound is every 40 ms, and not every frame."""
    episode = bench.publish(PLAIN)
    page = bench.open("".join(f"<p>{text}</p>" for text in PLAIN))
    (sails,) = (
        word
        for segment in episode["segments"]
        for word in segment["words"]
        if word[0] < middle(episode, "sails") < word[1]
    )
    lit(page, episode, "ferry")
    page.evaluate(
        """async (time) => {
          const { audio } = document.querySelector("article-audio");
          await audio.play();
          Object.defineProperty(audio, "currentTime", { get: () => time, set() {} });
        }""",
        sails[0] - 0.03,
    )
    page.wait_for_function(f"{WORDS}.join() === 'sails'")


def test_the_page_is_never_changed(bench):
    episode = bench.publish(PLAIN)
    page = bench.open("<main>" + "".join(f"<p>{text} <b>x</b></p>" for text in PLAIN) + "</main>", bind="main")
    read = "[document.querySelector('main').outerHTML, document.documentElement.outerHTML.length]"
    before = page.evaluate(read)
    lit(page, episode, "hurt")
    page.mouse.click(*on(page, "Nobody"))
    page.wait_for_function("!document.querySelector('article-audio').audio.paused")
    lit(page, episode, "sails")
    assert page.evaluate(read) == before


FORMS = {
    "no-break spaces": "Nobody\u00a0was hurt.\u202f The work cost\u2009 15,000 euros.",
    "taken apart": "Café Zoë: das Ärgernis über Nacht, 15,000 mal.",
    "soft hyphens and zero widths": "No\u00adbo\u00addy was\u200b hurt. The w\u200dork cost 15,\ufeff000 eu\u2060ros.",
    "curly quotes": "“It’s over,” she said; ‘nobody’ lost more than 15,000 euros… – so far.",
    "ligatures": "The ﬁrst oﬃcer took 15,000 euros oﬀ the bill.",
    "emoji": "Tickets 🚢🇺🇦 15,000 👩‍👩‍👧 of them",
    "signs": "It rose 5% to $15,000 (£9,000) & more, at 3°C.",
}


def reform(name: str, text: str) -> str:
    """The same text as a page may have it."""
    if name == "taken apart":
        return unicodedata.normalize("NFD", text)
    if name in {"no-break spaces", "soft hyphens and zero widths"}:
        return re.sub("[\u00ad\u200b\u200d\ufeff\u2060]", "", re.sub(r"[\u00a0\u202f\u2009 ]+", " ", text))
    return (
        text.translate(str.maketrans("“”‘’…–ﬁ", "\"\"''.-ﬁ")).replace("ﬁ", "fi").replace("ﬃ", "ffi").replace("ﬀ", "ff")
    )


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("swapped", [False, True], ids=["page", "audio"])
def test_other_forms_of_a_text_are_the_same_text(bench, name, swapped):
    spoken, shown = reform(name, FORMS[name]), FORMS[name]
    if swapped:
        spoken, shown = shown, spoken
    episode = bench.publish(["Before it.", spoken])
    page = bench.open(f"<p>Before it.</p><p id=it>{html.escape(shown)}</p>")
    assert told(page) == (2, 2)
    segment = episode["segments"][-1]
    for start, end, first, last in segment["words"]:
        seek(page, (start + end) / 2)
        assert [plain(word) for word in page.evaluate(WORDS)] == [plain(utf16(segment["written"], first, last))]
        assert where(page) == "it"


def plain(text: str) -> str:
    """What a text says, whatever its form."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text))


def test_signs_around_a_word_are_lit_as_written(bench):
    episode = bench.publish(["He paid $1.75 at 6 p.m. and left 🚢 40% (of €31) behind."])
    item = "He paid $1.75 at 6 p.m. and left 🚢 40% (of €31) behind."
    page = bench.open(f"<p>{item}</p>")
    for word in ("1.75", "p.m", "40", "of", "31"):
        assert lit(page, episode, word) == ([word], [item])


MARKUP = """<h1 id=title>Island ferry sails again after 41 days</h1>
<p id=a><span style="float:left;font-size:3em">N</span>obody was <a href="#x">hu<b>r</b>t</a>,<br>said&nbsp;the
  <em>harbour</em> office.<sup><a href="#n1">1</a></sup> The work cost <strong>15,000</strong>&#8203; eu<i>ros</i>,
  it<sup>2</sup> added.</p>
<figure><img alt=""><figcaption>Nobody was there.</figcaption></figure><aside>Advertisement. The best deals!</aside>
<script>"The ferry is back."</script><noscript>The ferry is back.</noscript><template>The ferry is back.</template>
<div id=b>The ferry is back.</div>"""


def test_markup_makes_no_difference(bench):
    spoken = ["Nobody was hurt, said the harbour office. The work cost 15,000 euros, it added.", "The ferry is back."]
    episode = bench.publish(spoken, title="Island ferry sails again after 41 days")
    page = bench.open(MARKUP)
    assert told(page) == (2, 2)
    for word, text in (
        ("Nobody", "Nobody"),
        ("hurt", "hurt"),
        ("15,000", "15,000"),
        ("euros", "euros"),
        ("added", "added"),
    ):
        assert lit(page, episode, word)[0] == [text]
        assert where(page, "sentence") == "a"
    assert lit(page, episode, "back")[1] == ["The ferry is back."]
    assert where(page) == "b"
    assert lit(page, episode, "Island")[1] == ["Island ferry sails again after 41 days"]
    assert where(page) == "title"


def test_repeated_sentences_go_to_their_own_paragraph(bench):
    spoken = ["Why?", "Nobody knows.", "Because of the tide tables, which changed.", "Why?", "Nobody knows.", "Why?"]
    episode = bench.publish(spoken)
    parts = [f"<p id=p{at}>{text}</p>" for at, text in enumerate(spoken)]
    page = bench.open("<p>Nobody knows. Why?</p>" + "<aside>Nobody knew whywhy.</aside>".join(parts))
    assert told(page) == (6, 6)
    for occurrence, place in enumerate(("p0", "p3", "p5")):
        lit(page, episode, "Why", occurrence)
        assert where(page) == place
    for occurrence, place in enumerate(("p1", "p4")):
        lit(page, episode, "Nobody", occurrence)
        assert where(page) == place


def test_a_pull_quote_is_not_taken_for_the_sentence(bench):
    spoken = [
        "The ferry to the outer islands sails again.",
        "We had parcels stacked to the ceiling. Now they go. It was a long winter for all of us.",
    ]
    episode = bench.publish(spoken)
    quote = "<blockquote id=pull>We had parcels stacked to the ceiling. Now they go.</blockquote>"
    page = bench.open(f"<p id=a>{spoken[0]}</p>{quote}<p id=b>{spoken[1]}</p>")
    assert told(page) == (2, 2)
    for word in ("parcels", "Now", "winter"):
        lit(page, episode, word)
        assert where(page) == "b"


EDITED = (
    "The ferry to the outer islands will sail again on Monday, the harbour office said.",
    "Engineers replaced both shafts of the Aurora. The work cost 15,000 euros and was paid for by the county.",
    "This paragraph was taken out of the page, all of it, after the audio was made.",
    "Adults pay nine euros, children under twelve sail free of charge.",
)


def test_an_edited_page_is_matched_as_far_as_it_goes_and_says_so(bench):
    episode = bench.publish(EDITED)
    page = bench.open(
        f"<p id=a>{EDITED[0]}</p><p id=b>{EDITED[1].replace('15,000', 'about 17,000')}</p>"
        f"<p id=new>Sail free of charge, sail on Monday: the page has another paragraph now.</p><p id=d>{EDITED[3]}</p>"
    )
    assert told(page) == (2, 4), "an edited paragraph and a missing one are not whole"
    assert lit(page, episode, "Monday") == (["Monday"], [EDITED[0]])
    assert lit(page, episode, "shafts") == (["shafts"], ["Engineers replaced both shafts of the Aurora."])
    assert lit(page, episode, "county")[0] == ["county"]
    assert where(page, "sentence") == "b"
    assert lit(page, episode, "15,000")[0] == []
    assert lit(page, episode, "taken") == ([], [])
    assert lit(page, episode, "twelve") == (["twelve"], [EDITED[3]])


def test_a_page_of_something_else_is_left_alone(bench):
    episode = bench.publish(EDITED)
    page = bench.open("<p>Sign up to our newsletter. The ferry to the outer world, said the office, is late.</p>")
    assert told(page) == (0, 4)
    assert lit(page, episode, "Monday") == ([], [])


def test_late_text_and_changed_text_are_matched(bench):
    episode = bench.publish(PLAIN)
    page = bench.open("<main><p>Loading</p></main>", bind="main p")
    assert told(page) == (0, 2)
    page.evaluate("text => document.querySelector('main').innerHTML = text", f"<p>{PLAIN[0]}</p>")
    page.wait_for_function("told.at(-1).matched === 1")
    page.evaluate("text => document.querySelector('main').insertAdjacentHTML('beforeend', '<p>' + text)", PLAIN[1][:-5])
    page.wait_for_timeout(400)
    assert told(page) == (1, 2)
    page.evaluate("text => document.querySelector('p:last-child').firstChild.data = text", PLAIN[1])
    page.wait_for_function("told.at(-1).matched === 2")
    assert lit(page, episode, "15,000")[0] == ["15,000"]
    # the same text in other nodes, while it is lit
    page.evaluate("document.querySelector('main').innerHTML = document.querySelector('main').innerHTML + ' '")
    page.wait_for_function(f"String({WORDS}) === '15,000'")
    assert page.evaluate("told.length") == 3


def test_matching_comes_to_rest(bench):
    bench.publish(PLAIN)
    page = bench.open("".join(f"<p>{text}</p>" for text in PLAIN))
    page.evaluate(
        """() => {
          window.walks = 0;
          const { querySelectorAll } = Document.prototype;
          Document.prototype.querySelectorAll = function (...all) {
            walks++;
            return querySelectorAll.apply(this, all);
          };
        }"""
    )
    page.wait_for_timeout(600)
    assert page.evaluate("walks") == 0
    page.evaluate("document.body.append('more')")
    page.wait_for_timeout(900)
    assert page.evaluate("walks") == 1


def playing(page) -> bool:
    return not page.evaluate("document.querySelector('article-audio').audio.paused")


def now(page) -> float:
    return page.evaluate("document.querySelector('article-audio').audio.currentTime")


def on(page, text: str, at: float = 0.5) -> tuple[float, float]:
    """A place in the window on a text of the page."""
    return page.evaluate(
        """([text, at]) => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const start = walker.currentNode.data.indexOf(text);
            if (start < 0) continue;
            const range = new Range();
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, start + text.length);
            const box = range.getBoundingClientRect();
            return [box.x + box.width * at, box.y + box.height / 2];
          }
        }""",
        [text, at],
    )


CLICKS = (
    "Nobody was hurt. The work cost 15,000 euros.",
    "A link, a button and a field are for themselves.",
)
CLICKED = """<style>p{width:400px;margin:0 0 100px}</style><p>Nobody was hurt. The work cost <b>15,000</b> euros.</p>
<p>Advertisement</p>
<p>A <a href="#x">link</a>, a <button onclick="this.dataset.x=1">button</button> and a <label>field<input></label>
are for themselves.</p>"""


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [("Nobody", 0.05, 0), ("hurt.", 0.99, 0), ("The work", 0.02, 1), ("15,000", 0.5, 1), ("euros.", 0.99, 1)],
    ids=["first", "full stop", "second", "bold", "last"],
)
def test_a_click_plays_from_the_sentence(bench, text, at, sentence):
    episode = bench.publish(CLICKS)
    page = bench.open(CLICKED)
    page.mouse.click(*on(page, text, at))
    page.wait_for_function("!document.querySelector('article-audio').audio.paused")
    start, end = [(one["start"], one["end"]) for one in episode["segments"] if one["block"] == 0][sentence]
    assert start - 0.01 <= now(page) < end


def test_other_clicks_are_left_alone(bench):
    bench.publish(CLICKS)
    page = bench.open(CLICKED)
    for text in ("link", "button", "field", "Advertisement"):
        page.mouse.click(*on(page, text))
    x, y = on(page, "work")
    for key in ("Shift", "Control", "Alt"):
        page.keyboard.down(key)
        page.mouse.click(x, y)
        page.keyboard.up(key)
    page.evaluate("getSelection().removeAllRanges()")
    page.mouse.click(x, y + 70)
    page.mouse.click(x + 500, y)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y)
    page.mouse.up()
    assert page.evaluate("String(getSelection())")
    page.evaluate("addEventListener('click', (event) => event.preventDefault(), true)")
    page.evaluate("getSelection().removeAllRanges()")
    page.mouse.click(x, y)
    assert not playing(page)
    assert now(page) == 0
    assert page.locator("button").first.get_attribute("data-x") == "1"


def test_other_scripts_are_matched(bench):
    hebrew = ["המעבורת תצא שוב ביום שני, אחרי 41 ימים.", "הנמל פתוח."]
    episode = bench.publish(hebrew, language="he")
    page = bench.open("<div dir=rtl>" + "".join(f"<p>{text}</p>" for text in hebrew) + "</div>")
    assert told(page) == (2, 2)
    assert lit(page, episode, "ביום") == (["ביום"], [hebrew[0]])
    ukrainian = ["Пором вийде в море в понеділок, о п'ятій.", "Її їжа й інше – 1\u00a0200 ґривень."]
    episode = bench.publish(ukrainian, language="uk")
    shown = [text.replace("'", "ʼ").replace("й", "и\u0306").replace("ї", "і\u0308") for text in ukrainian]
    page = bench.open("".join(f"<p>{text}</p>" for text in shown))
    assert told(page) == (2, 2)
    assert lit(page, episode, "понеділок")[0] == ["понеділок"]
    japanese = ["フェリーは月曜日に再び運航する。", "誰もけがをしなかった。"]
    episode = bench.publish(japanese, language="ja")
    page = bench.open("".join(f"<p>{text[:5]}<b>{text[5:]}</b></p>" for text in japanese))
    assert told(page) == (2, 2)
    assert lit(page, episode, japanese[1][:-1])[1] == [japanese[1]]


def test_without_word_times_the_sentence_is_lit(bench):
    episode = bench.publish(PLAIN)
    for segment in episode["segments"]:
        segment.pop("words") if segment["block"] else segment.update(words=[])
    (bench.folder / bench.source).write_text(json.dumps(episode), "utf-8")
    page = bench.open("".join(f"<p>{text}</p>" for text in PLAIN))
    for segment in episode["segments"][-3:]:
        seek(page, segment["start"] + 0.2)
        assert (page.evaluate(WORDS), page.evaluate(SENTENCES)) == ([], [segment["written"]])


def test_a_shadow_root_is_a_page_of_its_own(bench):
    bench.publish(PLAIN)
    page = bench.open("<p>Nothing here.</p><div id=host></div>", bind=".none")
    page.evaluate(
        """text => {
          const root = document.querySelector("#host").attachShadow({ mode: "open" });
          root.innerHTML = text;
          const player = document.querySelector("article-audio").cloneNode();
          document.querySelector("article-audio").remove();
          player.setAttribute("bind", "p");
          root.append(player);
        }""",
        "".join(f"<p>{text}</p>" for text in PLAIN),
    )
    page.wait_for_function("told.at(-1).matched === 2")
    page.mouse.click(
        *page.evaluate(
            "(({ x, y, height }) => [x + 20, y + height / 2])(host.shadowRoot.children[0].getBoundingClientRect())"
        )
    )
    page.wait_for_function(
        "String([...CSS.highlights.get('article-audio-sentence')][0]) === 'The ferry sails again on Monday.'"
    )


def test_without_highlights_the_rest_works(bench):
    bench.publish(CLICKS)
    bench.context.add_init_script("delete globalThis.Highlight; delete CSS.highlights")
    page = bench.open(CLICKED)
    assert told(page) == (2, 2)
    page.mouse.click(*on(page, "15,000"))
    page.wait_for_function("!document.querySelector('article-audio').audio.paused")


@pytest.mark.parametrize("reduced", [False, True], ids=["smooth", "reduced"])
def test_what_is_spoken_is_scrolled_into_view_when_asked(bench, reduced):
    spoken = ["This is at the start of the page.", "This is at the end of the page, far below."]
    episode = bench.publish(spoken)
    page = bench.open(f"<p>{spoken[0]}</p><div style='height:4000px'></div><p>{spoken[1]}</p>", attributes="follow")
    page.emulate_media(reduced_motion="reduce" if reduced else "no-preference")
    page.evaluate(
        "() => { const { scrollBy } = window; window.scrollBy = (to) => { window.way = to.behavior; scrollBy(to) } }"
    )
    end = episode["segments"][-1]["start"]
    play = (
        "time => { const { audio } = document.querySelector('article-audio'); audio.currentTime = time; audio.play() }"
    )
    seek(page, end + 0.1)
    assert page.evaluate("scrollY") == 0, "a paused player does not scroll"
    seek(page, 0)
    page.mouse.wheel(0, 100)
    page.wait_for_function("scrollY > 0")
    page.evaluate(play, end + 0.1)
    page.wait_for_function("CSS.highlights.get('article-audio-sentence').size")
    assert page.evaluate("scrollY") == 100, "the reader has just scrolled"
    page.evaluate("document.querySelector('article-audio').audio.pause()")
    page.evaluate("Date.now = () => 1e15")
    seek(page, 0)
    page.evaluate(play, end + 0.1)
    page.wait_for_function("scrollY > 3000")
    assert page.evaluate("way") == ("instant" if reduced else "smooth")


def test_a_long_page_is_read_in_steps_that_grow_with_its_length(bench):
    """Counted where it is spent: letters looked at by searches, and runs put into tables."""
    counted = []
    bench.context.add_init_script(COUNTING)
    for many in (500, 2000):
        texts = [f"Paragraph {at} of the page. The same sentence. Number {at * 7919} is its own." for at in range(many)]
        bench.publish(["x"])
        path = bench.folder / bench.source
        episode = json.loads(path.read_text("utf-8"))
        row = episode["segments"][-1]
        episode["segments"] = [
            row | {"id": f"s{at:05}", "block": at, "written": text, "words": [], "start": at * 1e-3, "end": at * 1e-3}
            for at, text in enumerate(texts)
        ]
        path.write_text(json.dumps(episode), "utf-8")
        page = bench.open("".join(f"<p>The same sentence.</p><p>{text}</p>" for text in texts))
        assert told(page) == (many, many)
        counted.append(page.evaluate("counted"))
    assert counted[1] < 6 * counted[0]


COUNTING = """
window.counted = 0;
for (const name of ["indexOf", "lastIndexOf"]) {
  const plain = String.prototype[name];
  String.prototype[name] = function (...all) {
    const at = plain.apply(this, all);
    counted += at < 0 ? this.length : name === "indexOf" ? at : this.length - at;
    return at;
  };
}
const { set } = Map.prototype;
Map.prototype.set = function (...all) { counted++; return set.apply(this, all); };
"""


SAMPLES = Path(newsroom.__file__).parent.parent / "samples"
REAL = ("strike", "harbor", "energy-uk")


@pytest.fixture(scope="module")
def converted(grounds):
    """Three sample articles, made into episodes by the program; each with the address of its episode.json."""
    folder, _ = grounds
    sources = [SAMPLES / f"{name}.html" for name in REAL]
    command = [sys.executable, "-m", "articleaudio", "convert", *sources, "--out", folder / "real", "--json"]
    command += [
        "--config",
        SAMPLES / "articleaudio.toml",
        "--cache",
        folder / "cache",
        "--state",
        folder / "state" / "real",
    ]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    made = {}
    for path in folder.glob("real/episodes/*/episode.json"):
        episode = json.loads(path.read_text("utf-8"))
        (name,) = [name for name in REAL if html.escape(episode["title"]) in html.escape(html.unescape(page_of(name)))]
        made[name] = (path.relative_to(folder).as_posix(), episode)
    return made


def page_of(name: str) -> str:
    return (SAMPLES / f"{name}.html").read_text("utf-8")


@pytest.mark.parametrize(("name", "bind"), [(REAL[0], "body"), (REAL[1], "article"), (REAL[2], "body")])
def test_an_article_is_matched_on_the_page_it_was_read_from(bench, converted, name, bind):
    source, episode = converted[name]
    player = f'<article-audio src="{source}" bind="{bind}"></article-audio><script src="article-audio.js"></script>'
    page = bench.show(page_of(name).replace("</body>", f"{player}</body>"))
    matched, of = told(page)
    assert of == len({segment["block"] for segment in episode["segments"]} - {None})
    assert matched >= 0.95 * of
    # Every word that is lit is the word that is spoken.
    spoken = [
        (segment, word) for segment in episode["segments"] if segment["block"] is not None for word in segment["words"]
    ]
    wanted = spoken[:: max(1, len(spoken) // 40)]
    seen = page.evaluate(
        """async (times) => {
          const { audio } = document.querySelector("article-audio");
          const seen = [];
          for (const time of times) {
            await new Promise((done) => {
              audio.addEventListener("seeked", done, { once: true });
              audio.currentTime = time;
            });
            await new Promise(requestAnimationFrame);
            seen.push([...CSS.highlights.get("article-audio-word")].map(String).join());
          }
          return seen;
        }""",
        [(start + end) / 2 for _, (start, end, _, _) in wanted],
    )
    said = [plain(utf16(segment["written"], first, last)) for segment, (_, _, first, last) in wanted]
    assert [plain(text) for text in seen] == said
