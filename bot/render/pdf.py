"""HTML as a PDF, by WeasyPrint, which is an extra; nothing is loaded from elsewhere."""

from __future__ import annotations

import logging

from bot.errors import SettingsError

NO_PACKAGE = (
    "a PDF needs one more package: pip install weasyprint (or pipx inject briefbot weasyprint)"
)
NO_LIBRARY = (
    "a PDF needs libraries of the system: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


def pdf(html: str) -> bytes:
    """The page as a PDF; raises SettingsError with the remedy where something is missing."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError as error:
        raise SettingsError(NO_PACKAGE) from error
    except OSError as error:  # the package is there, but Pango is not
        raise SettingsError(f"{NO_LIBRARY} ({error})") from error

    nothing_else = URLFetcher(allowed_protocols=())
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return bytes(HTML(string=html, url_fetcher=nothing_else).write_pdf() or b"")
