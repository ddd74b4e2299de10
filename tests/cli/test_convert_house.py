"""`convert` by the house file alone, voices by section, and what it says of articles that are gone."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli

HOUSE = '[show]\ntitle = "Harbour"\n[sources]\nfrom = ["articles"]\n[output]\nfolder = "public"\n'


def convert(*arguments):
    return CliRunner().invoke(cli, ["convert", "--jobs", "1", "--json", *(str(argument) for argument in arguments)])


def events(result, kind):
    return [one for one in map(json.loads, result.stdout.splitlines()) if one["event"] == kind]


def story(title, section=""):
    return f"---\ntitle: {title}\nsection: {section}\n---\n\nThe ferry is back.\n"


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house with two articles; the working directory is a folder in it."""
    (tmp_path / "articleaudio.toml").write_text(HOUSE)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ferry.md").write_text(story("Ferry"))
    (tmp_path / "articles" / "view.md").write_text(story("View", "Opinion"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path


def test_the_house_names_sources_and_output(house):
    result = convert()
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (house / "public" / "episodes").iterdir()) == ["ferry", "view"]
    assert not list((house / "desk").iterdir())
    elsewhere = convert("../articles/ferry.md", "--out", "mine")
    assert elsewhere.exit_code == 0, elsewhere.output
    assert [path.name for path in (house / "desk" / "mine" / "episodes").iterdir()] == ["ferry"]


def test_without_either_it_says_what_to_name(house):
    (house / "articleaudio.toml").write_text("")
    for arguments, told in (((), "SOURCE"), (("../articles",), "--out")):
        result = convert(*arguments)
        assert result.exit_code == 2
        assert told in result.stderr


def test_a_section_is_heard_in_its_own_voice(house):
    convert()
    (house / "articleaudio.toml").write_text(HOUSE + '[voices.sections.opinion]\nen = "en-gb"\n')
    result = convert()
    assert result.exit_code == 0, result.output
    ready = {one["slug"]: one for one in events(result, "EpisodeReady")}
    assert (ready["ferry"]["spoken"], ready["ferry"]["changed"]) == (0, False), "nothing of it differs"
    assert ready["view"]["spoken"] == ready["view"]["segments"]
    voices = {}
    for slug in ready:
        document = json.loads((house / "public" / "episodes" / slug / "episode.json").read_bytes())
        voices[slug] = document["voice"]["name"]
    assert voices == {"ferry": "en-us", "view": "en-gb"}


def test_an_article_that_is_gone_from_its_folder_is_named_and_its_episode_stays(house):
    assert not [one for one in events(convert(), "Warned") if "gone" in one["message"]]
    (house / "articles" / "ferry.md").unlink()
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Desk", "items": [
        {"id": f"https://news.example/a/{number}", "title": f"Item {number}", "content_html": "<p>It is on.</p>"}
        for number in (1, 2)
    ]}  # fmt: skip
    (house / "articles" / "feed.json").write_text(json.dumps(feed))
    result = convert()
    assert result.exit_code == 0
    (told,) = [one["message"] for one in events(result, "Warned") if "gone" in one["message"]]
    assert "ferry.md is gone; its episode ferry is still published" in told
    assert (house / "public" / "episodes" / "ferry" / "index.html").is_file()
    CliRunner().invoke(cli, ["retract", str(house / "public"), "ferry"])
    assert not [one for one in events(convert(), "Warned") if "gone" in one["message"]]


def test_a_page_that_was_taken_down_is_named_with_its_episode(house):
    status = [200]

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            body = b"<article><h1>Ferry</h1><p>The ferry to the islands is back again.</p></article>"
            self.send_response(404 if self.path == "/robots.txt" else status[0])
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/ferry"
        assert convert(url, "--allow-private").exit_code == 0
        status[0] = 410
        result = convert(url, "--allow-private")
        server.shutdown()
    assert result.exit_code == 3
    (failed,) = events(result, "ArticleFailed")
    assert "taken down (HTTP 410); its episode ferry is still published" in failed["message"]
    assert "retract" in failed["hint"]
