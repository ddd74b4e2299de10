"""Where connections go: to the addresses that were checked, in TLS to those whose certificates can be trusted."""

from __future__ import annotations

import socket
import ssl
import time
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from articleaudio.errors import FetchError
from articleaudio.read.web.backend import resolve as ask_system

from .site import Site, answer, to
from .test_fetch import PAGE, refused


class Names:
    """A name server whose answers change; remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, host, port):
        self.asked.append((host, port))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def test_nothing_private_is_asked(fetcher):
    with Site({"/story": answer(PAGE)}) as site:
        error = refused(fetcher(networks=()), site.url("/story"), "127.0.0.1 is this machine")
        assert "--allow-private" in error.hint
        refused(fetcher(networks=()), site.url("/story", "news.example"), "news.example", "127.0.0.1 is this machine")
        assert site.asked == []
        assert fetcher(networks=(), allow_private=True).get(site.url("/story")).data == PAGE.encode()


def test_only_ports_of_the_web_are_asked(fetcher):
    web = fetcher(networks=(), resolve=lambda _host, _port: ("192.88.98.1",))
    refused(web, "http://news.example:22/", "news.example is not visited: port 22 is not a port of the web")
    refused(web, "http://192.88.98.1:8080/", "port 8080 is not a port of the web")


def test_one_private_answer_among_public_ones_is_enough_to_refuse(fetcher):
    with Site({"/story": answer(PAGE)}) as site:
        web = fetcher(resolve=Names(("127.0.0.1", "127.0.0.2")))
        refused(web, site.url("/story", "news.example"), "127.0.0.2 is this machine")
        assert site.asked == []


def test_a_name_that_changes_its_mind_wins_nothing(fetcher):
    names = Names(("127.0.0.1",), ("127.0.0.2",))
    with Site({"/story": answer(PAGE)}) as good, Site({"/story": answer("secret")}, "127.0.0.2", good.port) as inner:
        web = fetcher(resolve=names, own_sites=("news.example",))
        assert web.get(good.url("/story", "news.example")).data == PAGE.encode()
        assert [asked.address for asked in good.asked] == ["127.0.0.1"]
        assert names.asked == [("news.example", good.port)]
        refused(web, good.url("/story", "news.example"), "127.0.0.2 is this machine")
        assert inner.asked == []


def test_each_hop_is_checked_anew(fetcher):
    names = Names(("127.0.0.1",), ("127.0.0.1",), ("127.0.0.2",))
    with Site({"/story": to("/inner"), "/inner": answer("secret")}) as site:
        refused(fetcher(resolve=names), site.url("/story", "news.example"), "127.0.0.2 is this machine")
        assert site.paths == ["/robots.txt", "/story"]


def test_the_next_address_is_tried(fetcher):
    with Site({"/story": answer(PAGE)}) as site:
        networks = (ip_network("127.0.0.0/8"),)
        web = fetcher(resolve=Names(("127.0.0.3", "127.0.0.1")), networks=networks)
        assert web.get(site.url("/story", "news.example")).data == PAGE.encode()
        web = fetcher(resolve=Names(("127.0.0.3",)), networks=networks)
        refused(web, site.url("/story", "news.example"), "cannot connect to news.example")


@pytest.mark.parametrize("trouble", [OSError("no such name"), UnicodeError("label too long"), None])
def test_a_host_that_is_not_there(fetcher, trouble):
    def resolve(_host, _port):
        if trouble:
            raise trouble
        return ()

    refused(fetcher(resolve=resolve), "http://news.example/", "no host called news.example")


def test_a_name_server_that_is_slow(fetcher):
    def resolve(_host, _port):
        time.sleep(3)
        return ("127.0.0.1",)

    refused(fetcher(resolve=resolve, seconds=1), "http://news.example/", "looked up in time")
    refused(fetcher(resolve=resolve, connect_seconds=0.1), "http://news.example/", "looked up in time")


def test_the_systems_own_names(fetcher):
    with Site({"/story": answer(PAGE)}) as site:
        for host in ("localhost", "127.1", "2130706433", "0x7f.0.0.1"):
            refused(fetcher(resolve=ask_system, networks=()), site.url("/story", host), "this machine")
        assert site.asked == []
        assert fetcher(resolve=ask_system, allow_private=True).get(site.url("/story", "localhost")).kind == ".html"


def test_a_site_with_letters_of_its_own(fetcher):
    names = Names(("127.0.0.1",))
    with Site({"/story": answer(PAGE)}) as site:
        page = fetcher(resolve=names).get(site.url("/story", "новини.укр"))
        assert page.url == site.url("/story", "xn--b1amarcd.xn--j1amh")
        assert site.asked[1].headers["host"] == f"xn--b1amarcd.xn--j1amh:{site.port}"
        assert set(names.asked) == {("xn--b1amarcd.xn--j1amh", site.port)}


def test_tls_with_a_trusted_certificate(fetcher, certified, trusting, authority, tmp_path, monkeypatch):
    with Site({"/story": answer(PAGE), "/on": b""}, tls=certified) as site:
        site.routes["/on"] = to(f"http://news.example:{site.port}/story")
        web = fetcher(tls=trusting)
        assert web.get(site.url("/story", "news.example")).data == PAGE.encode()
        assert web.get(site.url("/story", "news.example.")).data == PAGE.encode()
        refused(web, site.url("/on", "news.example"), "not encrypted")
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        assert fetcher(tls=None).get(site.url("/story", "news.example")).data == PAGE.encode()


def test_tls_with_any_other_certificate(fetcher, certified, trusting):
    with Site({"/story": answer(PAGE)}, tls=certified) as site:
        error = refused(
            fetcher(tls=None), site.url("/story", "news.example"), "certificate of news.example is not trusted"
        )
        assert "SSL_CERT_FILE" in error.hint
        refused(fetcher(tls=trusting), site.url("/story", "other.example"), "not trusted", "other.example")
        refused(fetcher(tls=trusting), site.url("/story", "127.0.0.1"), "not trusted")
        assert site.asked == []


def test_tls_for_an_address(fetcher, trusting, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Site({"/story": answer(PAGE)}, tls=context) as site:
        assert fetcher(tls=trusting).get(site.url("/story")).data == PAGE.encode()


def test_tls_that_is_none(fetcher, trusting):
    with Site({"/story": answer(PAGE)}) as site:
        url = f"https://news.example:{site.port}/story"
        refused(fetcher(tls=trusting, seconds=0.3), url, "news.example")


def test_tls_that_ends_without_a_good_bye_is_cut_off(fetcher, certified, trusting):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

    def silent_end(connection, _asked, _gone):
        connection.sendall(head + PAGE.encode()[:40])
        connection.shutdown(socket.SHUT_RDWR)

    with Site({"/cut": silent_end, "/whole": head + PAGE.encode()}, tls=certified) as site:
        web = fetcher(tls=trusting)
        refused(web, site.url("/cut", "news.example"), "cut off")
        assert web.get(site.url("/whole", "news.example")).data == PAGE.encode()


def test_certificates_that_are_not_there(fetcher, monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with pytest.raises(FetchError, match="cannot be read") as caught:
        fetcher(tls=None)
    assert "SSL_CERT_FILE" in caught.value.hint
    (tmp_path / "missing.pem").write_text("no certificate")
    with pytest.raises(FetchError, match="cannot be read"):
        fetcher(tls=None)


def test_an_expired_certificate(fetcher, authority, trusting):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    old = authority.issue_cert("news.example", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    old.configure_cert(context)
    with Site({"/story": answer(PAGE)}, tls=context) as site:
        refused(fetcher(tls=trusting), site.url("/story", "news.example"), "expired")
