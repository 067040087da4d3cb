"""Every statement of the corpus that tries to exhaust something: how far each class goes over the limits, and who still gets an answer.

python bench/bombs.py --data data [--class exhaustion_cpu] [--only exhaustion_cpu-07]

A line a class: the worst time beyond the limit, the highest sum of resident memory of all workers, the slowest small question asked while
the bomb ran in the other slot, and the slowest right after it. Exit 1 when a bomb went beyond its time by more than a second, the memory
beyond the cap, or a small question after it took more than a second.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import anyio

from analyst import corpus
from analyst.corpus import Case
from analyst.errors import AnalystError
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot
from analyst.watch import resident_mb

SMALL = "SELECT cp_id, count(*) FROM doc GROUP BY cp_id ORDER BY 2 DESC LIMIT 5"
OVER, AFTER, PAUSE = 1.0, 1.0, 0.01


@dataclass(frozen=True, slots=True)
class Run:
    """One bomb: seconds it took, megabytes of all workers at their most, seconds of the slowest small question beside and after it."""

    case: Case
    took: float
    held: float
    beside: float
    after: float
    ended: str


def size(settings: Settings) -> dict[str, int]:
    """The limits of an answer as the tool query has them."""
    return {
        "rows": settings.rows,
        "bytes": settings.bytes,
        "cell_bytes": settings.cell_bytes,
        "columns": settings.columns,
    }


async def small(pool: Pool, snapshot: Snapshot) -> float:
    """Seconds of one small question."""
    started = time.monotonic()
    await pool.ask(snapshot, SMALL, size(pool.settings))
    return time.monotonic() - started


async def explode(pool: Pool, snapshot: Snapshot, case: Case) -> Run:
    """One bomb with small questions beside it, then one right after."""
    held = beside = 0.0
    ended = "answered"
    over = anyio.Event()

    async def look() -> None:
        nonlocal held
        while not over.is_set():
            held = max(held, sum(resident_mb(worker.pid) or 0.0 for worker in pool.workers()))
            await anyio.sleep(PAUSE)

    async def ask_on() -> None:
        nonlocal beside
        while not over.is_set():
            beside = max(beside, await small(pool, snapshot))
            await anyio.sleep(0.2)

    async with anyio.create_task_group() as group:
        group.start_soon(look)
        group.start_soon(ask_on)
        started = time.monotonic()
        try:
            await pool.ask(snapshot, case.sql, size(pool.settings))
        except AnalystError as error:
            ended = type(error).__name__
        took = time.monotonic() - started
        over.set()
    return Run(case, took, held, beside, await small(pool, snapshot), ended)


def told(settings: Settings, topic: str, runs: list[Run]) -> bool:
    """Print the line of a class and whatever went beyond a limit; whether nothing did."""
    worst, held = max(runs, key=lambda r: r.took), max(runs, key=lambda r: r.held)
    after, beside = max(runs, key=lambda r: r.after), max(runs, key=lambda r: r.beside)
    ends = sorted({run.ended for run in runs})
    print(
        f"{topic:<20} {len(runs):>3}  {worst.took - settings.seconds:>+7.2f} s  {held.held:>6.0f} MB  {beside.beside:>6.2f} s  "
        f"{after.after:>6.2f} s  {', '.join(ends)}",
        flush=True,
    )
    bad = [
        run
        for run in runs
        if run.took > settings.seconds + OVER or run.held > settings.resident_mb or run.after > AFTER
    ]
    for run in bad:
        print(f"  {run.case.id}: {run.took:.2f} s, {run.held:.0f} MB, {run.after:.2f} s after", flush=True)
    return not bad


async def main(settings: Settings, topic: str, only: str) -> int:
    """All bombs, class by class."""
    snapshot = Mirror(settings.data, settings.role).current()
    bombs = [c for c in corpus.read(str(snapshot.file)) if c.topic.startswith("exhaustion") and c.kind == "attack"]
    bombs = [c for c in bombs if topic in ("", c.topic) and only in ("", c.id)]
    print(f"{'class':<20} {'n':>3}  {'over time':>9}  {'memory':>9}  {'beside':>8}  {'after':>8}  ends", flush=True)
    good = True
    pool = Pool(settings)
    try:
        await small(pool, snapshot)
        for name in sorted({c.topic for c in bombs}):
            runs = [await explode(pool, snapshot, c) for c in bombs if c.topic == name]
            good = told(settings, name, runs) and good
    finally:
        pool.close()
    return 0 if good else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--class", dest="topic", default="")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    sys.exit(anyio.run(main, Settings(data=given.data), given.topic, given.only))
