"""Frames in a real Chromium: on pages of another origin, in the sandbox that WordPress uses, under strict rules."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsroom
import wordpress
from articleaudio.cli import cli

LISTENING = """<script>
window.told = [];
addEventListener("message", ({ data, origin }) => told.push({ data, origin }));
window.heard = (name) => told.map(({ data }) => data).filter((data) => data.name === name);
window.ask = (command, facts) => frames[0].postMessage({ type: "article-audio", command, ...facts }, "*");
</script>"""
READY = "window.heard?.('ready').length > 0"
MANUAL = Path(__file__).parents[2] / "docs" / "embedding.md"
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'"


class Host:
    """A site of somebody else's, on another origin."""

    def __init__(self, folder: Path, headers: dict[str, str]) -> None:
        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *facts):
                super().__init__(*facts, directory=str(folder))

            def end_headers(self):
                for name, value in headers.items():
                    self.send_header(name, value)
                super().end_headers()

            def log_message(self, *facts):
                pass

        self.folder = folder
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server.server_port}/"

    def put(self, body: str) -> str:
        (self.folder / "page.html").write_text(
            f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Page</title>{body}", "utf-8"
        )
        return f"{self.address}page.html"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def host():
    """Start hosts; gives a function of folder and headers."""
    started = []

    def start(folder: Path, **headers: str) -> Host:
        started.append(Host(folder, {name.replace("_", "-"): value for name, value in headers.items()}))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture(scope="session")
def story(show_folder) -> Path:
    return next(show_folder.glob("episodes/island-*"))


def frame(source: str, sandbox: str = 'sandbox="allow-scripts"') -> str:
    return f'<iframe {sandbox} src="{source}" width="600" height="240" allow="autoplay" title="Frame"></iframe>'


def inside(page):
    """The frame's document."""
    return page.frame_locator("iframe")


def sound(page, what: str):
    return inside(page).locator("article-audio").evaluate(f"element => element.audio.{what}")


# ── WordPress ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def post(page, host, tmp_path, address, story):
    """A post in WordPress that the episode's oEmbed document was put into."""
    html = json.loads((story / "oembed.json").read_text("utf-8"))["html"]
    html = html.replace(newsroom.SHOW.base_url, address)
    page.goto(host(tmp_path).put(LISTENING + wordpress.HOST + wordpress.embedded(html)))
    page.wait_for_function(READY)
    return page


def test_in_wordpress_the_frame_takes_the_quotations_place(post):
    post.wait_for_function("document.querySelector('iframe').clientHeight > 200")
    assert not post.locator("blockquote").is_visible()
    assert inside(post).locator("article-audio[data-ready]").is_visible()
    assert inside(post).locator("body").evaluate("() => origin") == "null", "the sandbox is real"
    assert {message["origin"] for message in post.evaluate("told")} == {"null"}


def test_in_wordpress_the_frame_grows_with_the_player(post):
    before = post.evaluate("document.querySelector('iframe').clientHeight")
    inside(post).get_by_role("button", name="Chapters").click()
    post.wait_for_function("before => document.querySelector('iframe').clientHeight > before + 50", arg=before)
    assert inside(post).locator("html").evaluate("root => root.scrollHeight - innerHeight") <= 1


def test_in_wordpress_the_player_plays(post):
    inside(post).locator(".play").first.click()
    post.wait_for_function("heard('play').length > 0")
    post.frames[1].wait_for_function("document.querySelector('article-audio').audio.currentTime > 0")
    inside(post).locator(".play").first.click()
    post.wait_for_function("heard('pause').length > 0")
    assert post.evaluate("heard('pause')[0].time") > 0


def test_in_wordpress_a_secret_that_comes_late_counts(page, host, tmp_path, address, story):
    source = f"{address}episodes/{story.name}/embed.html"
    page.goto(host(tmp_path).put(LISTENING + frame(source)))
    page.wait_for_function(READY)
    page.evaluate("document.querySelector('iframe').src += '#?secret=0000000000#?secret=zZ09zZ09zZ'")
    page.wait_for_function("told.some(({ data }) => data.message === 'height' && data.secret === 'zZ09zZ09zZ')")
    secrets = page.evaluate("told.map(({ data }) => data.secret).filter(Boolean)")
    assert set(secrets) == {"zZ09zZ09zZ"}


def test_in_wordpress_links_lead_to_the_episodes_page(post, address, story):
    inside(post).get_by_role("link", name="Read the article").click()
    post.wait_for_url(f"{address}episodes/{story.name}/")


def test_who_asks_whether_the_frame_is_ready_is_told_its_height(post):
    post.evaluate("told.length = 0")
    post.evaluate("secret => frames[0].postMessage({ message: 'ready', secret }, '*')", wordpress.SECRET)
    post.wait_for_function("told.some(({ data }) => data.message === 'height' && data.value > 200)")


# ── any other page ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def framed(page, host, tmp_path, address, story):
    """A page of another origin with the player in a frame."""
    page.goto(host(tmp_path).put(LISTENING + frame(f"{address}episodes/{story.name}/embed.html")))
    page.wait_for_function(READY)
    page.mouse.click(700, 400)  # a browser lets nothing play by itself on a page that was not touched
    return page


def test_every_message_tells_which_episode_and_where_in_it(framed, story):
    told = json.loads((story / "episode.json").read_text("utf-8"))
    (ready,) = framed.evaluate("heard('ready')")
    assert (ready["type"], ready["version"], ready["id"], ready["time"]) == ("article-audio", 1, told["id"], 0)
    assert ready["duration"] == pytest.approx(told["audio"]["duration"], abs=0.1)


def test_heights_are_told_in_two_plain_ways(framed):
    framed.wait_for_function("heard('height').at(-1)?.height > 150")
    height = framed.evaluate("heard('height').at(-1).height")
    strings = [json.loads(one["data"]) for one in framed.evaluate("told") if isinstance(one["data"], str)]
    assert strings[-1] == {"src": framed.get_attribute("iframe", "src"), "context": "iframe.resize", "height": height}
    assert not [one for one in framed.evaluate("told") if not isinstance(one["data"], str) and "secret" in one["data"]]


def test_the_page_around_can_play_seek_change_the_speed_and_pause(framed):
    framed.evaluate("ask('seek', { time: 30 })")
    framed.wait_for_function("heard('seek').length > 0")
    assert sound(framed, "paused"), "seeking alone does not play"
    assert sound(framed, "currentTime") == pytest.approx(30, abs=0.1)
    framed.evaluate("ask('speed', { speed: 1.5 })")
    framed.evaluate("ask('play')")
    framed.wait_for_function("heard('play').length > 0")
    assert sound(framed, "playbackRate") == 1.5
    framed.evaluate("ask('pause')")
    framed.wait_for_function("heard('pause').length > 0")
    assert sound(framed, "currentTime") >= 30


def test_commands_that_make_no_sense_do_nothing(framed):
    for command, facts in (
        ("seek", {"time": "30"}),
        ("seek", {}),
        ("speed", {"speed": 99}),
        ("speed", {"speed": "fast"}),
        ("play", {"id": "another"}),
        ("constructor", {}),
        (None, {}),
    ):
        framed.evaluate("([command, facts]) => ask(command, facts)", [command, facts])
    framed.evaluate("for (const odd of [null, 0, 'play', [], { type: {} }]) frames[0].postMessage(odd, '*')")
    framed.evaluate("ask('seek', { time: 10 })")  # messages keep their order: all others were read when this was
    framed.wait_for_function("heard('seek').length > 0")
    assert framed.evaluate("heard('seek').length") == 1
    assert sound(framed, "currentTime") == pytest.approx(10, abs=0.1)
    assert sound(framed, "paused")
    assert sound(framed, "playbackRate") == 1


def test_nobody_but_the_parent_commands(framed):
    ask = "type => postMessage({ type, command: 'seek', time: 40 }, '*')"
    inside(framed).locator("body").evaluate(f"(body, type) => ({ask})(type)", "article-audio")
    framed.evaluate("ask('seek', { time: 10 })")
    framed.wait_for_function("heard('seek').length > 0")
    assert sound(framed, "currentTime") == pytest.approx(10, abs=0.1)


def test_the_episodes_page_plays_in_a_sandbox_too(page, host, tmp_path, address, story):
    page.goto(host(tmp_path).put(LISTENING + frame(f"{address}episodes/{story.name}/index.html")))
    page.wait_for_function(READY)
    inside(page).locator(".play").first.click()
    page.wait_for_function("heard('play').length > 0")
    assert not sound(page, "paused")


def test_a_withdrawn_episode_leaves_nothing_in_its_frame(page, host, serving, show_folder, story, tmp_path):
    out, pages = tmp_path / "out", tmp_path / "pages"
    pages.mkdir()
    shutil.copytree(show_folder, out)
    document = out / "episodes" / story.name / "episode.json"
    told = json.loads(document.read_text("utf-8"))
    left = {name: told[name] for name in ("schema", "id", "slug")} | {"status": "retracted"}
    document.write_text(json.dumps(left))
    page.goto(host(pages).put(LISTENING + frame(f"{serving(out)}episodes/{story.name}/embed.html")))
    page.wait_for_function("heard('height').at(-1)?.height === 0")
    assert not inside(page).locator("audio").is_visible()
    assert inside(page).locator("body").inner_text() == ""
    page.evaluate("ask('play')")
    assert page.evaluate("heard('play')") == []


def test_an_episode_that_is_missing_is_told_of(page, host, serving, show_folder, story, tmp_path):
    out, pages = tmp_path / "out", tmp_path / "pages"
    pages.mkdir()
    shutil.copytree(show_folder, out)
    (out / "episodes" / story.name / "episode.json").unlink()
    page.goto(host(pages).put(LISTENING + frame(f"{serving(out)}episodes/{story.name}/embed.html")))
    page.wait_for_function("heard('error').length > 0")
    assert inside(page).locator("audio").is_visible(), "the plain player stays"


def test_a_page_that_is_no_frame_tells_nobody(page, address, story):
    page.add_init_script("window.told = []; addEventListener('message', ({ data }) => told.push(data))")
    page.goto(f"{address}episodes/{story.name}/embed.html")
    page.wait_for_selector("article-audio[data-ready]")
    page.locator(".play").first.click()
    page.wait_for_function("document.querySelector('article-audio').audio.currentTime > 0")
    assert page.evaluate("told") == []


def test_the_frames_page_bears_a_strict_content_security_policy(page, host, show_folder, story, tmp_path):
    assert STRICT in MANUAL.read_text("utf-8"), "it is the one that the manual gives"
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    strict = host(show_folder, Content_Security_Policy=STRICT, Access_Control_Allow_Origin="*")
    source = f"{strict.address}episodes/{story.name}/embed.html"
    for sandbox in ("", 'sandbox="allow-scripts"'):
        page.goto(host(tmp_path).put(LISTENING + frame(source, sandbox)))
        page.wait_for_function(READY)
        inside(page).locator("article-audio .play").first.click()
        page.wait_for_function("heard('play').length > 0")
        while not page.frames[1].evaluate("document.querySelector('article-audio').audio.currentTime > 0"):
            page.wait_for_timeout(50)  # waiting for a function would need eval, which the policy forbids
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def test_the_page_in_the_manual_works_as_written(page, host, tmp_path, address, story):
    (html,) = (
        part for part in re.findall(r"```html\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL) if "iframe" in part
    )
    html = html.replace("https://audio.example.org/", address).replace("ferry-sails-again", story.name)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(host(tmp_path).put(LISTENING + html))
    page.wait_for_function("frames.length && document.getElementById('audio').clientHeight > 200")
    told = json.loads((story / "episode.json").read_text("utf-8"))
    inside(page).locator(".play").first.click()
    page.wait_for_function("heard('play').length > 0")
    assert f"plays {told['id']} from 0" in said


def test_the_frames_page_works_without_scripts(browser, address, story):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 600, "height": 240})
    page = context.new_page()
    page.goto(f"{address}episodes/{story.name}/embed.html")
    assert page.locator("audio").bounding_box()["height"] >= 50
    assert page.get_by_role("heading", name=newsroom.article().title).is_visible()
    assert page.get_by_text(newsroom.DISCLOSURE).is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") <= 240
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frames_page_has_no_barriers(browser, host, tmp_path, address, show_folder, barriers, look, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 640, "height": 300})
    page = context.new_page()
    parent = host(tmp_path)
    for folder in sorted((show_folder / "episodes").iterdir()):
        source = f"{address}episodes/{folder.name}/embed.html"
        page.goto(source)
        page.wait_for_selector("article-audio[data-ready]")
        look(page, f"embed-{folder.name}-{scheme}")
        assert barriers(page) == []
        page.goto(parent.put(f"<main><h1>Page</h1>{LISTENING}{frame(source)}</main>"))
        page.wait_for_function(READY)
        assert barriers(page) == []
    context.close()


def test_a_frame_is_as_high_as_a_player_needs(page, address, story):
    page.set_viewport_size({"width": 600, "height": 240})
    page.goto(f"{address}episodes/{story.name}/embed.html")
    page.wait_for_selector("article-audio[data-ready]")
    assert page.evaluate("document.documentElement.scrollHeight") <= 240
    for width in (320, 600):
        page.set_viewport_size({"width": width, "height": 240})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# ── what `articleaudio embed` prints ────────────────────────────────────────────────────────────────────────────────


def printed(folder: Path, slug: str, address: str) -> dict[str, str]:
    result = CliRunner().invoke(cli, ["embed", str(folder), slug, "--base-url", address, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_player_that_is_printed_reads_along_with_the_article_it_is_pasted_into(
    page, host, tmp_path, address, story, show_folder
):
    pasted = printed(show_folder, story.name, address)["player"]
    text = "".join(f"<p>{block.text}</p>" for block in newsroom.article().blocks)
    page.goto(host(tmp_path).put(f"<article>{pasted}{text}</article>"))
    page.wait_for_selector("article-audio[data-ready]")
    page.locator("article > p", has_text="Cars up to 5 metres cost €31.").click()
    page.wait_for_function("document.querySelector('article-audio').audio.currentTime > 45")
    assert page.evaluate("CSS.highlights.size") > 0


def test_the_frame_that_is_printed_plays(page, host, tmp_path, address, story, show_folder):
    page.goto(host(tmp_path).put(LISTENING + printed(show_folder, story.name, address)["iframe"]))
    page.wait_for_function(READY)
    inside(page).locator(".play").first.click()
    page.wait_for_function("heard('play').length > 0")
    assert not sound(page, "paused")


def test_the_address_that_is_printed_leads_to_the_oembed_document(page, address, story, show_folder):
    told = printed(show_folder, story.name, address)
    page.goto(told["page"])
    link = page.get_attribute("link[type='application/json+oembed']", "href")
    assert link.removeprefix(newsroom.SHOW.base_url) == told["oembed"].removeprefix(address)
    answer = page.request.get(f"{told['oembed']}?maxwidth=500&maxheight=750&url=x&format=json")
    assert answer.json()["type"] == "rich"
    assert answer.headers["content-type"].startswith("application/json")
