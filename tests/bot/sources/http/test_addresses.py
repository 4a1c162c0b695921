"""Which Internet addresses may be connected."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sources.http.addresses import forbidden

V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(IPv6Address)
PUBLIC_V6 = st.integers(0x20 << 120, (0x40 << 120) - 1).map(IPv6Address)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "127.0.0.1 is a loopback address"),
        ("10.1.2.3", "10.1.2.3 is a private address"),
        ("169.254.169.254", "169.254.169.254 is a link-local address"),
        ("100.64.0.1", "100.64.0.1 is an address inside a carrier's network"),
        ("192.0.0.8", "192.0.0.8 is a reserved address"),
        ("255.255.255.255", "255.255.255.255 is a reserved address"),
        ("168.63.129.16", "168.63.129.16 is a cloud provider's inner address"),
        ("224.0.0.1", "224.0.0.1 is a multicast address"),
        ("::ffff:10.0.0.1", "::ffff:10.0.0.1 (it leads to 10.0.0.1) is a private address"),
        ("64:ff9b::7f00:1", "64:ff9b::7f00:1 (it leads to 127.0.0.1) is a loopback address"),
        ("2002:7f00:1::1", "2002:7f00:1::1 (it leads to 127.0.0.1) is a loopback address"),
        ("2600::5efe:a00:1", "2600::5efe:a00:1 (it leads to 10.0.0.1) is a private address"),
        ("64:ff9b:1::808:808", "64:ff9b:1::808:808 is a tunnel's address"),
        ("2001:0:808:808::1", "2001:0:808:808::1 is a tunnel's address"),
        ("::7f00:1", "::7f00:1 is a reserved address"),
        ("fec0::1", "fec0::1 is a private address"),
        ("fd00:ec2::254", "fd00:ec2::254 is a private address"),
        ("fe80::1%eth0", "fe80::1%eth0 is a link-local address"),
        ("5f00::1", "5f00::1 is a reserved address"),
        ("127.1", "127.1 is not an Internet address"),
    ],
)
def test_it_says_why_an_address_is_forbidden(address: str, why: str) -> None:
    assert forbidden(address) == why


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "172.32.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_addresses_may_be_connected(address: str) -> None:
    assert forbidden(address) is None


def test_an_operator_may_allow_networks_of_his_own() -> None:
    allowed = (ip_network("10.1.0.0/16"), ip_network("fd00:1::/32"))
    assert forbidden("10.1.2.3", allowed) is None
    assert forbidden("::ffff:10.1.2.3", allowed) is None
    assert forbidden("fd00:1::9", allowed) is None
    assert forbidden("10.2.2.3", allowed)
    assert forbidden("2600::5efe:a02:1", allowed)


@given(st.one_of(V4, V6, PUBLIC_V6))
@example(IPv4Address("192.88.99.1"))
@example(IPv6Address("3fff::1"))
def test_nothing_that_the_standard_library_calls_special_is_public(
    ip: IPv4Address | IPv6Address,
) -> None:
    special = not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified
    if special or getattr(ip, "is_site_local", False):
        assert forbidden(str(ip))


@given(st.one_of(V4, st.sampled_from(["127.0.0.1", "10.0.0.1", "8.8.8.8"]).map(IPv4Address)))
def test_an_address_is_judged_alike_in_every_wrapping(ip: IPv4Address) -> None:
    number = int(ip)
    wrapped = (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80 | 1)
    verdicts = {forbidden(str(IPv6Address(each))) is None for each in wrapped}
    assert verdicts == {forbidden(str(ip)) is None}


@given(st.text(max_size=50))
def test_what_is_no_address_is_forbidden(text: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        assert forbidden(text)
