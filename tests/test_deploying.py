"""What a deployer follows holds together: compose, image, unit, manifests, settings by example."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
import yaml

from benchmarks.code.sbom import LOCK, sbom
from tests.support.paths import ROOT


def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def filled_in(value: str, **given: str) -> str:
    """A value of the compose file with each `${NAME:-default}` replaced, the inner ones first."""
    pattern = re.compile(r"\$\{(\w+):-([^${}]*)\}")
    while pattern.search(value):
        value = pattern.sub(lambda found: given.get(found[1]) or found[2], value)
    return value


def test_the_head_of_the_compose_file_says_how_to_make_every_secret() -> None:
    head = (ROOT / "compose.yaml").read_text().split("\nservices:")[0]
    secrets = compose()["secrets"]
    assert secrets
    for secret in secrets.values():
        assert f"> {secret['file']}" in head


def test_every_secret_that_a_service_uses_is_declared() -> None:
    used = {name for service in compose()["services"].values() for name in service["secrets"]}
    assert used == set(compose()["secrets"])


@pytest.mark.parametrize("name", ["bot", "web", "database"])
def test_no_service_has_a_capability_a_writable_root_or_no_limit(name: str) -> None:
    service = compose()["services"][name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert "privileged" not in service
    assert {"mem_limit", "pids_limit", "cpus", "stop_grace_period"} <= set(service)


def test_the_database_cannot_be_reached_from_outside() -> None:
    database = compose()["services"]["database"]
    assert "ports" not in database
    assert all(compose()["networks"][name]["internal"] for name in database["networks"])


@pytest.mark.parametrize("given", [{}, {"OUTSIDE_NET": "172.16.84"}])
def test_the_pages_believe_a_proxy_on_the_same_machine_and_nobody_else(
    given: dict[str, str],
) -> None:
    """What comes through a published port has the address of the gateway."""
    web, networks = compose()["services"]["web"], compose()["networks"]
    (network,) = [name for name in web["networks"] if not (networks[name] or {}).get("internal")]
    (pool,) = networks[network]["ipam"]["config"]
    gateway = ip_address(filled_in(pool["gateway"], **given))
    assert gateway in ip_network(filled_in(pool["subnet"], **given))
    believed = web["environment"]["FORWARDED_ALLOW_IPS"]
    assert ip_address(filled_in(believed, **given)) == gateway
    assert filled_in(believed, FORWARDED_ALLOW_IPS="192.0.2.7") == "192.0.2.7"
    assert all(port.startswith("127.0.0.1:") for port in web["ports"])


def test_the_image_runs_as_an_ordinary_user_and_copies_only_what_there_is() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER (?!root|0)", text, re.MULTILINE)
    assert "HEALTHCHECK" in text
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        *sources, _ = line.split()
        assert all((ROOT / source).exists() for source in sources)


def test_the_image_holds_no_pip() -> None:
    last = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-1]
    assert "venv --without-pip /opt/briefbot" in (ROOT / "Dockerfile").read_text()
    assert re.search(r"rm -rf .*site-packages/pip\*.*ensurepip.*bin/pip\*", last)


def test_the_pods_are_closed_and_asked_for_their_health() -> None:
    text = (ROOT / "deploy" / "kubernetes.yaml").read_text()
    (deployment,) = [each for each in yaml.safe_load_all(text) if each["kind"] == "Deployment"]
    pod = deployment["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    asked = container["readinessProbe"]
    assert asked["periodSeconds"] * asked["failureThreshold"] + asked["timeoutSeconds"] <= 30
    assert pod["securityContext"]["runAsNonRoot"] is True
    closed = container["securityContext"]
    assert closed["readOnlyRootFilesystem"] is True
    assert closed["capabilities"] == {"drop": ["ALL"]}
    mounts = {each["name"] for each in container["volumeMounts"]}
    assert mounts == {each["name"] for each in pod["volumes"]}


@pytest.mark.parametrize("name", ["briefbot.service", "briefbot-web.service"])
def test_systemd_accepts_the_unit(name: str) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is absent")
    unit = ROOT / "deploy" / name
    done = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, check=False)
    unknown = [line for line in done.stderr.splitlines() if f"{name}:" in line]
    assert [line for line in unknown if "not executable" not in line] == []


def test_the_list_of_parts_has_every_locked_package_with_its_hashes() -> None:
    lock = LOCK.read_text(encoding="utf-8")
    parts = json.loads(json.dumps(sbom(lock, "0.1.0")))["components"]
    pinned = re.findall(r"^([a-zA-Z0-9_.-]+)(?:\[.*?\])?==", lock, re.MULTILINE)
    assert [each["name"] for each in parts] == [name.lower() for name in pinned]
    assert all(re.fullmatch(r"pkg:pypi/[\w.-]+@[\w.+!]+", each["purl"]) for each in parts)
    hashes = [p for each in parts for p in each["properties"] if p["name"].endswith("sha256")]
    assert len(hashes) == lock.count("--hash=sha256:")
