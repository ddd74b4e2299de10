"""What listeners touch, in a real Chromium."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import newsroom

LIT = "[...(CSS.highlights.get('article-audio-sentence') ?? [])].map(String).join(' ')"
"""The sentence that is lit on the page."""
CHAPTER = '.chapters [aria-current="true"]'


@pytest.fixture(scope="session")
def story(show_folder) -> Path:
    return next(show_folder.glob("episodes/island-*"))


@pytest.fixture
def opened(page, address, story):
    page.goto(f"{address}episodes/{story.name}/")
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    return page


def seconds(page) -> float:
    return page.evaluate("document.querySelector('audio').currentTime")


def seek(page, to: float) -> None:
    page.evaluate("to => { document.querySelector('audio').currentTime = to }", to)


def wait_lit(page, text: str) -> None:
    """Until that sentence is lit, and no other."""
    page.wait_for_function(f"text => {LIT} === text", arg=text)


def test_the_browser_hears_as_much_as_the_document_says(opened, story):
    said = json.loads((story / "episode.json").read_text("utf-8"))["audio"]["duration"]
    assert opened.evaluate("document.querySelector('audio').duration") == pytest.approx(said, abs=0.06)


def test_a_chapter_plays_from_its_start(opened):
    opened.get_by_role("link", name="Two sailings a day").click()
    opened.wait_for_function("!document.querySelector('audio').paused")
    assert 27.9 <= seconds(opened) < 40
    opened.wait_for_selector(CHAPTER)
    assert opened.inner_text(CHAPTER).startswith("Two sailings a day")
    assert opened.url.endswith("/"), "the link itself is not followed"


def test_a_sentence_plays_from_its_start(opened):
    opened.locator("#s0012").click()
    opened.wait_for_function("!document.querySelector('audio').paused")
    assert 48.8 <= seconds(opened) < 54
    wait_lit(opened, "Cars up to 5 metres cost €31.")


def test_times_can_be_reached_by_keyboard(opened):
    opened.get_by_label("Play from 0:08").focus()
    opened.keyboard.press("Enter")
    opened.wait_for_function("!document.querySelector('audio').paused")
    assert 8.1 <= seconds(opened) < 20


def test_what_is_heard_is_marked_and_nothing_else(opened):
    for to, segment in ((3.0, "s0002"), (24.0, "s0006"), (54.0, "s0013"), (9.0, "s0004")):
        seek(opened, to)
        wait_lit(opened, opened.locator(f"#{segment}").inner_text())


def test_marking_follows_the_sound(opened):
    seek(opened, 27.5)
    opened.evaluate("document.querySelector('audio').play()")
    wait_lit(opened, opened.locator("#s0007").inner_text())
    wait_lit(opened, opened.locator("#s0008").inner_text())
    assert seconds(opened) >= 28


def test_selecting_text_does_not_play(opened):
    box = opened.locator("#s0006").bounding_box()
    opened.mouse.move(box["x"] + 20, box["y"] + 12)
    opened.mouse.down()
    opened.mouse.move(box["x"] + 160, box["y"] + 12)
    opened.mouse.up()
    assert opened.evaluate("String(getSelection())")
    assert opened.evaluate("document.querySelector('audio').paused")


def test_an_address_can_name_a_time(page, address, story):
    page.goto(f"{address}episodes/{story.name}/index.html#t=30.5")
    wait_lit(page, page.locator("#s0008").inner_text())
    assert seconds(page) == pytest.approx(30.5, abs=0.05)


def test_without_scripts_everything_can_be_read_and_played(browser, address, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}episodes/{story.name}/")
    box = page.locator("audio").bounding_box()
    assert box["width"] > 250
    assert box["height"] >= 50
    assert page.get_by_text("Cars up to 5 metres cost €31.").is_visible()
    assert page.get_by_role("link", name="Two sailings a day").get_attribute("href").endswith(".mp3#t=27.95")
    context.close()


def test_the_site_works_straight_from_the_disk(page, show_folder):
    page.goto((show_folder / "index.html").as_uri())
    page.get_by_role("link", name=newsroom.article().title).click()
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    page.get_by_role("link", name="What it costs").click()
    page.wait_for_function("!document.querySelector('audio').paused")
    assert 44 <= seconds(page) < 55


def test_the_site_works_from_a_sub_path(page, serving, show_folder, tmp_path):
    shutil.copytree(show_folder, tmp_path / "a" / "b")
    (tmp_path / "index.html").write_text("<title>Host</title>")
    page.goto(f"{serving(tmp_path)}a/b/")
    failed = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.get_by_role("link", name=newsroom.article().title).click()
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    assert failed == []


def test_nothing_is_wider_than_the_screen(page, address, show_folder):
    for path in ("", *(f"episodes/{folder.name}/" for folder in (show_folder / "episodes").iterdir())):
        page.goto(address + path)
        for width in (320, 390, 800, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_player_stays_in_view(opened):
    opened.emulate_media(reduced_motion="reduce")  # else the page is still on its way when it is measured
    opened.locator("article-audio .player .play").click()
    for width, part, segment in ((390, "mini", "s0012"), (1280, "player", "s0004")):
        opened.set_viewport_size({"width": width, "height": 700})
        opened.evaluate("id => document.getElementById(id).scrollIntoView()", segment)
        opened.locator(f"article-audio .{part}").wait_for()
        box = opened.locator(f"article-audio .{part}").bounding_box()
        assert 0 <= box["y"] < 700, width


def test_a_hostile_title_runs_nothing(page, address, show_folder):
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.goto(address)
    assert page.get_by_role("heading", name="<script>alert(1)").is_visible()
    page.get_by_role("link", name="<script>alert(1)").click()
    assert page.inner_text("h1") == newsroom.HOSTILE
