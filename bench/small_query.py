"""Round trip of a small group-by over stdio: raw DuckDB in process as the floor, the SDK's empty server, ours, and the peers that can be had.

python bench/small_query.py --data data

Then ours alone: sixteen callers at a time, and the same small question while a statement that never ends holds one of the workers.
"""

from __future__ import annotations

import os
import time
from contextlib import AsyncExitStack
from pathlib import Path

import anyio
import duckdb
from contest import SQL, Contestant, arguments, contestants, quiet, serving_file, table
from mcp import Client

FLOOR = "raw DuckDB in process"
WARM = 20
CALLERS = 16
BOMB = "SELECT count(*) FROM range(10000000) a(x), range(10000000) b(y) WHERE x * y % 7 = 3"


async def ask(client: Client, contestant: Contestant) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    result = await client.call_tool(contestant.tool, contestant.arguments)
    took = (time.perf_counter() - started) * 1000
    if result.is_error:
        raise SystemExit(f"{contestant.name}: {result.content}")
    return took


def floor(file: Path) -> duckdb.DuckDBPyConnection:
    """The engine without anything around it."""
    return duckdb.connect(str(file), read_only=True, config={"threads": "1"})


async def one_by_one(known: list[Contestant], file: Path, runs: int) -> None:
    """Every contestant in turn, one call at a time."""
    measured: dict[str, list[float]] = {name: [] for name in (FLOOR, *(c.name for c in known))}
    async with AsyncExitStack() as stack:
        con = stack.enter_context(floor(file))
        clients = [(c, await stack.enter_async_context(Client(quiet(c), mode="legacy"))) for c in known]
        for run in range(runs + WARM):
            started = time.perf_counter()
            con.execute(SQL).fetchall()
            took = {FLOOR: (time.perf_counter() - started) * 1000}
            for contestant, client in clients:
                took[contestant.name] = await ask(client, contestant)
            if run >= WARM:  # connections, caches and spare workers settle first
                for name, value in took.items():
                    measured[name].append(value)
    table("small query", "ms", measured)


def percentiles(title: str, values: list[float]) -> float:
    """Print median and p95; the median."""
    ordered = sorted(values)
    median, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"  {title:44} median {median:8.2f}   p95 {late:8.2f}   p95/median {late / median:5.2f}")
    return median


async def many(ours: Contestant, runs: int) -> None:
    """Sixteen callers at a time, then one caller beside a bomb."""
    print(f"\nours alone (ms, {CALLERS} callers on {os.cpu_count()} cores)")
    async with Client(quiet(ours), mode="legacy") as client:
        for _ in range(WARM):
            await ask(client, ours)
        alone = percentiles("one caller", [await ask(client, ours) for _ in range(runs)])
        together: list[float] = []

        async def caller() -> None:
            together.extend([await ask(client, ours) for _ in range(max(1, runs // CALLERS))])

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
                beside.append(await ask(client, ours))
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
