"""Bombs end in time, the next question is answered, and nothing that a bomb did is left behind."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import anyio
import pytest

from analyst.errors import AnalystError, OutOfBudget
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio

SECONDS = 1.0
BOMBS = {
    "cross join": "SELECT count(*) FROM range(1000000) a, range(1000000) b, doc",
    "endless recursion": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "doubling text": "WITH RECURSIVE t(n, s) AS (SELECT 1, 'xxxxxxxx' UNION ALL SELECT n + 1, s || s FROM t WHERE n < 40) SELECT max(length(s)) FROM t",
    "list of everything": "SELECT list_reduce(list(i), lambda a, b: a + b) FROM range(100000000) t(i)",
    "two long lists": "SELECT a.x, b.y FROM (SELECT list(i) x FROM range(100000000) t(i)) a, (SELECT list(i) y FROM range(100000000) t(i)) b",
    "joined text": "SELECT length(string_agg(i::VARCHAR, ',')) FROM range(10000000000) t(i)",
    "sort of a product": "SELECT * FROM range(100000) a, range(100000) b ORDER BY hash(a.range * b.range)",
    "window of lists": "SELECT max(len(l)) FROM (SELECT list(i) OVER (ORDER BY i) AS l FROM range(1000000) t(i))",
    "slow pattern": "SELECT count(*) FROM range(100000000) t(i) WHERE regexp_matches(md5(i::VARCHAR), '(a|b|c)*(d|e|f)*x')",
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.promise("worker.time", "worker.memory", "worker.replaced")
async def test_a_bomb_ends_in_time_and_the_next_question_is_answered(make: Callable[..., Analyst], name: str) -> None:
    analyst = make(seconds=SECONDS, memory_mb=256, workers=1, spares=1)
    await analyst.query("SELECT 1")
    started = time.monotonic()
    with pytest.raises(AnalystError) as raised:
        await analyst.query(BOMBS[name])
    assert time.monotonic() - started < SECONDS + 1
    assert isinstance(raised.value, OutOfBudget), raised.value.record()
    started = time.monotonic()
    assert json.loads(await analyst.query("SELECT count(*) FROM doc"))["rows"] == [[500]]
    assert time.monotonic() - started < 2


@pytest.mark.promise("worker.cancelled", "audit.everything")
async def test_a_cancelled_question_frees_its_worker(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1, seconds=30)
    await analyst.query("SELECT 1")
    busy = analyst.pool._idle[0][1].pid
    with anyio.move_on_after(0.3) as scope:
        await analyst.query(BOMBS["cross join"])
    assert scope.cancelled_caught
    log = next(analyst.settings.audit_folder.glob("*.jsonl")).read_text(encoding="utf-8")
    assert json.loads(log.splitlines()[-1])["outcome"] == "cancelled"
    started = time.monotonic()
    assert json.loads(await analyst.query("SELECT 1 AS one"))["rows"] == [[1]]
    assert time.monotonic() - started < 3
    assert analyst.pool._idle[0][1].pid != busy


@pytest.mark.promise("worker.replaced")
async def test_a_worker_that_died_between_questions_is_not_met_by_the_next(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1)
    await analyst.query("SELECT 1")
    analyst.pool._idle[0][1].kill(wait=True)
    assert json.loads(await analyst.query("SELECT 1 AS one"))["rows"] == [[1]]


@pytest.mark.promise("worker.slots")
async def test_as_many_questions_run_at_a_time_as_there_are_slots(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=2)
    answers: list[int] = []

    async def one(number: int) -> None:
        answers.append(json.loads(await analyst.query(f"SELECT {number} AS n"))["rows"][0][0])

    async with anyio.create_task_group() as group:
        for number in range(16):
            group.start_soon(one, number)
    assert sorted(answers) == list(range(16))
    assert len(analyst.pool._idle) == 2


@pytest.mark.promise("result.bounded", "result.marked")
async def test_a_million_rows_come_back_cut_and_counted(analyst: Analyst) -> None:
    text = await analyst.query("SELECT i, i * 1.5::DECIMAL(18,2) AS x FROM range(1000000) t(i)", rows=5000)
    answer = json.loads(text)
    assert answer["shown"] == "2000 of 1000000"
    assert len(text.encode()) < 70_000


@pytest.mark.promise("result.bounded", "result.marked")
async def test_long_cells_and_many_columns_come_back_marked(analyst: Analyst) -> None:
    text = await analyst.query("SELECT string_agg(purpose, ' ') AS words, 1 AS one FROM doc, range(200)")
    answer = json.loads(text)
    assert "bytes]" in answer["rows"][0][0] or "characters]" in answer["rows"][0][0]
    assert answer["cut"] == ["long cells are cut: words"]
    assert len(text.encode()) < 8000
    wide = json.loads(await analyst.query("SELECT " + ", ".join(f"{n} AS c{n}" for n in range(900))))
    assert len(wide["columns"]) == len(wide["rows"][0]) == 200
    assert wide["cut"] == ["200 of 900 columns are shown: name the columns you need"]


@pytest.mark.promise("state.nothing_kept")
async def test_nothing_of_one_question_is_seen_by_the_next(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1)
    first = await analyst.query("SELECT doc_id FROM doc ORDER BY doc_id LIMIT 3")
    for statement in (
        "SELECT * FROM doc",
        "SELECT 1 / 0",
        "SELECT name::INTEGER FROM cp",
        "SET search_path = x",
        "WITH x AS (FROM doc) FROM x",
    ):
        try:
            await analyst.query(statement)
        except AnalystError:
            continue
    assert await analyst.query("SELECT doc_id FROM doc ORDER BY doc_id LIMIT 3") == first


HEAVY_TEXTS = {
    "long sum": "SELECT " + "+".join(["1"] * 9000),
    "long union": " UNION ALL ".join(["SELECT 1"] * 1200),
    "long list": f"SELECT 1 IN ({','.join(['1'] * 9000)})",
    "long conjunction": "SELECT 1 WHERE " + " AND ".join(["true"] * 2000),
    "nested subqueries": "SELECT * FROM (" * 60 + "SELECT 1" + ")" * 60,
    "many joins": "SELECT count(*) FROM " + ", ".join(f"doc d{n}" for n in range(80)),
    "many CTEs": "WITH " + ", ".join(f"t{n} AS (SELECT 1)" for n in range(800)) + " SELECT 1",
    "nested cases": "SELECT " + "CASE WHEN true THEN " * 900 + "1" + " END" * 900,
    "unary chain": "SELECT " + "- " * 9000 + "1",
    "not chain": "SELECT " + "NOT " * 4000 + "true",
    "cast chain": "SELECT 1" + "::INT" * 3900,
    "quotes": "SELECT " + "'" * 19001,
}


@pytest.mark.parametrize("name", HEAVY_TEXTS)
@pytest.mark.promise("worker.time", "guard.depth")
async def test_a_text_that_burdens_the_parser_ends_in_time(make: Callable[..., Analyst], name: str) -> None:
    analyst = make(seconds=SECONDS, memory_mb=256, workers=1, spares=1)
    await analyst.query("SELECT 1")
    started = time.monotonic()
    try:
        await analyst.query(HEAVY_TEXTS[name])
    except AnalystError as error:
        assert len(error.payload()) < 480  # noqa: PT017 (either end is fine, but short and in time)
    assert time.monotonic() - started < SECONDS + 1
    assert json.loads(await analyst.query("SELECT 1 AS one"))["rows"] == [[1]]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name::INTEGER FROM cp",
        "SELECT CAST(purpose AS DATE) FROM doc",
        "SELECT purpose::DECIMAL(4,2) FROM doc",
        "SELECT strptime(name, '%Y') FROM cp",
        "SELECT name::JSON FROM cp",
        "SELECT regexp_matches('x', name || '(') FROM cp",
        "SELECT nosuch FROM doc",
        "SELECT doc.nosuch FROM doc",
        "SELECT sum(name) FROM cp",
        "SELECT cp_id, count(*) FROM doc",
        "SELECT * FROM ar_open(5)",
        "SELECT date_trunc(name, DATE '2026-01-01') FROM cp",
        "SELECT 1 FROM doc WHERE",
        "SELECT array_extract([1], name) FROM cp",
        "SELECT make_date(2026, 13, 1)",
    ],
)
@pytest.mark.promise("errors.no_values", "errors.no_paths", "errors.short")
async def test_an_error_is_short_and_carries_no_value_and_no_path(analyst: Analyst, statement: str) -> None:
    with pytest.raises(AnalystError) as raised:
        await analyst.query(statement)
    told = raised.value.payload()
    assert len(told.encode()) <= 480
    assert set(json.loads(told)) <= {"what", "why", "near", "fix"}
    for hidden in (
        "Алмаз",
        "Оплата",
        "Ромашка",
        str(analyst.settings.data),
        "serve-owner",
        "LINE 1",
        "Candidate",
        "Did you mean",
        "/tmp",
    ):
        assert hidden not in told
