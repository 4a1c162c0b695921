"""Starts the worker without OpenSSL, which asyncio and hashlib load where they can.

It takes 5 MB, and the worker connects to the database alone, whose driver brings its own.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

OPENSSL = ("ssl", "_ssl", "_hashlib")


def main() -> None:
    """Run the worker until its pipe closes."""
    if find_spec("_md5"):  # else hashlib has OpenSSL's hashes alone, as on Fedora
        sys.modules |= dict.fromkeys(OPENSSL)  # type: ignore[arg-type] # None: not to be found

    from bot.ingest.worker.main import main as run

    run()


if __name__ == "__main__":
    main()
