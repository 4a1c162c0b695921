"""Spellings of Internet addresses that no stranger's link may lead to."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

FORBIDDEN_V4 = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.8",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.1",
    "168.63.129.16",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
)

FORBIDDEN_V6 = (
    "::",
    "::1",
    "0:0:0:0:0:0:0:1",
    "0000:0000:0000:0000:0000:0000:0000:0001",
    "::0.0.0.1",
    "fe80::1",
    "febf:ffff::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "FDFF:FFFF::1",
    "ff02::1",
    "ff0e::1",
    "100::1",
    "2001:db8::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:0:7f00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1:a00:0:100::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "8000::1",
    "e000::1",
)


def forbidden_hosts() -> Iterator[str]:
    """Hundreds of hosts, as they may stand in an address, each of which means a forbidden one."""
    for each in FORBIDDEN_V4:
        yield from spellings_v4(each)
    for each in FORBIDDEN_V6:
        yield f"[{each}]"


def spellings_v4(dotted: str) -> Iterator[str]:
    """The ways in which libc, browsers or libraries read one IPv4 address."""
    number = int(IPv4Address(dotted))
    a, b, c, d = (int(part) for part in dotted.split("."))
    yield dotted
    yield f"{dotted}."
    yield str(number)
    yield hex(number)
    yield hex(number).upper()
    yield f"0{number:o}"
    yield f"{a}.{number & 0xFFFFFF}"
    yield f"{a}.{b}.{c << 8 | d}"
    yield f"0x{a:x}.{number & 0xFFFFFF}"
    yield f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"{a:03}.{b:03}.{c:03}.{d:03}"
    yield f"{a + 256}.{b}.{c}.{d}"
    yield f"%{ord(dotted[0]):x}{dotted[1:]}"
    yield dotted.replace(".", "%2e")
    yield dotted.replace(".", "。")
    yield dotted.replace(".", "．")
    yield _digits(dotted, "０")
    yield _digits(dotted, "𝟎")
    yield _digits(dotted, "٠")
    yield _circled(dotted)
    yield from (f"[{each}]" for each in _wrapped(number))


def _wrapped(number: int) -> Iterator[str]:
    dotted = IPv4Address(number)
    yield f"::ffff:{dotted}"
    yield str(IPv6Address(0xFFFF << 32 | number))
    yield f"0:0:0:0:0:FFFF:{dotted}"
    yield f"::{dotted}"
    yield f"::ffff:0:{dotted}"
    yield f"64:ff9b::{dotted}"
    yield str(IPv6Address(0x64FF9B << 96 | number))
    yield str(IPv6Address(0x2002 << 112 | number << 80 | 1))
    yield str(IPv6Address(0x2001 << 112 | number << 64 | 1))
    yield f"2600:1::5efe:{dotted}"
    yield f"2600:1::200:5efe:{dotted}"


def _digits(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(each)) if each.isdigit() else each for each in text)


def _circled(text: str) -> str:
    return text.translate({ord("0"): "⓪"} | {ord("1") + n: chr(ord("①") + n) for n in range(9)})
