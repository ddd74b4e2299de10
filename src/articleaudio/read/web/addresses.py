"""Which network addresses may be asked: public ones only, unless the house says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import MappingProxyType

IPAddress = IPv4Address | IPv6Address
"""An address of either family."""

IPNetwork = IPv4Network | IPv6Network
"""A range of addresses of either family."""

PORTS = frozenset({80, 443})
"""Ports of the web; others belong to services that expect no visitors."""

_CLOSED = MappingProxyType(
    {
        ip_network(network): what
        for network, what in (
            # IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast (RFC 5771)
            ("0.0.0.0/8", "this machine"),
            ("10.0.0.0/8", "a private network"),
            ("100.64.0.0/10", "a provider's private network"),
            ("127.0.0.0/8", "this machine"),
            ("169.254.0.0/16", "a link-local address"),
            ("172.16.0.0/12", "a private network"),
            ("192.0.0.0/24", "a reserved address"),
            ("192.0.2.0/24", "a documentation address"),
            ("192.88.99.0/24", "a reserved address"),
            ("192.168.0.0/16", "a private network"),
            ("198.18.0.0/15", "a benchmarking address"),
            ("198.51.100.0/24", "a documentation address"),
            ("203.0.113.0/24", "a documentation address"),
            ("224.0.0.0/4", "a multicast address"),
            ("240.0.0.0/4", "a reserved address"),
            # IANA IPv6 registry; whatever lies outside 2000::/3 is closed anyway
            ("::/128", "this machine"),
            ("::1/128", "this machine"),
            ("fc00::/7", "a private network"),
            ("fe80::/10", "a link-local address"),
            ("fec0::/10", "a private network"),
            ("ff00::/8", "a multicast address"),
            ("2001::/23", "a reserved address"),
            ("2001:db8::/32", "a documentation address"),
            ("3fff::/20", "a documentation address"),
        )
    }
)
"""Ranges that are never asked, with what they are."""

_PUBLIC6 = IPv6Network("2000::/3")
"""All of IPv6 that is given out to the public."""

_EMBEDDED = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped (RFC 4291)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052)
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
"""IPv6 ranges whose addresses lead to an IPv4 address, and how many bits follow that address."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The rule for addresses and ports."""

    private: bool = False
    """Whether every address and port may be asked."""
    networks: tuple[IPNetwork, ...] = ()
    """Ranges that may be asked at any port although they are not public."""

    def refusal(self, address: str, port: int) -> str:
        """What keeps this address and port from being asked; empty where nothing does."""
        if not 0 < port < 65536:
            return f"port {port} does not exist"
        try:
            found = ip_address(address)
        except ValueError:
            return f"{address} is no network address"
        if self.private or any(found in network for network in self.networks):
            return ""
        what = closed(found)
        if what:
            return f"{address} is {what}"
        return "" if port in PORTS else f"port {port} is not a port of the web"


def closed(address: IPAddress) -> str:
    """What a non-public address is, in words; empty for a public one."""
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return "a link-local address"
        for network, shift in _EMBEDDED:
            if address in network:
                return closed(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    what = next((what for network, what in _CLOSED.items() if address in network), "")
    if what:
        return what
    return "a reserved address" if isinstance(address, IPv6Address) and address not in _PUBLIC6 else ""
