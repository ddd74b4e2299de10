"""The player on bad days: episodes that are missing, withdrawn or hostile, pages that are strict or change under it."""

from __future__ import annotations

import json

import pytest
from playerstage import Stage, paused, seconds, seek, told, wait_told

import newsroom

ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture
def stage(tmp_path, show_folder, serving, browser):
    stage = Stage(tmp_path, next(show_folder.glob("episodes/island-*")), serving, browser)
    yield stage
    stage.close()


def broken(stage, kind: str) -> str:
    """An episode.json that cannot be played."""
    if kind == "missing":
        return "gone.json"
    if kind == "schema":
        return stage.episode(schema="articleaudio/episode/2")
    if kind == "no address":
        return stage.episode(audio=stage.document["audio"] | {"file": "javascript:alert(1)"})
    if kind == "no audio":
        return stage.episode(audio=None)
    return stage.put("broken.json", {"no json": "<html>", "null": "null", "list": "[1]", "number": "7"}[kind])


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("missing", "missing"),
        ("no json", "broken"),
        ("no address", "broken"),
        ("no audio", "broken"),
        ("schema", "schema"),
        ("null", "schema"),
        ("list", "schema"),
        ("number", "schema"),
    ],
)
def test_without_an_episode_a_plain_player_stays_and_the_element_hides(stage, kind, reason):
    src = broken(stage, kind)
    inside = f'<audio controls src="{stage.audio}"></audio>'
    page = stage.page(stage.player(src=src, inside=inside) + stage.player(src=src), ready=False)
    errors = wait_told(page, "error", 2)
    assert [one["reason"] for one in errors] == [reason, reason]
    page.wait_for_selector("article-audio:last-of-type[hidden]", state="attached")
    assert page.locator("audio").count() == 1
    assert page.locator("audio").is_visible()


def test_a_withdrawn_episode_is_hidden_and_not_heard(stage):
    facts = {key: stage.document[key] for key in ("schema", "id", "slug")}
    src = stage.put("withdrawn.json", json.dumps(facts | {"status": "retracted", "updated": "2026-01-01"}))
    page = stage.open(src=src, inside=f'<audio controls src="{stage.audio}"></audio>', ready=False)
    page.wait_for_selector("article-audio[hidden]", state="attached")
    assert not page.locator("audio").is_visible()
    assert told(page, "error") == []


def test_an_episode_that_is_withdrawn_later_falls_silent(stage):
    src = stage.put("later.json", json.dumps({"schema": stage.document["schema"], "status": "retracted"}))
    page = stage.open()
    page.locator("article-audio .player .play").click()
    page.evaluate("src => document.querySelector('article-audio').setAttribute('src', src)", src)
    page.wait_for_selector("article-audio[hidden]", state="attached")
    assert paused(page)


def test_hostile_text_stays_text(stage):
    changes = {
        "disclosure": ATTACK,
        "title": newsroom.HOSTILE * 400,
        "language": '"><script>',
        "url": "javascript:alert(1)",
        "voice": {"attribution": ATTACK},
        "chapters": [{"title": ATTACK, "start": 0, "end": 9, "url": "data:text/html,x"}, {"title": "x", "start": 1}],
        "segments": [{"id": ATTACK, "role": "play mini", "start": 0, "end": 1, "written": ATTACK, "words": []}],
    }
    page = stage.open('mini bind="main"', src=stage.episode(**changes))
    assert page.locator("article-audio img, article-audio script").count() == 0
    assert page.locator("article-audio").get_by_text(ATTACK).count() == 4
    assert page.locator("article-audio .player .title").bounding_box()["height"] < 70, "three lines at most"
    assert page.evaluate("document.querySelector('article-audio').episode.url") == ""
    hrefs = page.eval_on_selector_all("article-audio [href]", "all => all.map((one) => one.href)")
    assert all(href.startswith(stage.address) for href in hrefs)


@pytest.mark.parametrize(
    "odd", [None, -5, 1e300, "NaN", {}, []], ids=["none", "negative", "huge", "text", "object", "list"]
)
def test_absurd_numbers_are_survived(stage, odd):
    places = [
        {"start": odd, "end": odd, "title": "x", "written": "x", "words": [[odd, 1], "x", None, [0, 1, 0, 1]]},
        None,
        7,
    ]
    changes = {
        "chapters": places * 2,
        "segments": places,
        "audio": stage.document["audio"] | {"duration": odd},
        "authors": odd,
    }
    page = stage.open('bind="main"', src=stage.episode(**changes))
    page.locator("article-audio .player .play").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0.1")
    episode = page.evaluate("document.querySelector('article-audio').episode")
    assert all(isinstance(one["start"], int | float) and 0 <= one["start"] < 1e6 for one in episode["segments"])
    assert episode["authors"] == []


def test_a_sound_that_is_gone_is_told_in_the_language_of_the_page(stage):
    src = stage.episode(audio=stage.document["audio"] | {"file": "gone.00000000.mp3"})
    page = stage.page(stage.player(src=src), ready=False, root='lang="de"')
    assert wait_told(page, "error")[0]["reason"] == "audio"
    assert page.get_by_role("status").inner_text() == "Das Audio lässt sich nicht abspielen"
    page.locator("article-audio .player .play").click()
    wait_told(page, "error", 2)
    assert paused(page)
    assert page.get_by_role("status").inner_text() == "Das Audio lässt sich nicht abspielen"


def test_a_sound_that_broke_off_is_asked_for_again_where_it_was(stage):
    page = stage.open()
    page.locator("article-audio .player .speed").select_option("1.5")
    seek(page, 30)
    page.route("**/*.mp3", lambda route: route.abort())
    # As it is left by a network that fails on the way.
    page.evaluate("const { audio } = document.querySelector('article-audio'); audio.src += ''; audio.currentTime = 30;")
    wait_told(page, "error")
    assert page.get_by_role("status").inner_text() == "The audio cannot be played"
    page.unroute("**/*.mp3")
    page.locator("article-audio .player .play").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 30.1")
    assert seconds(page) < 40
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    assert page.get_by_role("status").inner_text() == "", "it stays in place, for screen readers tell only of changes"


def test_a_browser_may_refuse_to_play(stage):
    page = stage.open()
    page.evaluate(
        "document.querySelector('audio').play = () => Promise.reject(new DOMException('', 'NotAllowedError')); 0"
    )
    page.locator("article-audio .player .play").click()
    assert wait_told(page, "error")[0]["reason"] == "blocked"


def test_the_script_may_be_loaded_twice(stage):
    page = stage.page(stage.player() + '<script src="article-audio.js?again"></script>')
    assert page.locator("article-audio .player").count() == 1


def test_another_episode_may_be_put_in(stage):
    other = stage.episode(id="other", title="Other")
    page = stage.open()
    seek(page, 30)
    page.evaluate(
        """([other, first]) => { const player = document.querySelector("article-audio");
        for (const src of [first, "gone.json", other]) player.setAttribute("src", src); }""",
        [other, f"{stage.story}/episode.json"],
    )
    wait_told(page, "ready", 2)
    assert page.locator("article-audio .player .title").inner_text() == "Other"
    assert told(page, "error") == [], "what was asked for and given up does not count"


def test_what_was_withdrawn_from_under_a_playlist_leaves_what_is_heard(stage):
    facts = {key: stage.document[key] for key in ("schema", "id", "slug")}
    gone = stage.put("withdrawn.json", json.dumps(facts | {"status": "retracted"}))
    entries = [{"title": "Here", "src": f"{stage.story}/episode.json"}, {"title": "Withdrawn", "src": gone}]
    stage.put("playlist.json", json.dumps({"episodes": entries}))
    page = stage.open('playlist="playlist.json"')
    page.get_by_role("button", name="Playlist").click()
    page.get_by_role("button", name="Withdrawn").click()
    assert wait_told(page, "error")[0]["reason"] == "missing"
    assert page.get_by_role("status").inner_text() == "The audio cannot be played"
    page.locator("article-audio .player .play").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0.1")
    assert page.get_by_role("status").inner_text() == ""
    assert page.locator("article-audio .player .title").inner_text() == stage.document["title"]


def test_it_may_be_made_before_it_has_an_address(stage):
    page = stage.open()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("window.late = document.createElement('article-audio'); document.body.append(late); 0")
    assert wait_told(page, "error")[0]["reason"] == "missing"
    page.evaluate("src => late.setAttribute('src', src)", f"{stage.story}/episode.json")
    wait_told(page, "ready", 2)
    assert page.locator("article-audio >> nth=1").is_visible()
    assert {url.rpartition("/")[2] for url in asked} <= {"episode.json", stage.audio.rpartition("/")[2]}


def test_it_may_be_taken_out_and_put_back(stage):
    page = stage.open()
    seek(page, 30)
    page.locator("article-audio .player .play").click()
    page.evaluate("window.player = document.querySelector('article-audio'); player.remove()")
    page.wait_for_function("player.audio.paused")
    page.evaluate("document.body.append(player)")
    wait_told(page, "ready", 2)
    assert page.locator("article-audio .player").count() == 1
    assert seconds(page) >= 30
    count = len(told(page, "seek"))
    page.locator("article-audio .player .forward").click()
    wait_told(page, "seek", count + 1)
    assert len(told(page, "seek")) == count + 1, "nothing listens twice"


def test_it_may_be_made_by_a_script(stage):
    page = stage.page("<main></main>", ready=False)
    page.evaluate(
        """src => { const player = document.createElement("article-audio");
        player.setAttribute("src", src); document.querySelector("main").append(player); }""",
        f"{stage.story}/episode.json",
    )
    wait_told(page, "ready")
    assert page.locator("article-audio .player").is_visible()


def test_a_strict_policy_breaks_nothing(stage):
    policy = "default-src 'none'; script-src 'self'; media-src 'self'; connect-src 'self'; style-src 'self'"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page = stage.page(stage.player('mini bind="main"'), head=head, ready=False)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.reload()
    page.wait_for_selector("article-audio[data-ready]")
    page.locator("article-audio .player .play").click()
    page.wait_for_selector("article-audio .player .play.on")
    assert page.locator("article-audio .chapter-mark").count() == 2
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('article-audio').shadowRoot.querySelector('.head')).display"
        )
        == "flex"
    )
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def test_it_plays_in_a_sandbox_on_another_origin(stage, address, show_folder):
    frame = stage.page(stage.player('remember="on"'))
    url = frame.url
    page = stage.page(
        f'<iframe sandbox="allow-scripts" src="{url}#t=12" width="640" height="400"></iframe>', ready=False
    )
    inner = page.frame_locator("iframe")
    inner.locator("article-audio .player .play").click()
    inner.get_by_role("button", name="Pause").wait_for()
    inner.get_by_label("Speed").select_option("2×")
    inner.get_by_role("button", name="Share").click()
    assert f"{stage.story}/#t=" in inner.get_by_role("status").inner_text()


def test_an_episode_may_come_from_another_origin(stage, address, show_folder):
    page = stage.open(src=f"{address}episodes/{stage.story}/episode.json")
    page.locator("article-audio .player .play").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0.1")
    assert page.evaluate("document.querySelector('audio').currentSrc").startswith(address)


def test_nobody_else_is_called(stage):
    page = stage.open('remember="off" mini', ready=False, src=stage.episode(image="https://elsewhere.invalid/a.jpg"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator("article-audio .player .play").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0.1")
    assert asked
    own = {"article-audio.js", "favicon.ico", page.url.rpartition("/")[2]}
    strangers = [
        url
        for url in asked
        if not url.startswith(stage.address + stage.story) and url.removeprefix(stage.address) not in own
    ]
    assert strangers == []
