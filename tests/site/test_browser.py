"""What listeners touch, in a real Chromium."""

from __future__ import annotations

import gzip
import http.server
import json
import shutil
import threading
from pathlib import Path

import pytest

import newsroom

SPEAKING = '.transcript [data-start][aria-current="true"]'
CHAPTER = '.chapters [aria-current="true"]'


@pytest.fixture
def page(browser):
    """A page that fails the test when a script fails on it."""
    context = browser.new_context()
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


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
    opened.get_by_text("Cars up to 5 metres cost €31.").click()
    opened.wait_for_function("!document.querySelector('audio').paused")
    assert 48.8 <= seconds(opened) < 54
    assert opened.get_attribute(SPEAKING, "id") == "s0012"


def test_times_can_be_reached_by_keyboard(opened):
    opened.get_by_label("Play from 0:08").focus()
    opened.keyboard.press("Enter")
    opened.wait_for_function("!document.querySelector('audio').paused")
    assert 8.1 <= seconds(opened) < 20


def test_what_is_heard_is_marked_and_nothing_else(opened):
    for to, segment in ((0.5, "s0001"), (3.0, "s0002"), (24.0, "s0006"), (54.0, "s0013"), (9.0, "s0004")):
        seek(opened, to)
        opened.wait_for_selector(f"#{segment}[aria-current]")
        assert opened.locator(SPEAKING).count() == 1


def test_marking_follows_the_sound(opened):
    seek(opened, 5.2)
    opened.evaluate("document.querySelector('audio').play()")
    opened.wait_for_selector("#s0003[aria-current]")
    opened.wait_for_selector("#s0004[aria-current]", timeout=10_000)
    assert seconds(opened) >= 8.15


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
    page.wait_for_selector("#s0008[aria-current]")
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
    for width in (390, 1280):
        opened.set_viewport_size({"width": width, "height": 700})
        opened.locator("#s0012").scroll_into_view_if_needed()
        box = opened.locator("audio").bounding_box()
        assert 0 <= box["y"] < 600


def test_a_hostile_title_runs_nothing(page, address, show_folder):
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.goto(address)
    assert page.get_by_role("heading", name="<script>alert(1)").is_visible()
    page.get_by_role("link", name="<script>alert(1)").click()
    assert page.inner_text("h1") == newsroom.HOSTILE


# ── the element on a page of somebody else ──────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def publisher(tmp_path_factory):
    """Another site, on another origin; gives a function that puts a page there."""
    folder = tmp_path_factory.mktemp("publisher")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *facts):
            super().__init__(*facts, directory=str(folder))

        def log_message(self, *facts):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def put(html: str) -> str:
        (folder / "page.html").write_text(f"<!doctype html><html lang='en'><title>Page</title>{html}", "utf-8")
        return f"http://localhost:{server.server_port}/page.html"

    yield put
    server.shutdown()
    thread.join()
    server.server_close()


def element(address: str, path: str, inside: str = "") -> str:
    """What a publisher pastes."""
    script = f"<script src='{address}article-audio.js'></script>"
    return f"{script}<article-audio src='{address}{path}'>{inside}</article-audio>"


def test_the_element_alone_makes_a_player(page, publisher, address, story):
    page.goto(publisher(element(address, f"episodes/{story.name}/episode.json")))
    page.wait_for_function("document.querySelector('audio')?.readyState > 0")
    player = page.locator("article-audio")
    assert player.get_by_text(newsroom.DISCLOSURE).first.is_visible()
    player.get_by_role("button", name="What it costs").first.click()
    page.wait_for_function("!document.querySelector('audio').paused")
    assert 44 <= seconds(page) < 55
    assert player.locator(CHAPTER).inner_text().startswith("What it costs")
    player.get_by_text("Transcript").click()
    assert player.get_by_role("button", name="Cars up to 5 metres").is_visible()


def test_a_player_inside_is_kept_when_the_episode_cannot_be_fetched(page, publisher, address):
    twice = element(address, "gone.json", "<audio controls></audio>") + element(address, "gone.json")
    page.goto(publisher(twice))
    page.wait_for_selector("article-audio:last-of-type[hidden]", state="attached")
    assert page.locator("audio").is_visible()


@pytest.mark.parametrize(
    "told",
    [
        {"status": "retracted"},
        {"status": "published", "schema": "articleaudio/episode/2"},
        {"status": "published", "schema": "articleaudio/episode/1", "audio": {"file": "javascript:alert(1)"}},
        {},
        None,
    ],
)
def test_an_episode_that_must_not_play_hides_the_element(page, publisher, address, show_folder, told):
    (show_folder / "odd.json").write_text(json.dumps(told))
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.goto(publisher(element(address, "odd.json")))
    page.wait_for_selector("article-audio[hidden]", state="attached")
    assert page.locator("audio").count() == 0


def test_hostile_text_stays_text(page, publisher, address, story, show_folder):
    value = json.loads((story / "episode.json").read_text("utf-8"))
    value["audio"]["file"] = f"episodes/{story.name}/{value['audio']['file']}"
    attack = "<img src=x onerror=alert(1)>"
    value["disclosure"] = value["chapters"][0]["title"] = value["segments"][0]["written"] = attack
    (show_folder / "attack.json").write_text(json.dumps(value))
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.goto(publisher(element(address, "attack.json")))
    page.wait_for_selector("article-audio[data-ready]")
    assert page.locator("article-audio img").count() == 0
    assert page.locator("article-audio").get_by_text(attack).count() == 3


def test_a_strict_content_security_policy_breaks_nothing(page, publisher, address, story):
    policy = f"default-src 'none'; script-src {address}; media-src {address}; connect-src {address}"
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    player = element(address, f"episodes/{story.name}/episode.json")
    page.goto(publisher(f'<meta http-equiv="Content-Security-Policy" content="{policy}">{player}'))
    page.locator("article-audio").get_by_role("button", name="What it costs").first.click()
    page.wait_for_selector(CHAPTER)
    assert 44 <= seconds(page) < 55
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def test_nobody_else_is_called(page, address, story):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}episodes/{story.name}/")
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    assert asked
    assert all(url.startswith((address, "data:")) for url in asked)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_script_stays_small(show_folder):
    data = (show_folder / "article-audio.js").read_bytes()
    assert len(gzip.compress(data, 9)) <= 10_000
    assert b"http:" not in data
    assert b"https:" not in data
