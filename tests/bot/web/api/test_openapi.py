"""The API keeps what its OpenAPI file says, for requests of all kinds, by schemathesis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from bot.web.api.openapi import document
from bot.web.api.operations import OPERATIONS
from tests.support.page_room import PageRoom

EXAMPLES = 8

APPLY = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
"""Checks that send nothing of their own, and that a schema can keep: none can say that `since` is
before `until`, or which cursors were given."""


def cases_of(operation: Any) -> Iterator[Any]:
    """Requests that the schema allows, and requests that it forbids."""
    modes = [GenerationMode.POSITIVE]
    if list(operation.iter_parameters()):
        modes.append(GenerationMode.NEGATIVE)
    made: list[Any] = []
    for mode in modes:

        @settings(
            max_examples=EXAMPLES,
            database=None,
            derandomize=True,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def collect(case: Any) -> None:
            made.append(case)

        collect()
    yield from made


@pytest.mark.parametrize("path", [f"/api/v1{each.path}" for each in OPERATIONS])
async def test_it_answers_as_it_says(path: str, room: PageRoom, client: httpx.AsyncClient) -> None:
    told = json.loads(document())
    del told["security"]  # the client has the token
    schema = schemathesis.openapi.from_dict(told)
    checks: list[Any] = CHECKS.get_by_names(APPLY)
    real = {"story": room.briefing.bullets[0].story_id, "token": room.digest}
    seen = set()
    for number, case in enumerate(cases_of(schema[path]["GET"])):
        if number % 2 == 0:
            case.path_parameters = {name: real[name] for name in case.path_parameters or {}}
        sent = case.as_transport_kwargs(base_url="http://pages.test")
        answer = await client.request(sent["method"], sent["url"], params=sent.get("params"))
        case.validate_response(answer, checks=checks)
        seen.add(answer.status_code)
    assert 200 in seen
    assert seen <= {200, 400, 404}
