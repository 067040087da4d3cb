"""Round trip of a small group-by over stdio: raw DuckDB in process as the floor, the SDK's empty server, ours, and the peers that can be had.

python bench/small_query.py --data data

Twice: first every question has a literal of its own, so that each is read, checked, planned and run; then the same one again and again,
which a server may answer from memory. Then ours alone, with distinct questions: sixteen callers at a time, and one beside a statement that
never ends and holds one of the workers.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import anyio
import cpu
import duckdb
from contest import SQL, Contestant, arguments, contestants, quiet, serving_file, table
from mcp import Client

FLOOR = "raw DuckDB in process"
WARM = 20
BLOCK = 40  # questions one after another, whose CPU time is counted together
CALLERS = 16
BOMB = "SELECT count(*) FROM range(10000000) a(x), range(10000000) b(y) WHERE x * y % 7 = 3"


async def ask(client: Client, contestant: Contestant, number: int) -> float:
    """Milliseconds of the call with this literal."""
    given = contestant.call(number)
    started = time.perf_counter()
    result = await client.call_tool(contestant.tool, given)
    took = (time.perf_counter() - started) * 1000
    if result.is_error:
        raise SystemExit(f"{contestant.name}: {result.content}")
    return took


def floor(file: Path) -> duckdb.DuckDBPyConnection:
    """The engine without anything around it."""
    return duckdb.connect(str(file), read_only=True, config={"threads": "1"})


async def one_by_one(known: list[Contestant], file: Path, runs: int) -> None:
    """Every contestant in turn, one call at a time: distinct questions, then one repeated."""
    async with AsyncExitStack() as stack:
        con = stack.enter_context(floor(file))
        shared = cpu.children()  # the database server of those that have one
        clients: list[tuple[Contestant, Client]] = []
        own: dict[str, set[int]] = {}
        for contestant in known:
            before = cpu.children()
            clients.append((contestant, await stack.enter_async_context(Client(quiet(contestant), mode="legacy"))))
            own[contestant.name] = cpu.children() - before | shared
        for title, numbers in (("each question another", itertools.count(1)), ("the same again", itertools.repeat(0))):
            measured: dict[str, list[float]] = {name: [] for name in (FLOOR, *(c.name for c in known))}
            for run, number in enumerate(itertools.islice(numbers, runs + WARM)):
                started = time.perf_counter()
                con.execute(SQL.format(number)).fetchall()
                took = {FLOOR: (time.perf_counter() - started) * 1000}
                for contestant, client in clients:
                    took[contestant.name] = await ask(client, contestant, number)
                if run >= WARM:  # connections, caches and spare workers settle first
                    for name, value in took.items():
                        measured[name].append(value)
            table(f"small query, {title}", "ms", measured)
            await computed(clients, own, numbers)


async def computed(clients: list[tuple[Contestant, Client]], own: dict[str, set[int]], numbers: Iterator[int]) -> None:
    """Print what a question costs each server and its database in CPU time, the median of five blocks; the client is not counted."""
    if not any(own.values()):
        return
    blocks: dict[str, list[float]] = {contestant.name: [] for contestant, _ in clients}
    for _ in range(5):
        for contestant, client in clients:
            before = cpu.spent(own[contestant.name])
            for number in itertools.islice(numbers, BLOCK):
                await ask(client, contestant, number)
            blocks[contestant.name].append((cpu.spent(own[contestant.name]) - before) / BLOCK)
    for name, each in blocks.items():
        print(
            f"  {name:24} CPU    {sorted(each)[2]:8.2f} ms a question"
        )  # a thread that ends takes its time with it: not the least


def percentiles(title: str, values: list[float]) -> float:
    """Print median and p95; the median."""
    ordered = sorted(values)
    median, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"  {title:44} median {median:8.2f}   p95 {late:8.2f}   p95/median {late / median:5.2f}")
    return median


async def many(ours: Contestant, runs: int) -> None:
    """Sixteen callers at a time, then one caller beside a bomb; no two questions are the same."""
    numbers: Iterator[int] = itertools.count(1)
    print(f"\nours alone (ms, {CALLERS} callers on {os.cpu_count()} cores)")
    async with Client(quiet(ours), mode="legacy") as client:
        for _ in range(WARM):
            await ask(client, ours, next(numbers))
        alone = percentiles("one caller", [await ask(client, ours, next(numbers)) for _ in range(runs)])
        together: list[float] = []

        async def caller() -> None:
            together.extend([await ask(client, ours, next(numbers)) for _ in range(max(1, runs // CALLERS))])

        async with anyio.create_task_group() as group:
            for _ in range(CALLERS):
                group.start_soon(caller)
        percentiles(f"{CALLERS} callers", together)
        beside: list[float] = []
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "query", {"sql": BOMB})
            await anyio.sleep(0.2)
            until = time.perf_counter() + 5
            while time.perf_counter() < until:
                beside.append(await ask(client, ours, next(numbers)))
            group.cancel_scope.cancel()
        median = percentiles("one caller, a bomb in the other worker", beside)
        print(f"  beside a bomb a question takes {median / alone:.2f}× what it takes alone")


async def main() -> None:
    given = arguments(runs=500)
    known = contestants(given.data)
    await one_by_one(known, serving_file(given.data), given.runs)
    await many(next(c for c in known if c.name == "analyst"), given.runs)


if __name__ == "__main__":
    anyio.run(main)
