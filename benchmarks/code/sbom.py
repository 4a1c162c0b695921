"""The parts of the product as a CycloneDX list: `python -m benchmarks.code.sbom > sbom.json`.

The names, versions and hashes are those of the lock, requirements/run.txt, which pip checks.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from benchmarks.code.imports import ROOT

LOCK = ROOT / "requirements" / "run.txt"
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def sbom(lock: str, version: str) -> dict[str, Any]:
    """The list for the pins of a lock, in the order of the lock."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "briefbot",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": list(_components(lock)),
    }


def _components(lock: str) -> Iterator[dict[str, Any]]:
    for entry in re.split(r"\n(?=\S)", lock):
        if not (pin := _PIN.match(entry)):
            continue
        name, version, marker = pin[1].lower(), pin[2], (pin[3] or "").strip()
        purl = f"pkg:pypi/{name}@{version}"
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "properties": [
                {"name": "briefbot:sha256", "value": each} for each in _HASH.findall(entry)
            ],
        }
        if marker:
            component["properties"].append({"name": "briefbot:marker", "value": marker})
        if licence := _licence(name):
            component["licenses"] = [{"license": {"name": licence}}]
        yield component


def _licence(name: str) -> str:
    """What an installed package says of its licence."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    named = [found[each] for each in ("License-Expression", "License") if each in found]
    stated = named[0] if named else ""
    return stated.splitlines()[0][:80] if stated else ""


def main() -> None:
    """Print the list for the present lock."""
    version = metadata("briefbot")["Version"]
    json.dump(sbom(LOCK.read_text(encoding="utf-8"), version), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
