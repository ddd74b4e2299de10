from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from articleaudio.errors import UsageError
from articleaudio.site.server import app, content_type, serve

SERVE = """
import sys
from pathlib import Path
from articleaudio.site.server import serve
serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="session")
def mp3(show_folder) -> Path:
    return next(show_folder.glob("episodes/island-*/*.mp3"))


@pytest.fixture
def ask(address, show_folder):
    """Ask the real server; gives status, headers and body."""
    parts = urlsplit(address)

    def request(target, method="GET", **headers):
        path = target.relative_to(show_folder).as_posix() if isinstance(target, Path) else target
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        connection.request(method, f"/{path}", headers={name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    return request


def test_head_tells_length_and_ranges(ask, mp3):
    status, headers, body = ask(mp3, "HEAD")
    assert (status, body) == (200, b"")
    assert headers["content-length"] == str(mp3.stat().st_size)
    assert headers["accept-ranges"] == "bytes"
    assert headers["content-type"] == "audio/mpeg"
    assert headers["etag"]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=1000-1000", 1000, 1000), ("bytes=-50", -50, -1), ("bytes=600000-", 600_000, -1)],
)
def test_ranges_give_exactly_what_was_asked(ask, mp3, asked, first, last):
    data = mp3.read_bytes()
    size = len(data)
    status, headers, body = ask(mp3, Range=asked)
    assert status == 206
    assert body == data[first % size : last % size + 1]
    assert headers["content-range"] == f"bytes {first % size}-{last % size}/{size}"
    assert headers["content-length"] == str(len(body))


def test_several_ranges_come_in_parts(ask, mp3):
    data = mp3.read_bytes()
    status, headers, body = ask(mp3, Range="bytes=0-9,100-109")
    assert status == 206
    assert headers["content-type"].startswith("multipart/byteranges")
    assert data[:10] in body
    assert data[100:110] in body


def test_a_range_past_the_end_is_refused(ask, mp3):
    status, headers, _ = ask(mp3, Range="bytes=99999999-")
    assert status == 416
    assert headers["content-range"].endswith(f"*/{mp3.stat().st_size}")


def test_if_range_and_etag_are_honoured(ask, mp3):
    etag = ask(mp3, "HEAD")[1]["etag"]
    assert ask(mp3, Range="bytes=0-9", If_Range=etag)[0] == 206
    assert ask(mp3, Range="bytes=0-9", If_Range='"stale"')[0] == 200
    assert ask(mp3, If_None_Match=etag)[0] == 304


def test_other_sites_may_read(ask, mp3):
    _, headers, _ = ask(mp3, Range="bytes=0-9", Origin="https://harbour.example")
    assert headers["access-control-allow-origin"] == "*"
    exposed = {name.strip().lower() for name in headers["access-control-expose-headers"].split(",")}
    assert exposed == {"accept-ranges", "content-length", "content-range", "etag"}
    asked = {"Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "range"}
    status, headers, _ = ask(mp3, "OPTIONS", Origin="null", **asked)
    assert status == 200
    assert headers["access-control-allow-origin"] == "*"
    assert "range" in headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("captions.vtt", "text/vtt; charset=utf-8"),
        ("chapters.json", "application/json+chapters"),
        ("transcript.json", "application/json"),
        ("episode.json", "application/json"),
        ("index.html", "text/html; charset=utf-8"),
    ],
)
def test_types(ask, mp3, name, kind):
    status, headers, _ = ask(mp3.parent / name)
    assert (status, headers["content-type"]) == (200, kind)


def test_types_of_feed_player_and_style(ask):
    assert ask("feed.xml")[1]["content-type"] == "application/rss+xml; charset=utf-8"
    assert ask("feed.uk.xml")[1]["content-type"] == "application/rss+xml; charset=utf-8"
    assert ask("article-audio.js")[1]["content-type"] == "text/javascript; charset=utf-8"
    assert ask("article-audio.css")[1]["content-type"].startswith("text/css")
    assert content_type("page.html") == ""


def test_folders_lead_to_their_page(ask, mp3):
    status, headers, body = ask("")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"The Harbour Post" in body
    status, headers, _ = ask(mp3.parent)
    assert status == 307
    assert headers["location"].endswith(f"/episodes/{mp3.parent.name}/")


def test_nothing_outside_and_nothing_hidden_is_served(ask, show_folder):
    (show_folder / ".half.tmp").write_text("half written")
    secret = show_folder.parent / "state"
    assert secret.is_dir()
    for path in (
        ".half.tmp",
        "../state/",
        "..%2fstate/",
        "%2e%2e/state",
        "episodes/../../state/",
        "nothing",
        "episodes/",
    ):
        assert ask(path)[0] == 404, path


def test_only_reading_is_possible(ask, mp3):
    assert ask(mp3, "POST")[0] == 405
    assert ask(mp3, "DELETE")[0] == 405


@pytest.mark.parametrize(("make", "message"), [(False, "there is no folder"), (True, "holds no index.html")])
def test_a_folder_that_is_none_of_ours(tmp_path, make, message):
    folder = tmp_path / "public"
    if make:
        folder.mkdir()
    with pytest.raises(UsageError, match=message) as caught:
        app(folder)
    assert "convert" in caught.value.hint


def test_a_port_in_use(show_folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=str(port)) as caught:
            serve(show_folder, "127.0.0.1", port, pytest.fail)
    assert "--port" in caught.value.hint


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99_999), ("no.such.host.invalid", 0), ("203.0.113.1", 0)])
def test_an_address_that_cannot_be(show_folder, host, port):
    with pytest.raises(UsageError, match="cannot serve on"):
        serve(show_folder, host, port, pytest.fail)


def test_an_interrupt_ends_the_server_in_peace(show_folder):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(show_folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    address = urlsplit(process.stdout.readline().strip())
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=20)
    assert (process.returncode, complaint) == (0, "")
