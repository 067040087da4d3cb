"""The workers together: a queue with an end, memory under one number, and no worker that met a failure met again."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import cast

import anyio
import pytest

from analyst.errors import AnalystError, Busy, OutOfBudget
from analyst.process import spawn
from analyst.tools import Analyst
from analyst.watch import Watch, resident_mb

pytestmark = pytest.mark.anyio
NEVER_ENDS = "SELECT count(*) FROM range(10000000) a(x), range(10000000) b(y) WHERE x * y % 7 = 3"


async def one(analyst: Analyst) -> float:
    started = time.monotonic()
    assert json.loads(await analyst.query("SELECT count(*) FROM doc"))["rows"] == [[500]]
    return time.monotonic() - started


@pytest.mark.promise("worker.slots")
async def test_a_full_queue_says_when_to_ask_again(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1, queue=1, seconds=3)
    await one(analyst)
    answers: list[str] = []

    async def ask() -> None:
        try:
            await analyst.query(NEVER_ENDS)
        except AnalystError as error:
            answers.append(type(error).__name__)

    async with anyio.create_task_group() as group:
        group.start_soon(ask)
        group.start_soon(ask)
        await anyio.sleep(0.5)
        started = time.monotonic()
        with pytest.raises(Busy, match=r"1 questions run and 1 wait; ask again in [123] s"):
            await analyst.query("SELECT 1")
        assert time.monotonic() - started < 1
    assert answers == ["OutOfBudget", "OutOfBudget"]
    await one(analyst)


@pytest.mark.promise("worker.slots")
async def test_nobody_waits_for_ever(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1, seconds=20, patience=1.0)
    await one(analyst)
    async with anyio.create_task_group() as group:
        group.start_soon(analyst.query, NEVER_ENDS)
        await anyio.sleep(0.2)
        with pytest.raises(Busy, match="ask again in"):
            await analyst.query("SELECT 1")
        group.cancel_scope.cancel()
    await one(analyst)


@pytest.mark.promise("worker.slots")
async def test_a_bomb_in_one_slot_leaves_the_other_to_everyone_else(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=2, seconds=20)
    await one(analyst)
    async with anyio.create_task_group() as group:
        group.start_soon(analyst.query, NEVER_ENDS)
        await anyio.sleep(0.2)
        await one(analyst)  # the second worker opens
        assert sorted([await one(analyst) for _ in range(20)])[10] < 1
        group.cancel_scope.cancel()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.promise("worker.together", "worker.memory")
async def test_memory_of_all_workers_together_stays_under_its_number(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=2, seconds=10, resident_mb=250)
    await one(analyst)
    most = 0.0

    async def look() -> None:
        nonlocal most
        while True:
            most = max(most, sum(resident_mb(w.pid) or 0.0 for w in analyst.pool.workers()))
            await anyio.sleep(0.02)

    async with anyio.create_task_group() as group:
        group.start_soon(look)
        with pytest.raises(OutOfBudget, match="too much memory together"):
            await analyst.query("SELECT count(DISTINCT md5(i::VARCHAR)) FROM range(20000000) t(i)")
        group.cancel_scope.cancel()
    assert 0 < most < 500
    await one(analyst)


@pytest.mark.promise("worker.together")
def test_the_watch_kills_the_largest_busy_one_and_only_when_it_is_too_much() -> None:
    small, large = spawn(), spawn()
    try:
        assert large.exchange(b'{"file": "", "memory_mb": 1, "threads": 1, "seconds": 1.0}\n')[0]["error"]
        Watch(10_000, lambda: [small, large], lambda: [large]).look()
        assert large.alive
        watch = Watch(1, lambda: [small, large], lambda: [large])
        watch.look()
        with pytest.raises(EOFError):
            large.exchange(b"{}\n")
        assert small.alive
        assert watch.killed == ({large.pid} if sys.platform == "linux" else set())
    finally:
        small.kill(wait=True)
        large.kill(wait=True)


@pytest.mark.promise("worker.replaced")
async def test_a_worker_whose_engine_gave_up_is_not_asked_again(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1)
    await one(analyst)
    before = analyst.pool._idle[0][1]
    # Stands for any internal error of the engine: after one, every statement of that connection fails.
    with pytest.raises(AnalystError) as raised:
        await analyst.pool.ask(analyst.mirror.current(), cast("str", 5), {"rows": 1})
    assert "TypeError" not in raised.value.payload()
    for _ in range(3):
        await one(analyst)
    assert before not in analyst.pool.workers()


@pytest.mark.promise("worker.memory", "state.nothing_kept")
async def test_what_ran_out_of_memory_leaves_the_next_one_all_of_it(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1, memory_mb=256, seconds=20)
    for _ in range(2):
        with pytest.raises(OutOfBudget):
            await analyst.query("SELECT list(i) FROM range(200000000) t(i)")
        text = "SELECT length(string_agg('abcdefghi', '')) FROM range(1000000)"
        assert json.loads(await analyst.query(text))["rows"] == [[9_000_000]]


@pytest.mark.promise("worker.cancelled")
async def test_a_client_that_goes_away_frees_its_place_in_the_queue(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1, queue=1, seconds=20)
    await one(analyst)
    async with anyio.create_task_group() as group:
        group.start_soon(analyst.query, NEVER_ENDS)
        await anyio.sleep(0.2)
        with anyio.move_on_after(0.2):
            await analyst.query("SELECT 1")
        assert analyst.pool._waiting == 0
        group.cancel_scope.cancel()
    await one(analyst)


BIG = {
    "a cell of 50 MB": ("SELECT string_agg('abcdefghi', '') AS s FROM range(5500000)", "49500000 characters]"),
    "a hundred cells of 50 MB": (
        "SELECT s, i FROM (SELECT string_agg('abcdefghi', '') AS s FROM range(5500000)), range(100) t(i)",
        "49500000 characters]",
    ),
    "twenty million items": ("SELECT list(i) AS l FROM range(20000000) t(i)", "20000000 items]"),
    "five million items": ("SELECT list(i) AS l FROM range(5000000) t(i)", "5000000 items]"),
    "50 MB of bytes": ("SELECT string_agg('abcdefghi', '')::BLOB AS b FROM range(5500000)", "49500000 bytes]"),
    "55 MB joined": ("SELECT array_to_string(list(i), ',') AS s FROM range(7000000) t(i)", "54888889 characters]"),
    "a long map": ("SELECT map_from_entries(list((i, i))) AS m FROM range(20000) t(i)", "20000 items"),
}


@pytest.mark.parametrize("name", BIG)
@pytest.mark.promise("result.bounded", "result.marked")
async def test_what_the_engine_can_make_comes_back_cut_and_marked(make: Callable[..., Analyst], name: str) -> None:
    statement, mark = BIG[name]
    text = await make(seconds=30).query(statement, rows=200)
    answer = json.loads(text)
    assert mark in text
    assert any("long cells are cut" in sentence for sentence in answer["cut"])
    assert len(answer["rows"]) == int(answer["shown"].split(" of ")[1])
    assert len(text.encode()) < 70_000


@pytest.mark.promise("result.bounded", "result.marked")
async def test_five_thousand_columns_and_a_text_of_two_megabytes(analyst: Analyst) -> None:
    wide = json.loads(await analyst.query("SELECT " + ",".join("i" for _ in range(5000)) + " FROM range(1000) t(i)"))
    assert "200 of 5000 columns are shown: name the columns you need" in wide["cut"]
    assert wide["shown"].endswith((" of 1000", " of more than " + wide["shown"].split()[0]))
    with pytest.raises(AnalystError, match="2000009 characters, 20000 are allowed"):
        await analyst.query(f"SELECT '{'x' * 2_000_000}'")
    echo = json.loads(await analyst.query(f"SELECT '{'x' * 19_000}' AS a"))
    assert echo["cut"] == ["long cells are cut: a"]


STATEFUL = (
    "SET search_path = 'x'",
    "SET VARIABLE a = 1",
    "CREATE TEMP TABLE doc AS SELECT 1",
    "CREATE TEMP MACRO sum(x) AS 1",
    "SELECT setseed(0.5)",
    "PREPARE p AS SELECT 1",
    "BEGIN",
    "USE temp",
    "PRAGMA disable_optimizer",
    "SELECT 1 / 0, doc_id FROM doc",
    "SELECT doc_id FROM doc",
    "SELECT number::DATE FROM doc",
)


LOOKS = ("SELECT doc_id, sum(sum_kzt) FROM doc GROUP BY ALL ORDER BY ALL LIMIT 5", "FROM cp", "SELECT 1")


@pytest.mark.promise("state.nothing_kept")
async def test_no_question_leaves_anything_for_the_next(make: Callable[..., Analyst]) -> None:
    analyst = make(workers=1)

    async def seen() -> list[str]:
        texts = [await analyst.query(statement) for statement in LOOKS]
        with pytest.raises(AnalystError) as raised:
            await analyst.query("SELECT * FROM p")
        return [*texts, raised.value.payload()]

    first = await seen()
    for statement in STATEFUL:
        try:
            await analyst.query(statement)
        except AnalystError:
            continue
        finally:
            assert await seen() == first, statement
    random = {(await analyst.query("SELECT random() AS r")).split('"rows"')[1] for _ in range(5)}
    assert len(random) == 5
