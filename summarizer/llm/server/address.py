"""Where a model server is asked: base address, query and headers, Azure's forms included."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

_ENDPOINT = "/chat/completions"
_AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")


@dataclass(frozen=True, slots=True)
class Address:
    """A server's base address, None for OpenAI's own, and what every request to it carries."""

    base_url: str | None
    query: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def address_of(
    base_url: str | None, model: str, key: str | None, api_version: str | None = None
) -> Address:
    """The address for a base URL as people write it; with `api_version`, that of an Azure model.

    An address that was copied whole, with its endpoint or its query, is accepted as well.
    """
    if base_url is None:
        return Address(None)
    parts = urlsplit(base_url)
    path = parts.path.rstrip("/").removesuffix(_ENDPOINT)
    azure = api_version is not None or parts.netloc.lower().endswith(_AZURE_HOSTS)
    if azure:
        path = _azure_path(path, model, versioned=api_version is not None)
    url = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    query: dict[str, object] = {"api-version": api_version} if api_version else {}
    return Address(url, query, {"api-key": key} if azure and key else {})


def _azure_path(path: str, model: str, *, versioned: bool) -> str:
    """The path of a deployment, or of the API that takes the model's name in the body."""
    if path.endswith("/v1") or "/deployments/" in path:
        return path
    if not versioned:
        return f"{path.removesuffix('/openai')}/openai/v1"
    start = path or "/openai"
    return f"{start}/deployments/{quote(model, safe='')}"
