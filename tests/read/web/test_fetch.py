"""Pages come whole or not at all, before the deadline and within bounds."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tracemalloc
import zlib

import httpx
import pytest

from articleaudio.errors import FetchError, SourceError
from articleaudio.model import FetchPolicy
from articleaudio.read.source import Page
from articleaudio.read.web import open_web
from articleaudio.read.web.decoding import decoder

from .site import Site, answer, dripping, to

PAGE = "<!doctype html><title>Harbour</title><p>The harbour opened again on Monday — at last."


def refused(fetcher, url, *words):
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    for word in words:
        assert word in caught.value.message
    assert caught.value.hint
    return caught.value


def test_a_page_comes_as_it_is(fetcher):
    with Site({"/story": answer(PAGE, kind="text/html; charset=Windows-1251")}) as site:
        page = fetcher().get(site.url("/story#comments"))
        assert page == Page(site.url("/story"), PAGE.encode(), ".html", "Windows-1251")
        assert site.paths == ["/robots.txt", "/story"]


def test_the_lazy_way_fetches(tmp_path):
    with Site({"/story": answer(PAGE)}) as site:
        web = open_web(FetchPolicy(allow_private=True, delay=0), tmp_path)
        assert web.get(site.url("/story")).data == PAGE.encode()


def test_nothing_is_imported_before_something_is_fetched():
    code = """
import sys
from pathlib import Path
from articleaudio.model import FetchPolicy
from articleaudio.read.web import open_web
open_web(FetchPolicy(), Path("cache"))
print(sorted({"httpx", "httpcore", "h11", "protego", "ssl"} & sys.modules.keys()))
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_a_request_says_who_asks_and_nothing_else(fetcher, monkeypatch, tmp_path):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.9:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.9:9")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login anna password secret\n")
    routes = {"/in": answer("", "302 Found", Location="/story", Set_Cookie="session=1"), "/story": answer(PAGE)}
    with Site(routes) as site:
        fetcher(contact="desk@news.example\r\nX-Evil: 1 – ü").get(site.url("/in"))
        for asked in site.asked:
            assert asked.headers["user-agent"].startswith("articleaudio/")
            assert asked.headers["user-agent"].endswith("(desk@news.exampleX-Evil: 1)")
            assert not {"cookie", "authorization", "referer", "x-evil"} & asked.headers.keys()
            assert asked.headers["host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    "route",
    [
        dripping(b"x", b"HTTP/1.1 200 OK\r\nX-Slow: "),
        dripping(b"X-Slow: 1\r\n", b"HTTP/1.1 200 OK\r\n"),
        dripping(b"HTTP/1.1 100 Continue\r\n\r\n"),
        dripping(b"x", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n"),
        dripping(b"1\r\nx\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"),
        dripping(b"x", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
        lambda _connection, _asked, gone: gone.wait(10),
    ],
    ids=["line", "head", "continue", "body", "chunks", "endless", "silence"],
)
def test_a_slow_server_runs_out_of_time(fetcher, route):
    with Site({"/story": route}) as site:
        refused(fetcher(seconds=0.3), site.url("/story"), "/story", "longer than 0.3 seconds")


def test_slow_robots_run_out_of_the_same_time(fetcher):
    with Site({"/robots.txt": dripping(b"#", b"HTTP/1.1 200 OK\r\n\r\n"), "/story": answer(PAGE)}) as site:
        refused(fetcher(seconds=0.3), site.url("/story"), "longer than 0.3 seconds")
        assert "/story" not in site.paths


@pytest.mark.parametrize(
    ("route", "word"),
    [
        (answer(PAGE, Content_Length="500"), "cut off"),
        (answer(PAGE, Content_Length="40"), "longer than its server says"),
        (answer(b"5\r\nhello\r\n", Transfer_Encoding="chunked", Content_Length=None), "cut off"),
        (answer(gzip.compress(PAGE.encode())[:-12], Content_Encoding="gzip"), "cut off"),
        (answer(b"\x1f\x8b\x08garbage of all kinds", Content_Encoding="gzip"), "decompressed"),
        (answer(PAGE, Content_Encoding="gzip"), "decompressed"),
        (answer(PAGE, Content_Encoding="br"), "br"),
        (answer(PAGE, Content_Length="40", X="a\r\nContent-Length: 41"), "no valid answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "no valid answer"),
        (b"", "no valid answer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000, "no valid answer"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n", "no valid answer"),
    ],
    ids=["short", "long", "chunk", "cut gzip", "bad gzip", "no gzip", "br", "two", "ssh", "empty", "head", "upgrade"],
)
def test_a_damaged_answer_is_no_page(fetcher, route, word):
    with Site({"/story": route}) as site:
        refused(fetcher(), site.url("/story"), word)


def test_a_surplus_that_comes_late_is_noticed(fetcher, monkeypatch):
    monkeypatch.setattr("articleaudio.read.web.backend._PARTING", 5.0)

    def late(connection, _asked, gone):
        connection.sendall(answer(PAGE))
        gone.wait(0.05)
        connection.sendall(b"<p>And more.")

    with Site({"/story": late, "/blank": answer(PAGE) + b"\r\n"}) as site:
        refused(fetcher(), site.url("/story"), "longer than its server says")
        assert fetcher().get(site.url("/blank")).data == PAGE.encode()


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", gzip.compress(PAGE.encode())),
        ("x-gzip", gzip.compress(PAGE[:20].encode()) + gzip.compress(PAGE[20:].encode()) + b"\x00" * 9),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode(), wbits=-15)),
        ("identity", PAGE.encode()),
    ],
    # Named, for gzip writes the time of day into its bytes.
    ids=["gzip", "two gzip members", "zlib", "bare deflate", "identity"],
)
def test_compressed_pages_are_read(fetcher, encoding, data):
    def slowly(connection, asked, _gone):
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        connection.sendall(answer(data, Content_Encoding=encoding, Content_Length=None)[:-20])
        connection.sendall(data[-20:])

    with Site({"/story": slowly}) as site:
        assert fetcher().get(site.url("/story")).data == PAGE.encode()


def _bomb():
    inner = zlib.compressobj(9, wbits=31)
    zeros = bytes(1 << 20)
    return b"".join(inner.compress(zeros) for _ in range(30)) + inner.flush()


@pytest.mark.parametrize(
    "route",
    [
        answer(b"x" * 20_001),
        answer(b"x" * 20_001, Content_Length=None),
        answer(b"x", Content_Length="9" * 20),
        dripping(b"x", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"x" * 20_001),
        answer(_bomb(), Content_Encoding="gzip"),
    ],
    ids=["announced", "streamed", "boasted", "endless", "bomb"],
)
def test_too_much_is_refused(fetcher, route):
    with Site({"/story": route}) as site:
        refused(fetcher(page_bytes=20_000), site.url("/story"), "larger than")


def test_a_bomb_is_not_even_unpacked():
    bomb = _bomb()
    tracemalloc.start()
    try:
        assert len(decoder("gzip", httpx.URL("https://news.example/")).feed(bomb, 1000)) == 1000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_body_of_very_many_parts_is_refused(fetcher):
    with Site({"/story": answer(gzip.compress(b"") * 2000, Content_Encoding="gzip")}) as site:
        refused(fetcher(), site.url("/story"), "too many parts")


def test_just_enough_is_read_and_exports_may_be_larger(fetcher):
    export = b'{"posts": []}' + b" " * 50_000
    routes = {"/story": answer(b"x" * 20_000), "/posts.json": answer(export, kind="application/json")}
    with Site(routes) as site:
        web = fetcher(page_bytes=20_000, archive_bytes=60_000)
        assert len(web.get(site.url("/story")).data) == 20_000
        assert web.get(site.url("/posts.json")).kind == ".json"
        refused(fetcher(archive_bytes=50_000), site.url("/posts.json"), "larger than")


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("204 No Content", "no content"),
        ("300 Multiple Choices", "HTTP 300"),
        ("304 Not Modified", "HTTP 304"),
        ("401 Unauthorized", "log-in"),
        ("402 Payment Required", "paywall"),
        ("403 Forbidden", "logged in"),
        ("404 Not Found", "no such page"),
        ("410 Gone", "taken down"),
        ("418 I'm a teapot", "HTTP 418"),
        ("429 Too Many Requests", "left alone"),
        ("451 Unavailable For Legal Reasons", "legal"),
        ("500 Internal Server Error", "has failed"),
        ("503 Service Unavailable", "busy"),
    ],
)
def test_each_failure_has_its_words(fetcher, status, word):
    body = "" if status.startswith(("204", "304")) else PAGE
    with Site(
        {"/story": answer(body, status=status, Content_Length=None if not body else str(len(body.encode())))}
    ) as site:
        error = refused(fetcher(), site.url("/story"), word, status[:3])
        assert isinstance(error, SourceError)
        assert error.exit_code == 3
        if status[:3] in {"401", "402", "403"}:
            assert "CMS export" in error.hint


def test_redirects_are_followed_and_the_last_address_is_told(fetcher):
    routes = {f"/{hop}": to(f"/{hop + 1}", status) for hop, status in enumerate(("301 x", "302 x", "303 x", "307 x"))}
    with Site(routes | {"/4": to("//localhost:{}/ende/ü?q=ü#x"), "/ende/%C3%BC?q=%C3%BC": answer(PAGE)}) as site:
        site.routes["/4"] = to(f"//localhost:{site.port}/ende/\u00fc?q=\u00fc#x")
        assert fetcher().get(site.url("/0")).url == f"http://localhost:{site.port}/ende/%C3%BC?q=%C3%BC"
        refused(fetcher(redirects=4), site.url("/0"), "more than 4 times")


def test_going_round_in_circles_ends(fetcher):
    with Site({"/a": to("/b"), "/b": to("/a")}) as site:
        refused(fetcher(), site.url("/a"), "/a", "more than 5 times")
        assert len(site.asked) == 1 + 6


@pytest.mark.parametrize(
    ("location", "word"),
    [
        ("file:///etc/passwd", "no web address"),
        ("ftp://news.example/", "no web address"),
        ("http://anna:secret@news.example/", "user name"),
        ("http://[::1", "no web address"),
        ("http://127.0.0.2/", "this machine"),
        ("http://10.1.2.3/", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
    ],
)
def test_redirects_lead_nowhere_else(fetcher, location, word):
    def resolve(host, _port):
        return (host,)

    with Site({"/story": to(location)}) as site:
        error = refused(fetcher(resolve=resolve), site.url("/story"), word)
        assert "secret" not in error.message + error.hint
        assert site.paths == ["/robots.txt", "/story"]
