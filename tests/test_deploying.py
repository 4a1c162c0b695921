"""What a deployer follows holds together: compose.yaml, the image, the settings by example."""

from __future__ import annotations

import re

import yaml

from tests.support.paths import ROOT


def test_the_head_of_the_compose_file_says_how_to_make_every_secret() -> None:
    text = (ROOT / "compose.yaml").read_text()
    head = text.split("\nservices:")[0]
    secrets = yaml.safe_load(text)["secrets"]
    assert secrets
    for secret in secrets.values():
        assert f"> {secret['file']}" in head


def test_every_secret_that_a_service_uses_is_declared() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    used = {name for service in compose["services"].values() for name in service["secrets"]}
    assert used == set(compose["secrets"])


def test_the_image_runs_as_an_ordinary_user_and_copies_only_what_there_is() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER (?!root)", text, re.MULTILINE)
    assert "HEALTHCHECK" in text
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        *sources, _ = line.split()
        assert all((ROOT / source).exists() for source in sources)
