"""Which IP addresses an untrusted URL may lead to: public ones, in any spelling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_PUBLIC_V6 = IPv6Network("2000::/3")

_FORBIDDEN: tuple[tuple[IPNetwork, str], ...] = tuple(
    (ip_network(network), kind)
    for kind, networks in (
        ("a loopback address", "127.0.0.0/8 ::1/128"),
        ("an unspecified address", "0.0.0.0/8 ::/128"),
        ("a private address", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10"),
        ("a link-local address", "169.254.0.0/16 fe80::/10"),
        ("an address inside a carrier's network", "100.64.0.0/10"),
        ("a multicast address", "224.0.0.0/4 ff00::/8"),
        ("a documentation address", "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32"),
        ("a documentation address", "3fff::/20"),
        ("a benchmarking address", "198.18.0.0/15 2001:2::/48"),
        ("a cloud provider's inner address", "168.63.129.16/32"),
        ("a tunnel's address", "192.88.99.0/24 192.52.193.0/24 2001::/32 64:ff9b:1::/48"),
        ("a reserved address", "192.0.0.0/24 192.31.196.0/24 192.175.48.0/24 240.0.0.0/4"),
        ("a reserved address", "2001::/23 2620:4f:8000::/48"),
    )
    for network in networks.split()
)
"""The registries of special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry and
…-ipv6-…), and Azure's 168.63.129.16, which answers from inside the machine's own host."""


OWN_NETWORKS = ("a loopback address", "a private address", "a link-local address")
"""The kinds that an operator may have services on."""


def forbidden(address: str, allowed: Sequence[IPNetwork] = ()) -> str | None:
    """The reason why `address` must not be connected ("10.0.0.1 is a private address"), or None.

    IPv4 inside IPv6 is checked as that IPv4 address. Networks in `allowed` are permitted.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return f"{address[:60]} is not an Internet address"
    for each in _led_to(ip):
        if any(each in network for network in allowed):
            continue
        kind = _kind(each)
        if kind:
            inner = f" (it leads to {each})" if each != ip else ""
            return f"{address}{inner} is {kind}"
    return None


def _led_to(ip: IPAddress) -> Iterable[IPAddress]:
    """The addresses that must all be public: `ip` and any IPv4 address inside it."""
    if isinstance(ip, IPv4Address):
        return (ip,)
    number = int(ip)
    last = IPv4Address(number & 0xFFFFFFFF)
    if ip in _MAPPED or ip in _NAT64:
        return (last,)
    if ip in _SIX_TO_FOUR:
        return (IPv4Address(number >> 80 & 0xFFFFFFFF),)
    if number >> 32 & 0xFFFFFFFF in _ISATAP:
        return (ip, last)
    return (ip,)


def _kind(ip: IPAddress) -> str | None:
    for network, kind in _FORBIDDEN:
        if ip in network:
            return kind
    if isinstance(ip, IPv6Address) and ip not in _PUBLIC_V6:
        return "a reserved address"
    return None
