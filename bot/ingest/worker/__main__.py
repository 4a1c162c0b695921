"""Starts the worker without OpenSSL, which asyncio and hashlib load where they can.

It takes 5 MB, and the worker connects to the database alone, whose driver brings its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec

OPENSSL = ("ssl", "_ssl", "_hashlib")


def has_own_hashes(find: Callable[[str], object] = find_spec) -> bool:
    """Whether Python brings all hashes of hashlib itself; on Fedora some are OpenSSL's alone."""
    always = all(map(find, ("_md5", "_sha1", "_sha3", "_blake2")))
    return always and bool(find("_sha2") or (find("_sha256") and find("_sha512")))


def main() -> None:
    """Run the worker until its pipe closes."""
    if has_own_hashes():
        sys.modules |= dict.fromkeys(OPENSSL)  # type: ignore[arg-type] # None: not to be found

    from bot.ingest.worker.main import main as run

    run()


if __name__ == "__main__":
    main()
