"""Sites are asked as they want to be asked: robots.txt, pauses, and nothing twice that has not changed."""

from __future__ import annotations

import pickle
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import FetchError
from articleaudio.read.web.pace import MOST, retry_after
from articleaudio.read.web.wire import BrokenAnswerError

from .site import Site, answer, to
from .test_fetch import PAGE, refused


def robots(text):
    return answer(text, kind="text/plain")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /private/", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: articleaudio\nAllow: /", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: ArticleAudio\nDisallow: /st", False),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*?draft=", True),
        ("User-agent: *\nDisallow: /*?page=", False),
        ("User-agent: *\nDisallow: /\nAllow: /story", True),
        ("", True),
        ("<!doctype html><title>Not found</title>", True),
        ("\x00\x01\x02", True),
        ("#" * 600_000 + "\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n" + "#" * 600_000, False),
    ],
)
def test_robots_are_honoured(fetcher, text, allowed):
    with Site({"/robots.txt": robots(text), "/story?page=1": answer(PAGE)}) as site:
        if allowed:
            assert fetcher().get(site.url("/story?page=1")).data == PAGE.encode()
        else:
            error = refused(fetcher(), site.url("/story?page=1"), "robots.txt", "/story")
            assert "own_sites" in error.hint
            assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", ["400 x", "401 x", "403 x", "404 x", "410 x", "418 x", "204 x", "304 x"])
def test_no_robots_means_everything_is_allowed(fetcher, status):
    with Site({"/robots.txt": answer("", status), "/story": answer(PAGE)}) as site:
        assert fetcher().get(site.url("/story")).data == PAGE.encode()


@pytest.mark.parametrize(
    "route",
    [
        answer("", "500 x"),
        answer("", "503 x"),
        answer("", "429 x"),
        answer("User-agent: *", Content_Length="500"),
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
    ],
    ids=["500", "503", "429", "cut", "ssh", "empty"],
)
def test_robots_that_cannot_be_read_close_the_site(fetcher, route):
    with Site({"/robots.txt": route, "/story": answer(PAGE)}) as site:
        error = refused(fetcher(), site.url("/story"), "robots.txt", "unknown")
        assert "own_sites" in error.hint
        assert site.paths == ["/robots.txt"]


def test_robots_are_asked_once_for_each_host(fetcher):
    with Site({"/a": answer(PAGE), "/b": answer(PAGE)}) as site:
        web = fetcher()
        for path in ("/a", "/b", "/a"):
            web.get(site.url(path))
        web.get(site.url("/a", "news.example"))
        assert site.paths == ["/robots.txt", "/a", "/b", "/a", "/robots.txt", "/a"]


def test_robots_may_live_elsewhere(fetcher):
    rules = robots("User-agent: *\nDisallow: /closed")
    with Site({"/robots.txt": to("/rules"), "/rules": rules, "/open": answer(PAGE), "/closed": answer(PAGE)}) as site:
        web = fetcher()
        assert web.get(site.url("/open")).data == PAGE.encode()
        refused(web, site.url("/closed"), "robots.txt")
    with Site({"/robots.txt": to("http://127.0.0.2/robots.txt"), "/open": answer(PAGE)}) as site:
        refused(fetcher(resolve=lambda host, _: (host,)), site.url("/open"), "this machine")


def test_robots_of_where_a_redirect_leads_count(fetcher):
    with Site({"/robots.txt": robots("User-agent: *\nDisallow: /b"), "/a": to("/b"), "/b": answer(PAGE)}) as site:
        refused(fetcher(), site.url("/a"), "/b", "robots.txt")
        assert site.paths == ["/robots.txt", "/a"]


def test_robots_made_to_be_slow_are_not_read(fetcher):
    text = "".join(f"User-agent: a{number}\n" for number in range(9000)) + "Disallow: /b\n" * 20_000
    with Site({"/robots.txt": robots(text), "/story": answer(PAGE)}) as site:
        refused(fetcher(), site.url("/story"), "more programs and rules")


@pytest.mark.parametrize("own", ["news.example", "News.Example.", "example", "*.news.example"])
def test_own_sites_are_asked_without_further_ado(fetcher, own):
    closed = robots("User-agent: *\nDisallow: /\nCrawl-delay: 10")
    with Site({"/robots.txt": closed, "/story": answer(PAGE)}) as site:
        web = fetcher(own_sites=(own,), delay=5.0)
        for host in ("news.example", "www.news.example", "NEWS.example"):
            assert web.get(site.url("/story", host)).data == PAGE.encode()
        assert set(site.paths) == {"/story"}
        refused(fetcher(own_sites=("news.example",)), site.url("/story", "oldnews.example"), "robots.txt")


def test_own_sites_may_have_letters_of_their_own(fetcher):
    with Site({"/robots.txt": robots("User-agent: *\nDisallow: /"), "/story": answer(PAGE)}) as site:
        for own in ("новини.укр", "xn--b1amarcd.xn--j1amh"):
            assert fetcher(own_sites=(own,)).get(site.url("/story", "новини.укр")).data == PAGE.encode()


class Naps:
    """Sleeps for no time and remembers how long it should have been."""

    def __init__(self):
        self.taken = []

    def __call__(self, seconds):
        self.taken.append(seconds)


def test_a_host_is_left_alone_between_two_pages(fetcher):
    naps = Naps()
    with Site({"/a": answer(PAGE), "/b": to("/a")}) as site:
        web = fetcher(delay=50.0, sleep=naps)
        web.get(site.url("/a"))
        web.get(site.url("/a", "other.example"))
        assert naps.taken == []
        web.get(site.url("/b"))
        assert len(naps.taken) == 2  # the page that leads on, and where it leads
        assert all(10 < nap <= 50 for nap in naps.taken)


@pytest.mark.parametrize(("asked", "least", "most"), [("59", 20, 59), ("2.5", 2.5, 20), ("-3", 0, 20), ("x", 0, 20)])
def test_robots_may_ask_for_longer_pauses(fetcher, asked, least, most):
    naps = Naps()
    rules = robots(f"User-agent: *\nCrawl-delay: {asked}")
    with Site({"/robots.txt": rules, "/a": answer(PAGE)}) as site:
        web = fetcher(delay=20.0, sleep=naps)
        web.get(site.url("/a"))
        web.get(site.url("/a"))
        assert len(naps.taken) == 1
        assert least < naps.taken[0] <= most


def test_a_pause_out_of_all_reason_is_an_error(fetcher):
    with Site({"/robots.txt": robots("User-agent: *\nCrawl-delay: 3600"), "/a": answer(PAGE)}) as site:
        web = fetcher()
        web.get(site.url("/a"))
        assert "own_sites" in refused(web, site.url("/a"), "3600 seconds").hint


def test_pauses_do_not_count_against_the_deadline(fetcher):
    with Site({"/a": answer(PAGE)}) as site:
        web = fetcher(delay=1.2, seconds=1.0, sleep=time.sleep)
        web.get(site.url("/a"))
        assert web.get(site.url("/a")).data == PAGE.encode()


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("path", ["/robots.txt", "/story"])
def test_a_busy_server_is_asked_again_when_it_says(fetcher, status, path):
    naps = Naps()
    busy = answer("", status, Retry_After="7")
    with Site({path: [busy, busy, answer("")], "/story": answer(PAGE)} | ({path: [busy, busy, answer(PAGE)]})) as site:
        assert fetcher(sleep=naps).get(site.url("/story")).data == PAGE.encode()
        assert naps.taken == [7, 7]
        assert site.paths.count(path) == 3


def test_a_server_that_stays_busy_is_given_up(fetcher):
    naps = Naps()
    with Site({"/story": answer("", "503 x", Retry_After="7")}) as site:
        refused(fetcher(sleep=naps), site.url("/story"), "busy")
        assert naps.taken == [7, 7]
        assert site.paths.count("/story") == 3


@pytest.mark.parametrize("header", ["86400", "Fri, 31 Dec 2100 23:59:59 GMT", "soon", "-1", "9" * 400, "", "½"])
def test_a_server_that_wants_too_long_a_pause_is_given_up(fetcher, header):
    with Site({"/story": answer("", "429 x", Retry_After=header)}) as site:
        hint = refused(fetcher(), site.url("/story"), "left alone").hint
        assert header[:40].encode().decode("latin-1") in hint or header == "½"
        assert site.paths.count("/story") == 1


def test_retry_after_may_be_a_date():
    soon = datetime.now(UTC) + timedelta(seconds=60)
    assert 50 < retry_after(format_datetime(soon, usegmt=True)) <= 60
    assert retry_after("Fri, 31 Dec 1999 23:59:59 GMT") == 0
    assert retry_after("Fri, 31 Dec 1999 23:59:59 -0000") == 0


@given(st.text(max_size=60) | st.datetimes().map(format_datetime) | st.integers().map(str))
def test_whatever_retry_after_says_the_wait_is_bounded(header):
    wait = retry_after(header)
    assert wait is None or 0 <= wait <= MOST


ETAG = '"v1"'
MODIFIED = "Tue, 24 Nov 2026 08:00:00 GMT"


def kept_answer(connection, asked, _gone):
    unchanged = asked.headers.get("if-none-match") == ETAG or asked.headers.get("if-modified-since") == MODIFIED
    full = answer(PAGE, kind="text/html; charset=koi8-u", ETag=ETAG, Last_Modified=MODIFIED)
    connection.sendall(b"HTTP/1.1 304 Not Modified\r\nETag: " + ETAG.encode() + b"\r\n\r\n" if unchanged else full)


def test_what_has_not_changed_is_not_sent_again(fetcher):
    with Site({"/story": kept_answer, "/on": to("/story")}) as site:
        first = fetcher().get(site.url("/story"))
        again = fetcher().get(site.url("/on"))
        assert first == again
        assert (first.data, first.charset) == (PAGE.encode(), "koi8-u")
        assert "if-none-match" not in site.asked[1].headers
        assert site.asked[-1].headers["if-none-match"] == ETAG
        assert site.asked[-1].headers["if-modified-since"] == MODIFIED


@pytest.mark.parametrize("etag", ['"\u00fc"', '"\x01"', "x" * 2000, "\t"])
def test_a_name_that_no_header_can_carry_is_not_sent_back(fetcher, etag):
    with Site({"/story": answer(PAGE, ETag=etag, Last_Modified=MODIFIED)}) as site:
        for _ in range(2):
            assert fetcher().get(site.url("/story")).data == PAGE.encode()
        assert "if-none-match" not in site.asked[-1].headers
        assert site.asked[-1].headers["if-modified-since"] == MODIFIED


@pytest.mark.parametrize(("name", "sent"), [("ETag", "if-none-match"), ("Last_Modified", "if-modified-since")])
def test_one_of_the_two_is_enough_and_changes_are_seen(fetcher, name, sent):
    routes = {"/story": [answer(PAGE, **{name: "one"}), answer("new", **{name: "two"}), answer("newer")]}
    with Site(routes) as site:
        assert [fetcher().get(site.url("/story")).data for _ in range(3)] == [PAGE.encode(), b"new", b"newer"]
        assert [asked.headers.get(sent) for asked in site.asked[1::2]] == [None, "one", "two"]


@pytest.mark.parametrize("headers", [{}, {"ETag": ETAG, "Cache_Control": "private, No-Store"}])
def test_what_must_not_be_kept_is_not(fetcher, tmp_path, headers):
    with Site({"/story": answer(PAGE, **headers)}) as site:
        fetcher().get(site.url("/story"))
        assert not (tmp_path / "cache").exists()


def _cut(data):
    return data[:-1]


def _emptied(_data):
    return b""


def _changed(data):
    return data.replace(b"harbour opened", b"harbour closed")


@pytest.mark.parametrize("damage", [_cut, _emptied, _changed])
def test_a_damaged_page_is_fetched_anew(fetcher, tmp_path, damage):
    with Site({"/story": kept_answer}) as site:
        fetcher().get(site.url("/story"))
        (entry,) = (path for path in (tmp_path / "cache" / "web").rglob("*") if path.is_file())
        entry.write_bytes(damage(entry.read_bytes()))
        assert fetcher().get(site.url("/story")).data == PAGE.encode()
        assert "if-none-match" not in site.asked[-1].headers
        assert fetcher().get(site.url("/story")).data == PAGE.encode()
        assert "if-none-match" in site.asked[-1].headers


def test_a_folder_that_cannot_be_written_costs_only_time(fetcher, tmp_path):
    (tmp_path / "cache").write_text("a file in the way")
    with Site({"/story": kept_answer}) as site:
        assert fetcher().get(site.url("/story")).data == PAGE.encode()


def test_an_error_keeps_its_hint_between_processes():
    error = pickle.loads(pickle.dumps(BrokenAnswerError("cut off", hint="try again")))
    assert isinstance(error, FetchError)
    assert (error.message, error.hint) == ("cut off", "try again")
