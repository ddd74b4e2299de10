"""Pages in a browser: what plays from where, what stays without scripts, whom they shut out, how they look."""

from __future__ import annotations

import http.server
import threading
from functools import partial
from pathlib import Path

import pytest

import newsroom

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)
"""A policy under which nothing inline is done, and nothing comes from elsewhere."""

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def story(show_folder) -> str:
    return f"episodes/{next(show_folder.glob('episodes/island-*')).name}/"


@pytest.fixture
def opened(page, address, story):
    page.goto(address + story)
    page.wait_for_selector("article-audio[data-ready]")
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    return page


def seconds(page) -> float:
    return page.evaluate("document.querySelector('audio').currentTime")


def plays(page) -> None:
    page.wait_for_function("!document.querySelector('audio').paused")


def test_a_chapter_plays_from_its_start_and_is_marked(opened):
    link = opened.locator(".chapters").get_by_role("link", name="Two sailings a day")
    link.click()
    plays(opened)
    assert 27.9 <= seconds(opened) < 40
    opened.wait_for_selector(".chapters [aria-current]")
    assert opened.locator(".chapters [aria-current]").all_inner_texts() == [link.inner_text()]
    assert opened.url.endswith("/"), "the link itself is not followed"


def heard(page, title: str) -> None:
    """Until the player plays an episode, and the page is that episode's."""
    page.wait_for_function("title => document.querySelector('h1')?.textContent === title", arg=title)
    plays(page)
    assert page.locator("article-audio .player .title").inner_text() == title


def play_another(page) -> None:
    page.get_by_role("button", name="Playlist").click()
    page.locator("article-audio .role-episode:not([aria-current])").click()


def test_the_page_goes_along_to_another_episode(opened, address, story):
    ferry = newsroom.article().title
    opened.evaluate("window.kept = document.querySelector('audio')")
    play_another(opened)
    heard(opened, newsroom.HOSTILE)
    assert opened.evaluate("location.href") not in (address, address + story)
    assert opened.title().startswith("<script>alert(1)")
    assert opened.locator("link[rel=canonical]").count() == 1
    assert opened.evaluate("kept === document.querySelector('audio')"), "there is no break in the sound"
    opened.wait_for_function("[...CSS.highlights.get('article-audio-sentence')].length === 1")
    opened.go_back()
    opened.wait_for_function("title => document.querySelector('h1')?.textContent === title", arg=ferry)
    opened.wait_for_selector("article-audio[data-ready]")
    assert opened.evaluate("location.href") == address + story
    assert opened.locator("article-audio .player .title").inner_text() == ferry


def test_the_next_episode_follows_only_when_the_listener_asks(opened, address):
    (first, second) = opened.evaluate("(async () => (await (await fetch('../../playlist.en.json')).json()).episodes)()")
    opened.goto(address + first["page"])
    opened.wait_for_selector("article-audio[data-ready]")
    opened.get_by_role("button", name="Playlist").click()
    autoplay = opened.get_by_role("checkbox", name="Autoplay")
    assert not autoplay.is_checked()
    end = "const { audio } = document.querySelector('article-audio'); audio.currentTime = audio.duration - 0.3;"
    opened.locator("article-audio .player .play").click()
    plays(opened)
    opened.evaluate(end)
    opened.wait_for_function("document.querySelector('audio').ended")
    assert opened.get_attribute("article-audio", "src") == "episode.json", "there is nothing else on its way"
    autoplay.check()
    opened.locator("article-audio .player .play").click()
    plays(opened)
    opened.evaluate(end)
    heard(opened, second["title"])
    assert opened.evaluate("location.href") == address + second["page"], "as the address named index.html before"
    assert autoplay.is_checked(), "it is asked once"


def test_the_page_stays_where_the_other_one_cannot_be_had(opened, address, story):
    opened.route("**/episodes/*/", lambda route: route.abort())
    play_another(opened)
    plays(opened)
    opened.wait_for_function("document.querySelector('audio').currentTime > 0.2")
    assert opened.locator("article-audio .player .title").inner_text() == newsroom.HOSTILE
    assert opened.evaluate("location.href") == address + story
    assert opened.inner_text("h1") == newsroom.article().title


def test_times_of_the_transcript_can_be_reached_by_keyboard(opened):
    opened.get_by_label("Play from 0:08").focus()
    opened.keyboard.press("Enter")
    plays(opened)
    assert 8.1 <= seconds(opened) < 20


def test_a_link_to_a_time_can_still_be_opened_elsewhere(opened):
    with opened.context.expect_page() as other:
        opened.get_by_label("Play from 0:08").click(modifiers=["Control"])
    assert ".mp3#t=8" in other.value.url
    assert opened.evaluate("document.querySelector('audio').paused")


def test_the_transcript_of_the_page_is_what_is_read_along(opened):
    opened.evaluate("document.querySelector('audio').currentTime = 30")
    opened.wait_for_function("CSS.highlights.get('article-audio-sentence')?.size > 0")
    said = opened.evaluate("String([...CSS.highlights.get('article-audio-sentence')][0])")
    assert "The boat leaves at 7:15" in said


def test_the_disclosure_is_seen_once_beside_the_transcript(opened):
    outside = opened.locator("article-audio").get_by_text(newsroom.DISCLOSURE).locator("visible=true")
    assert outside.count() == 1


def test_without_scripts_everything_can_be_read_and_played(browser, address, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + story)
    box = page.locator("audio").bounding_box()
    assert box["width"] > 250
    assert box["height"] >= 50
    assert page.locator("article-audio .disclosure").is_visible()
    assert page.get_by_text("Cars up to 5 metres cost €31.").is_visible()
    chapter = page.get_by_role("link", name="Two sailings a day")
    assert chapter.is_visible()
    assert chapter.get_attribute("href").endswith(".mp3#t=27.95")
    context.close()


@pytest.fixture(scope="session")
def strict(show_folder):
    """The show, served under the strictest policy by a plain static server."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", STRICT)
            super().end_headers()

        def log_message(self, *args) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(show_folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_pages_need_nothing_that_a_strict_policy_forbids(browser, strict, story):
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(strict)
    page.get_by_role("searchbox").fill("ferry")
    page.get_by_text("Found: 1").wait_for()
    for name in ("embed.html", "index.html"):
        page.goto(strict + story + name)
        page.wait_for_selector("article-audio[data-ready]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_role("link", name="Two sailings a day").click()
    context.close()
    assert said == []


@pytest.mark.parametrize(
    ("kind", "size", "scheme"),
    [
        ("index", "phone", "light"),
        ("index", "desk", "dark"),
        ("episode", "phone", "dark"),
        ("episode", "desk", "light"),
        ("hostile", "phone", "light"),
        ("hebrew", "desk", "dark"),
    ],
)
def test_nobody_is_shut_out(browser, address, show_folder, look, barriers, kind, size, scheme):
    folder = {"episode": "island-", "hostile": "script-", "hebrew": "article-"}.get(kind)
    path = f"episodes/{next(show_folder.glob(f'episodes/{folder}*')).name}/" if folder else ""
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.set_viewport_size(SIZES[size])
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert barriers(page) == []
    for name, other in SIZES.items():
        page.set_viewport_size(other)
        assert page.evaluate("document.documentElement.scrollWidth") <= other["width"]
        look(page, f"{kind}-{name}-{scheme}")
    context.close()


def test_print_shows_text_and_no_controls(opened, look):
    opened.emulate_media(media="print")
    look(opened, "episode-print")
    assert opened.locator(".transcript").get_by_text("Cars up to 5 metres cost €31.").is_visible()
    for gone in (".topline", ".side", ".transcript .time"):
        assert not opened.locator(gone).first.is_visible()


def test_an_endless_title_leaves_the_page_usable(browser, serving, site, tmp_path: Path):
    newsroom.publish(site.library, newsroom.article(title="Endless title " * 700), timing={"word": 0.01})
    site.build()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    address = serving(site.out)
    for path in ("", f"episodes/{next(site.out.glob('episodes/*/')).name}/"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator("audio, article-audio").first.bounding_box()["y"] < 844
    context.close()
