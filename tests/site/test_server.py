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
from articleaudio.site.server import app, only_here, serve

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


def test_other_sites_may_read(ask, mp3):
    _, headers, _ = ask(mp3, Range="bytes=0-9", Origin="https://harbour.example")
    assert headers["access-control-allow-origin"] == "*"
    exposed = {name.strip().lower() for name in headers["access-control-expose-headers"].split(",")}
    assert exposed == {"accept-ranges", "content-length", "content-range", "etag", "last-modified"}
    asked = {"Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "range"}
    status, headers, _ = ask(mp3, "OPTIONS", Origin="null", **asked)
    assert status == 204
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


def test_folders_lead_to_their_page(ask, mp3):
    status, headers, body = ask("")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"The Harbour Post" in body
    status, headers, _ = ask(mp3.parent)
    assert status == 307
    assert headers["location"] == f"./{mp3.parent.name}/"  # whatever host, port and path stand in front of us


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


@pytest.mark.parametrize(
    ("host", "private"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_which_addresses_are_private(host, private):
    assert only_here(host) is private
    assert not only_here("192.168.1.5")
    assert not only_here("desk.example")


def test_a_host_on_the_network_is_announced(show_folder):
    command = [sys.executable, "-m", "articleaudio", "serve", str(show_folder), "--host", "0.0.0.0", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    told = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, note = process.communicate(timeout=20)
    assert "served at http://127.0.0.1:" in told
    assert (process.returncode, rest) == (0, "")
    assert note == "Note: with --host 0.0.0.0, whoever reaches this machine over the network can read it.\n"


def test_loopback_of_the_new_protocol(show_folder):
    program = SERVE.replace("127.0.0.1", "::1")
    process = subprocess.Popen([sys.executable, "-c", program, str(show_folder)], stdout=subprocess.PIPE, text=True)
    address = process.stdout.readline().strip()
    connection = http.client.HTTPConnection("::1", urlsplit(address).port, timeout=10)
    connection.request("GET", "/", headers={"Host": "some.where.example:9999"})
    assert (urlsplit(address).hostname, connection.getresponse().status) == ("::1", 200)
    connection.close()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)


def test_an_interrupt_does_not_wait_for_a_player_that_pauses(tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>")
    with (tmp_path / "long.mp3").open("wb") as file:
        file.truncate(200_000_000)
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    address = urlsplit(process.stdout.readline().strip())
    with socket.create_connection((address.hostname, address.port)) as paused:
        paused.sendall(b"GET /long.mp3 HTTP/1.1\r\nHost: here\r\n\r\n")
        assert paused.recv(1000).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=20)
    assert (process.returncode, complaint) == (0, "")
