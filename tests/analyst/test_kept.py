"""Answers kept in memory: only what another run could but repeat, only on the snapshot that is current, and not without end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import anyio
import duckdb
import pytest

from analyst import expansion, functions
from analyst.errors import BadArgument, Busy, QueryFailed
from analyst.moment import MOMENT
from analyst.tools import Analyst

from .conftest import Place

pytestmark = pytest.mark.anyio
NEVER_ENDS = "SELECT count(*) FROM range(10000000) a(x), range(10000000) b(y) WHERE x * y % 7 = 3"
MB = 16
OF_THE_MOMENT = (
    "SELECT now()",
    "SELECT random()",
    "SELECT uuid()",
    "SELECT CURRENT_TIMESTAMP",
    "SELECT age(TIMESTAMP '2025-01-01')",
    "SELECT count(*) FROM doc WHERE doc_date < today()",
    "SELECT * FROM ar_open(today()) LIMIT 1",
    "WITH d AS (SELECT ago(INTERVAL 1 DAY) AS t) SELECT * FROM d",
    "SELECT doc_id FROM doc USING SAMPLE 3",
)


async def rows(analyst: Analyst, sql: str, most: int = 0) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(await analyst.query(sql, most))["rows"]
    return found


@pytest.mark.promise("state.kept")
async def test_a_repeated_question_waits_for_no_worker_and_has_the_same_answer(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1, patience=0.1, kept_mb=MB)
    sql = "SELECT doc_id, purpose FROM doc ORDER BY doc_id LIMIT 3"
    first, owed = await analyst.query(sql), await analyst.metric("ar_total", {})
    async with anyio.create_task_group() as group:
        group.start_soon(analyst.pool.ask, analyst.mirror.current(), NEVER_ENDS, analyst._size(1))
        await anyio.sleep(0.2)
        assert await analyst.query(sql) == first
        assert "purpose" in json.loads(first)["untrusted"]
        assert await analyst.metric("ar_total", {}) == owed
        # Anything else is another question: one row fewer, another day, a letter more.
        for other in (
            analyst.query(sql, 2),
            analyst.metric("ar_total", {"as_of": "2025-06-30"}),
            analyst.query(sql + " "),
        ):
            with pytest.raises(Busy):
                await other
        group.cancel_scope.cancel()


@pytest.mark.promise("state.kept", "state.one_snapshot")
async def test_a_new_snapshot_is_never_answered_from_the_old_one(place: Place, make: Callable[..., Analyst]) -> None:
    analyst = make(place.data, kept_mb=MB)
    for number in (1, 2):
        name = place.publish(f"2026013{number}T000000Z")
        assert [await rows(analyst, "SELECT max(label) FROM snap") for _ in range(2)] == [[[name]], [[name]]]
    # The same name again, with other rows in it, is another snapshot too.
    current = json.loads((place.data / "CURRENT").read_text(encoding="utf-8"))
    (place.data / "CURRENT").write_text(json.dumps(current | {"as_of": "2026-01-30"}), encoding="utf-8")
    assert json.loads(await analyst.query("SELECT max(label) FROM snap"))["as_of"] == "2026-01-30"
    assert len(analyst.kept._replies) == 1


@pytest.mark.promise("state.kept")
async def test_what_the_clock_or_a_lot_decides_is_asked_again(make: Callable[..., Analyst]) -> None:
    analyst = make(kept_mb=MB)
    await analyst.query("SELECT 1")
    for sql in OF_THE_MOMENT:
        await analyst.query(sql)
        assert [question[0] for question in analyst.kept._replies] == ["SELECT 1"], sql


@pytest.mark.promise("state.kept")
def test_every_allowed_function_that_the_engine_calls_inconstant_is_known() -> None:
    allowed = functions.allowed(str(duckdb.__version__))
    assert allowed
    with duckdb.connect() as con:
        found = con.execute("SELECT function_name, stability, macro_definition FROM duckdb_functions()").fetchall()
    inconstant = {name for name, stability, _ in found if stability not in (None, "CONSISTENT")} | MOMENT
    calling = {name for name, _, body in found if body and inconstant & set(re.findall(r"\w+", body)) - {"error"}}
    assert (inconstant | calling) & allowed <= MOMENT | expansion.CHANCE
    assert "ago" in calling & allowed


async def test_errors_are_not_kept_and_memory_has_an_end(make: Callable[..., Analyst]) -> None:
    analyst = make(kept_mb=1)
    for _ in range(2):
        with pytest.raises((QueryFailed, BadArgument)):
            await analyst.query("SELECT no_such FROM doc")
    assert not analyst.kept._replies
    wide = "SELECT {} AS n, repeat('x', 900) AS a FROM range(60)"
    for number in range(30):
        await analyst.query(wide.format(number), 100)
    assert 500_000 < analyst.kept.bytes <= 1 << 20
    kept = [question[0] for question in analyst.kept._replies]
    assert kept == [wide.format(number) for number in range(30 - len(kept), 30)]
    assert len(kept) < 30
    none = make(kept_mb=0)
    await none.query("SELECT 1")
    assert not none.kept._replies
    assert none.kept.bytes == 0
