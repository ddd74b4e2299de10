"""The player as listeners use it, in a real Chromium."""

from __future__ import annotations

import json

import pytest
from playerstage import Stage, paused, seconds, seek, told, wait_told

import newsroom


@pytest.fixture
def stage(tmp_path, show_folder, serving, browser):
    stage = Stage(tmp_path, next(show_folder.glob("episodes/island-*")), serving, browser)
    yield stage
    stage.close()


def button(page, name: str):
    return page.locator("article-audio .player").get_by_role("button", name=name, exact=True)


def current(page, panel: str) -> str:
    return page.locator(f"article-audio .{panel} [aria-current]").inner_text()


def test_a_plain_player_inside_works_without_scripts(stage):
    inside = f'<audio controls preload="metadata" src="{stage.audio}"></audio>'
    page = stage.open(inside=inside, ready=False, java_script_enabled=False)
    box = page.locator("audio").bounding_box()
    assert box["width"] > 250
    assert box["height"] >= 40


def test_the_plain_player_is_taken_over_not_replaced(stage):
    inside = f'<audio controls id="mine" preload="metadata" src="{stage.audio}"></audio>'
    page = stage.open(inside=inside)
    assert page.evaluate("document.querySelector('article-audio').audio === document.querySelector('#mine')")
    assert page.locator("audio").count() == 1
    assert not page.locator("audio").is_visible(), "its own controls are not shown beside ours"
    assert page.locator("article-audio .player").is_visible()


def test_it_plays_and_pauses(stage):
    page = stage.open()
    assert paused(page)
    button(page, "Listen to this article").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0.2")
    button(page, "Pause").click()
    assert paused(page)
    button(page, "Listen to this article").wait_for()
    page.wait_for_function("told.some(({ name }) => name === 'pause')")
    assert page.evaluate("told[0].name") == "ready"


def test_it_goes_back_and_forward(stage):
    page = stage.open()
    seek(page, 20)
    button(page, "+15").click()
    assert seconds(page) == pytest.approx(35, abs=0.05)
    button(page, "−15").click()
    button(page, "−15").click()
    button(page, "−15").click()
    assert seconds(page) == 0
    assert paused(page)


def test_the_scrubber_says_where_it_is_and_goes_where_it_is_put(stage):
    page = stage.open()
    scrubber = page.get_by_role("slider", name="Audio")
    total = page.locator("article-audio .total").inner_text()
    seek(page, 21)
    page.wait_for_function("told.some(({ name }) => name === 'seek')")
    assert scrubber.get_attribute("aria-valuetext") == f"0:21 / {total}"
    scrubber.fill("42")
    assert seconds(page) == pytest.approx(42, abs=0.05)
    assert page.locator("article-audio .now").first.inner_text() == "0:42"
    places = page.eval_on_selector_all(
        "article-audio .chapter-mark", "all => all.map((one) => parseFloat(one.style.insetInlineStart))"
    )
    duration = stage.document["audio"]["duration"]
    assert places == pytest.approx([one["start"] / duration * 100 for one in stage.document["chapters"][1:]], abs=0.3)


def test_chapters_are_listed_marked_and_played(stage):
    page = stage.open()
    assert not page.locator("article-audio .list").first.is_visible()
    button(page, "Chapters").click()
    assert button(page, "Chapters").get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="What it costs").click()
    page.wait_for_function("!document.querySelector('audio').paused")
    assert 44 <= seconds(page) < 50
    assert wait_told(page, "chapter")[-1]["title"] == "What it costs"
    assert "What it costs" in current(page, "panel:not([hidden])")
    button(page, "Chapters").click()
    assert not page.locator("article-audio .list").first.is_visible()


def test_the_speed_is_chosen_and_kept_for_the_next_episode(stage):
    other = stage.episode(id="another", title="Another")
    page = stage.open()
    speed = page.get_by_label("Speed")
    assert speed.locator("option").all_inner_texts() == ["0.75×", "1×", "1.25×", "1.5×", "1.75×", "2×"]
    speed.select_option("1.5×")
    assert wait_told(page, "speed")[-1]["speed"] == 1.5
    page.evaluate("src => document.querySelector('article-audio').setAttribute('src', src)", other)
    wait_told(page, "ready", 2)
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    assert page.get_by_label("Speed").input_value() == "1.5"


def test_the_volume_is_set_and_the_sound_turned_off(stage):
    page = stage.open()
    page.get_by_role("slider", name="Volume").fill("0.5")
    assert page.evaluate("document.querySelector('audio').volume") == 0.5
    button(page, "Volume").click()
    assert page.evaluate("document.querySelector('audio').muted")
    page.wait_for_selector("article-audio .mute[aria-pressed='false']")
    button(page, "Volume").click()
    assert not page.evaluate("document.querySelector('audio').muted")


def test_the_file_can_be_fetched_unless_the_house_says_no(stage):
    page = stage.open()
    assert page.get_by_role("link", name="Download").get_attribute("href") == stage.address + stage.audio
    page.evaluate("document.querySelector('article-audio').setAttribute('downloads', 'off')")
    wait_told(page, "ready", 2)
    assert page.get_by_role("link", name="Download").count() == 0


def test_a_moment_is_shared_and_found_again(stage):
    page = stage.open(permissions=["clipboard-read", "clipboard-write"])
    seek(page, 30.6)
    button(page, "Share").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.endsWith('#t=30'))")
    link = page.evaluate("navigator.clipboard.readText()")
    assert told(page, "share")[0]["href"] == link
    assert link in page.get_by_role("status").inner_text()
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("article-audio[data-ready]")
    page.wait_for_function("document.querySelector('audio').currentTime === 30")


@pytest.mark.parametrize(
    ("hash_", "start"), [("#t=12.5", 12.5), ("#t=0:42", 42), ("#t=1:2:3", None), ("#t=x", 0), ("#top", 0)]
)
def test_the_address_of_the_page_names_a_time(stage, hash_, start):
    page = stage.open(address=hash_)
    wanted = page.evaluate("document.querySelector('audio').duration") if start is None else start
    assert seconds(page) == pytest.approx(wanted, abs=0.1)
    assert paused(page)


def test_only_the_first_player_of_a_page_goes_by_its_address(stage):
    page = stage.page(stage.player() + stage.player(), address="#t=12")
    page.wait_for_function("told.filter(({ name }) => name === 'ready').length === 2")
    assert page.evaluate("[...document.querySelectorAll('audio')].map((one) => one.currentTime)") == [12, 0]
    page.evaluate("location.hash = 't=20'")
    page.wait_for_function("document.querySelector('audio').currentTime >= 20")


def test_one_player_at_a_time_is_heard(stage):
    page = stage.page(stage.player() + stage.player())
    page.wait_for_function("told.filter(({ name }) => name === 'ready').length === 2")
    for at in (0, 1):
        page.locator("article-audio .player .play").nth(at).click()
        page.wait_for_function(
            "at => [...document.querySelectorAll('audio')].every((one, i) => one.paused === (i !== at))", arg=at
        )


def test_nothing_is_kept_unless_the_house_says_so(stage):
    page = stage.open()
    seek(page, 30)
    page.get_by_label("Speed").select_option("2×")
    button(page, "Listen to this article").click()
    button(page, "Pause").click()
    page.reload()
    page.wait_for_selector("article-audio[data-ready]")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    assert seconds(page) == 0


def test_with_consent_one_goes_on_where_one_left(stage):
    page = stage.open('remember="on"')
    seek(page, 30)
    page.get_by_label("Speed").select_option("1.25×")
    page.reload()
    page.wait_for_function("document.querySelector('audio')?.currentTime >= 30")
    assert seconds(page) == pytest.approx(30, abs=0.5)
    assert page.get_by_label("Speed").input_value() == "1.25"
    seek(page, stage.document["audio"]["duration"] - 3)
    page.reload()
    page.wait_for_selector("article-audio[data-ready]")
    assert seconds(page) == 0, "who has heard it all starts again"


@pytest.mark.parametrize(
    "kept", ["nonsense", "null", '{"speed": 99, "places": {}}', '{"places": [null, {"id": 1}], "speed": "x"}']
)
def test_what_is_kept_may_be_anything(stage, kept):
    page = stage.open('remember="on"')
    page.evaluate("kept => localStorage.setItem('article-audio', kept)", kept)
    page.goto("about:blank")
    page.go_back()
    page.wait_for_selector("article-audio[data-ready]")
    assert page.evaluate("document.querySelector('audio').playbackRate") in {1, 2}


def test_a_small_bar_stays_in_view(stage):
    page = stage.open("mini", below='<div style="height: 3000px"></div>')
    bar = page.locator("article-audio .mini")
    page.mouse.wheel(0, 2000)
    page.wait_for_function("scrollY > 1000")
    assert not bar.is_visible(), "nothing plays yet"
    page.evaluate("scrollTo(0, 0)")
    button(page, "Listen to this article").click()
    assert not bar.is_visible(), "the player itself is in view"
    page.evaluate("scrollTo(0, 2000)")
    bar.wait_for()
    assert bar.get_by_title(newsroom.DISCLOSURE).inner_text() == "AI"
    bar.get_by_role("button", name="Pause").click()
    bar.get_by_role("button", name="Listen to this article").click()
    bar.get_by_role("button", name="Close").click()
    assert not bar.is_visible()
    assert not paused(page), "closing the bar is no pause"


def test_more_episodes_follow(stage):
    second = stage.episode(id="second", title="The second")
    entries = [
        {"title": "First", "src": f"{stage.story}/episode.json", "duration": 55},
        {"title": "The second", "src": second},
    ]
    entries += [{"title": "Evil", "src": "javascript:alert(1)"}, None, {"title": "No address"}]
    stage.put("playlist.json", json.dumps({"episodes": entries}))
    page = stage.open('playlist="playlist.json"', address="#t=3")
    button(page, "Playlist").click()
    assert page.locator("article-audio .role-episode").count() == 2
    assert page.get_by_role("checkbox", name="Autoplay").is_checked()
    assert "First" in current(page, "panel:not([hidden])")
    button(page, "Listen to this article").click()
    seek(page, stage.document["audio"]["duration"] - 0.4)
    assert wait_told(page, "next")[0]["src"] == stage.address + second
    page.wait_for_function("document.querySelector('article-audio').episode.id === 'second'")
    page.wait_for_function("!document.querySelector('audio').paused")
    assert seconds(page) < 3, "the address names a time in the first one"
    assert "The second" in current(page, "panel:not([hidden])")
    page.locator("article-audio .role-episode").first.click()
    page.wait_for_function("told.filter(({ name }) => name === 'ready').length === 3")
    assert page.locator("article-audio .player .title").inner_text() == stage.document["title"]


def test_the_transcript_is_read_searched_and_played(stage):
    page = stage.open()
    button(page, "Transcript").click()
    seek(page, 24)
    page.wait_for_selector("article-audio .panel:not([hidden]) [aria-current]")
    rows = page.locator("article-audio .panel:not([hidden]) .row")
    assert rows.count() == len(stage.document["segments"])
    assert "Nobody was hurt" in current(page, "panel:not([hidden])")
    search = page.get_by_role("searchbox", name="Search")
    search.fill("FERRY")
    hits = page.locator("article-audio .hit").all_inner_texts()
    assert len(hits) == sum("ferry" in one["written"].lower() for one in stage.document["segments"]) > 1
    assert page.locator("article-audio .count").inner_text() == f"1 / {len(hits)}"
    search.press("Enter")
    page.get_by_role("button", name="Search ↓").click()
    assert page.locator("article-audio .count").inner_text() == f"3 / {len(hits)}"
    assert page.locator("article-audio .found").inner_text() == hits[2]
    search.fill("nowhere")
    assert page.locator("article-audio .count").inner_text() == "0 / 0"
    search.fill("")
    assert page.locator("article-audio .count").inner_text() == ""
    rows.filter(has_text="Cars up to 5 metres").click()
    page.wait_for_function("!document.querySelector('audio').paused")
    assert 48.8 <= seconds(page) < 54


def test_keys_work_in_the_player_and_nowhere_else(stage):
    page = stage.open(below='<input aria-label="Comment">')
    page.get_by_label("Comment").focus()
    page.keyboard.type("k jm")
    assert page.get_by_label("Comment").input_value() == "k jm"
    assert paused(page)
    button(page, "Share").focus()
    for key, expected in (("l", 15), ("ArrowRight", 20), ("ArrowLeft", 15), ("j", 0), ("End", None), ("Home", 0)):
        page.keyboard.press(key)
        wanted = page.evaluate("document.querySelector('audio').duration") if expected is None else expected
        assert seconds(page) == pytest.approx(wanted, abs=0.2), key
    page.keyboard.press("m")
    assert page.evaluate("document.querySelector('audio').muted")
    page.get_by_role("slider", name="Audio").focus()
    page.keyboard.press("Space")
    page.wait_for_function("!document.querySelector('audio').paused")
    page.keyboard.press("k")
    assert paused(page)
    button(page, "Listen to this article").focus()
    page.keyboard.press("Space")
    assert not paused(page), "the space bar presses a button once"
    button(page, "Transcript").click()
    page.get_by_role("searchbox").press_sequentially("k jm")
    assert page.get_by_role("searchbox").input_value() == "k jm"
    assert not paused(page)
    page.keyboard.press("Control+k")
    assert not paused(page)


def test_the_file_is_offered_and_the_article_stays(stage):
    page = stage.open()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == stage.document["audio"]["file"]
    assert wait_told(page, "download")
    elsewhere = stage.document["audio"] | {"file": stage.address.replace("127.0.0.1", "localhost") + stage.audio}
    page = stage.open(src=stage.episode(audio=elsewhere))
    with page.expect_popup():
        page.get_by_role("link", name="Download").click()
    assert page.locator("article-audio .player").is_visible()


def test_lock_screens_show_the_title(stage):
    page = stage.open()
    page.evaluate(
        "window.acts = []; navigator.mediaSession.setActionHandler = (name, act) => acts.push([name, Boolean(act)]); 0"
    )
    button(page, "Listen to this article").click()
    page.wait_for_function("acts.length === 4")
    assert page.evaluate("navigator.mediaSession.metadata.title") == stage.document["title"]
    assert page.evaluate("navigator.mediaSession.metadata.artist") == "Mara Lindqvist, Tom Okafor"
    assert page.evaluate("navigator.mediaSession.metadata.artwork") == [], "a picture would be a call to elsewhere"
    acts = [["seekbackward", True], ["seekforward", True], ["seekto", True], ["nexttrack", False]]
    assert page.evaluate("acts") == acts


def test_how_the_audio_is_made_is_always_told(stage):
    voice = {"name": "x", "engine": "y", "attribution": "Voice: Ada, CC BY 4.0"}
    page = stage.open("compact", src=stage.episode(voice=voice))
    assert page.get_by_text(newsroom.DISCLOSURE).first.is_visible()
    assert page.get_by_text("Voice: Ada, CC BY 4.0").is_visible()


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en-GB", "Chapters"),
        ("uk", "Розділи"),
        ("de", "Kapitel"),
        ("fr", "Chapitres"),
        ("es", "Capítulos"),
        ("pl", "Rozdziały"),
        ("xx", "Chapters"),
        ("", "Chapters"),
    ],
)
def test_it_speaks_the_language_of_the_page(stage, language, label):
    page = stage.open(root=f'lang="{language}"')
    assert button(page, label).is_visible()
    labels = page.evaluate("Object.values(document.querySelector('article-audio').labels)")
    assert len(set(labels)) == len(labels) == 13
    assert all(labels)


def test_quarters_are_told_once_and_in_order(stage):
    page = stage.open()
    page.get_by_label("Speed").select_option("2×")
    button(page, "Listen to this article").click()
    for to in (14, 40, 10, stage.document["audio"]["duration"] - 0.5):
        seek(page, to)
        page.wait_for_timeout(300)
    wait_told(page, "ended")
    progress = wait_told(page, "progress", 4)
    assert [one["percent"] for one in progress] == [25, 50, 75, 100]
    assert len(told(page, "ended")) == 1
    assert {one["id"] for one in page.evaluate("told")} == {stage.document["id"]}
    assert all(one["duration"] > 50 for one in page.evaluate("told"))
