"""The whole product on a page: a company's 1C, banks and CRM → the real sync over HTTP → a snapshot → the real server → the truth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client

from analyst.demo import Answer, ask, server
from sync.standins import statements
from sync.standins.company import generate
from tests.conftest import Sync

Question = Callable[..., Answer]


@pytest.fixture(scope="module")
def question(demo: Path) -> Iterator[Question]:
    """Asks a tool of one server over the demo company, which runs while the questions last."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server(demo))) as client:

        def ask(tool: str, **arguments: object) -> Answer:
            result = portal.call(client.call_tool, tool, arguments)
            assert not result.is_error, result.content
            return Answer.read("".join(part.text for part in result.content if part.type == "text"))

        yield ask


@pytest.mark.slow
def test_every_answer_of_the_demo_company_equals_the_truth(demo: Path) -> None:
    assert asyncio.run(ask(demo)) == 0


def test_a_demo_that_differs_from_the_truth_says_so(question: Question, truth: dict[str, Any]) -> None:
    expected = truth["questions"][0]["expect"]["rows"]
    arguments = truth["questions"][0]["arguments"]
    answer = question("metric", **arguments)
    assert list(answer.differences(expected)) == []
    wrong = [{**expected[0], "value": "0.01"}]
    assert len(list(answer.differences(wrong))) == 1


def test_open_items_tie_to_the_ledger_on_past_days_too(question: Question) -> None:
    for day in ("2022-06-30", "2023-12-31", "2024-02-29", "2025-06-15", "2026-01-01", "2026-03-31"):
        told = question("query", sql=f"select count(*) from control_gl(date '{day}') where difference <> 0")
        assert told.rows == [[0]], day


def test_an_answer_carries_its_day_freshness_definition_rows_and_receipt(question: Question) -> None:
    header = question("metric", name="ar_overdue", arguments={}).header
    assert {"as_of", "fresh", "def", "shown", "receipt"} <= set(header)
    assert header["as_of"] == "2026-01-31"
    assert header["def"] == "ar_overdue v2"
    assert set(header["fresh"]) == {"all"}  # one line for the sources, which came together


def test_ageing_by_customer_sums_to_the_total_metric(question: Question) -> None:
    total = question("metric", name="ar_total", arguments={}).rows[0][0]
    told = question("query", sql="select sum(open_kzt) from ageing(date '2026-01-31')")
    assert told.rows == [[total]]


def test_a_metric_over_a_source_that_was_never_read_is_refused_and_is_not_zero(sync: Sync, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    statements.write(generate("tiny", 42).now, tmp_path / "inbox")
    sync(tmp_path, "run")

    async def call() -> tuple[bool, str]:
        async with Client(server(tmp_path)) as client:
            result = await client.call_tool("metric", {"name": "ar_total", "arguments": {}})
            return bool(result.is_error), "".join(part.text for part in result.content if part.type == "text")

    refused, text = asyncio.run(call())
    assert refused
    assert "onec, of which nothing is in the mirror" in text


def test_a_list_that_is_cut_matches_only_when_it_says_of_how_many() -> None:
    expected = [{"n": n} for n in range(3)]
    rows = [[0], [1]]
    assert list(Answer({"shown": "2 of 3"}, ["n"], rows).differences(expected)) == []
    assert list(Answer({"shown": "2 of 2"}, ["n"], rows).differences(expected)) == ["2 rows came, 3 are true"]
    assert list(Answer({}, ["n"], rows).differences(expected)) == ["2 rows came, 3 are true"]
