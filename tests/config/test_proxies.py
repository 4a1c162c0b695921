"""The choice of a proxy by the settings that other programs use too."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.proxies import Proxies
from config.settings import InvalidSettings, load_settings


@pytest.mark.parametrize(
    ("url", "exceptions", "proxy"),
    [
        ("http://outlet.example/a", "", "http://plain:1"),
        ("https://outlet.example/a", "", "http://secure:2"),
        ("wss://wss.slack.example/link", "", "http://secure:2"),
        ("http://outlet.example/a", "*", None),
        ("http://outlet.example/a", "other.example, outlet.example", None),
        ("http://www.outlet.example/a", ".outlet.example", None),
        ("http://www.outlet.example/a", "*.outlet.example", None),
        ("http://myoutlet.example/a", "outlet.example", "http://plain:1"),
        ("http://outlet.example:8080/a", "outlet.example:8080", None),
        ("http://outlet.example/a", "outlet.example:8080", "http://plain:1"),
        ("http://10.2.3.4/a", "10.0.0.0/8", None),
        ("http://11.2.3.4/a", "10.0.0.0/8", "http://plain:1"),
        ("http://[::1]:8000/a", "::1", None),
        ("http://outlet.example/a", " , ", "http://plain:1"),
    ],
)
def test_the_proxy_of_a_url(url: str, exceptions: str, proxy: str | None) -> None:
    assert Proxies("http://plain:1", "http://secure:2", "", exceptions).of(url) == proxy


@pytest.mark.parametrize("name", ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"])
def test_settings_are_read_in_either_case(name: str, tmp_path: Path) -> None:
    settings = load_settings({name: "proxy.example:3128"}, tmp_path)
    assert settings.proxies.of("https://outlet.example/") == "http://proxy.example:3128"


@pytest.mark.parametrize("value", ["ftp://proxy.example", "http://", "http://proxy.example:x"])
def test_what_is_no_proxy_is_refused_without_showing_it(value: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match=r"HTTP_PROXY=\(not shown\)"):
        load_settings({"HTTP_PROXY": value}, tmp_path)


def test_proxies_are_secrets(tmp_path: Path) -> None:
    settings = load_settings({"ALL_PROXY": "http://us:hunter2@proxy.example"}, tmp_path)
    assert "hunter2" not in repr(settings)
