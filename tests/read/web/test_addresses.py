"""Only public addresses are asked, whatever shape a private one comes in."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articleaudio.errors import FetchError
from articleaudio.read.web import urls
from articleaudio.read.web.addresses import Addresses, closed

_PRIVATE = """
0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250
240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::a00:1
64:ff9b::7f00:1 64:ff9b:1::808:808 100::1 2001::1 2001:0:808:808::1 2001:db8::1 2001:20::1 2002:a00:1::1 2002:7f00:1::
2002:c0a8:101::1 3fff::1 4000::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
2606:4700::1%eth0
"""
_PUBLIC = """
1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 198.17.0.1 198.20.0.1 223.255.255.255
2606:4700:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
"""


@pytest.mark.parametrize("address", _PRIVATE.split())
def test_private_addresses_are_refused(address):
    assert Addresses().refusal(address, 443)
    assert Addresses(private=True).refusal(address, 443) == ""


@pytest.mark.parametrize("address", _PUBLIC.split())
def test_public_addresses_are_asked_at_the_ports_of_the_web(address):
    rule = Addresses()
    assert rule.refusal(address, 80) == rule.refusal(address, 443) == ""
    assert "port 22" in rule.refusal(address, 22)
    assert Addresses(private=True).refusal(address, 22) == ""


@given(st.ip_addresses(v=4))
def test_nothing_that_python_knows_as_private_passes(address: IPv4Address):
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert closed(address)


@given(st.ip_addresses(v=6))
@example(IPv6Address("2001:4:112::1"))
def test_of_ipv6_only_global_unicast_passes(address: IPv6Address):
    embedded = address.ipv4_mapped or address.sixtofour
    nat64 = address in ip_network("64:ff9b::/96")
    if embedded is None and not nat64 and (not address.is_global or address not in ip_network("2000::/3")):
        assert closed(address)


@given(st.ip_addresses(v=4), st.integers(0, 2**80 - 1))
def test_an_address_inside_another_is_judged_by_itself(address: IPv4Address, rest: int):
    number = int(address)
    inside = (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80 | rest)
    assert {closed(IPv6Address(outer)) for outer in inside} == {closed(address)}


@given(st.ip_addresses(), st.integers(-1, 70000), st.integers(0, 32))
def test_a_network_that_is_allowed_opens_itself_alone(address, port, bits):
    network = ip_network((address, address.max_prefixlen - bits), strict=False)
    rule = Addresses(networks=(network,))
    real = 0 < port < 65536
    assert (rule.refusal(str(address), port) == "") == real
    outside = ip_address((int(network.broadcast_address) + 1) % 2**address.max_prefixlen or 1)
    if outside.version == address.version and outside not in network:
        assert rule.refusal(str(outside), port) == Addresses().refusal(str(outside), port)


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "0x7f.1", "127.1", "1.2.3.4.5", "::g"])
def test_what_is_no_address_is_refused(text):
    assert Addresses().refusal(text, 80)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "news.example/story",
        "//news.example/story",
        "https:///story",
        "https://",
        "ftp://news.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://anna@news.example/",
        "https://anna:secret@news.example/",
        "https://:@news.example/",
        "https://news.example:0/",
        "https://news.example:65536/",
        "https://news.example:99999999999999999999/",
        "https://news.example:port/",
        "https://[::1/",
        "https://anna:secret@news.example:port/",
        "https://1.2.3.256/",
        "https://news.example/a\nb",
        "https://news.example/a\x00b",
        "https://xn--\u00fc/",
        "https://\u2028/",
        "https://ex\u00adample..com\u3002/",
        "https://" + "a" * 70_000,
    ],
)
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(FetchError) as caught:
        urls.parse(text)
    assert caught.value.hint
    assert "secret" not in caught.value.message
    assert len(caught.value.message) < 500


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" https://news.example \n", "https://news.example/"),
        ("HTTPS://News.Example:443/Story#part", "https://news.example/Story"),
        (
            "https://\u043d\u043e\u0432\u0438\u043d\u0438.\u0443\u043a\u0440/\u0456",
            "https://xn--b1amarcd.xn--j1amh/%D1%96",
        ),
        ("http://[2001:db8::1]:8080/?q=a b", "http://[2001:db8::1]:8080/?q=a%20b"),
        ("https://news.example/a%2Fb", "https://news.example/a%2Fb"),
    ],
)
def test_addresses_are_put_in_order(text, found):
    assert str(urls.parse(text)) == found


@given(st.text() | st.text("/:@[]%.#?\\ahtps\u00fc0129-_", max_size=40).map("https://".__add__))
def test_any_text_is_an_address_or_an_error(text):
    try:
        url = urls.parse(text)
    except FetchError:
        return
    assert url.scheme in {"http", "https"}
    assert url.host
    assert not url.userinfo
    assert not url.fragment
    assert urls.parse(str(url)) == url
