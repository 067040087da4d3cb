"""What a question about money costs on a mirror: through the server beside the same SQL in DuckDB alone, every metric, and find.

python -m sync demo --size large --seed 42 --data large-data      minutes; some gigabytes
python bench/finance.py --data large-data [--runs 20] [--metric ageing …]

Each question goes over stdio to one server, then, in the same round, as the statement with the same values to DuckDB in a process of its
own: the same file, as many threads and as much memory as a worker has. Machines differ and have neighbours; what is told to keep is the ratio.
Counterparties and items change from round to round, the largest among them. Exit code 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import anyio
import duckdb
from contest import Contestant, quiet, serving_file
from mcp import Client, StdioServerParameters

from analyst import desk, metrics
from analyst.errors import MirrorMissing
from analyst.metrics import Bound, Metric
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot

WARM = 2  # rounds that only fill caches
QUARTER, YEAR = (
    date(2025, 10, 1),
    date(2025, 1, 1),
)  # first days of periods that end with 2025, a day later in each round
BESIDE = ("ageing", "top_debtors", "client_summary", "client_receivables")  # told against DuckDB alone
BESIDE_AIM, METRIC_AIM, FIND_AIM = 1.5, 500.0, 100.0  # ratio of medians; p95 in ms
FIND = "find"


@dataclass(slots=True)
class Values:
    """Arguments that change from round to round."""

    parties: Iterator[str]
    items: Iterator[str]
    numbers: Iterator[str]
    rounds: int = 0

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection) -> Values:
        """The busiest counterparties and items and some by lot, of which there are always the same, in turn."""
        parties = (
            "select cp_id from doc join cp using (cp_id) where not is_intercompany group by cp_id order by {} limit {}"
        )
        busy, any_party = "count(*) desc, cp_id", "hash(cp_id)"
        return cls(
            cycle(_mixed(_column(con, parties.format(busy, 5)), _column(con, parties.format(any_party, 15)))),
            cycle(
                _column(
                    con,
                    "select item_id from doc_line where is_goods group by item_id order by count(*) desc, item_id limit 7",
                )
            ),
            cycle(
                _column(
                    con,
                    "select number_short from doc where type = 'sale' group by number_short order by hash(number_short) limit 11",
                )
            ),
        )

    def given(self, metric: Metric, as_of: date) -> dict[str, str]:
        """Arguments of a round: other days in each, since a server may remember what it was asked. as_of: the day of the snapshot."""
        found = {}
        period = f"{(QUARTER if self.rounds % 2 else YEAR) + timedelta(self.rounds)}..2025-12-31"
        for parameter in metric.parameters:
            if parameter.name == "as_of":
                found["as_of"] = (as_of - timedelta(self.rounds)).isoformat()
                continue
            if parameter.optional or parameter.default is not None:
                continue
            if parameter.type in ("period", "quarter"):
                found[parameter.name] = period
                continue
            of_type = {"counterparty": self.parties, "item": self.items, "good": self.items, "text": self.numbers}
            found[parameter.name] = "5" if parameter.type == "quantity" else next(of_type[parameter.type])
        return found


def _column(con: duckdb.DuckDBPyConnection, statement: str) -> list[str]:
    return [str(row[0]) for row in con.execute(statement).fetchall()]


def _mixed(few: Sequence[str], many: Sequence[str]) -> list[str]:
    """One of the few, then some of the many, and so on."""
    step = math.ceil(len(many) / max(len(few), 1)) or 1
    return [one for n, first in enumerate(few) for one in (first, *many[n * step : (n + 1) * step])]


async def _as_it_is(kind: str, text: str, snapshot: Snapshot, bound: Bound) -> str:
    del kind, snapshot, bound
    return text


async def asked(client: Client, tool: str, arguments: dict[str, Any]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    result = await client.call_tool(tool, arguments)
    took = (time.perf_counter() - started) * 1000
    if result.is_error:
        raise SystemExit(f"{tool} {arguments}: {result.content}")
    return took


def opened(file: str, config: dict[str, str]) -> None:
    """Open the file in this process, which leaves its parent's session: a scheduler that shares by session serves both sides alike."""
    if hasattr(os, "setsid"):
        os.setsid()
    _here.append(duckdb.connect(file, read_only=True, config=config))


_here: list[duckdb.DuckDBPyConnection] = []


def alone(statement: str, values: dict[str, Any]) -> float:
    """Milliseconds of a statement in DuckDB, all rows fetched."""
    started = time.perf_counter()
    _here[0].execute(statement, values).fetchall()
    return (time.perf_counter() - started) * 1000


async def values_of(metric: Metric, given: dict[str, str], snapshot: Snapshot) -> dict[str, Any]:
    """What the metric's statement is run with."""
    bound = desk.bind(await metrics.bind(metric, given, snapshot, _as_it_is))
    names = set(duckdb.extract_statements(metric.body)[0].named_parameters)
    return {name: value for name, value in bound.items() if name in names}


async def answerable(metric: Metric, given: dict[str, str], snapshot: Snapshot) -> bool:
    """Whether the mirror holds what the metric rests on; told where it does not."""
    try:
        await metrics.bind(metric, given, snapshot, _as_it_is)
    except MirrorMissing as missing:
        print(f"left out: {missing.why}")
        return False
    return True


def texts(con: duckdb.DuckDBPyConnection, count: int) -> list[str]:
    """What people type: names of counterparties and items, whole, in part and with a letter gone, tax numbers, numbers of documents."""
    names = _column(con, f"select name from cp order by hash(cp_id, 1) limit {count}")
    items = _column(con, f"select name from item order by hash(item_id, 1) limit {count}")
    bins = _column(con, f"select bin_iin from cp where bin_iin is not null order by hash(cp_id, 2) limit {count}")
    numbers = _column(con, f"select number_short from doc order by hash(doc_id, 3) limit {count}")
    words = [max(name.split(), key=len) for name in names]
    slips = [word[: len(word) // 2] + word[len(word) // 2 + 1 :] for word in words]
    return [text for row in zip(names, words, slips, items, bins, numbers, strict=False) for text in row][:count]


def late(values: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[math.ceil(len(ordered) * 0.95) - 1]


async def measured(
    data: Path, names: Sequence[str], runs: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Milliseconds by metric and of find: through the server, and in DuckDB alone."""
    settings, snapshot, known = Settings(), Mirror(data, "owner").current(), metrics.read()
    ours: dict[str, list[float]] = defaultdict(list)
    floor: dict[str, list[float]] = defaultdict(list)
    config = {"threads": str(settings.threads), "memory_limit": f"{settings.memory_mb}MB"}
    with (
        tempfile.TemporaryDirectory() as audit,
        duckdb.connect(str(serving_file(data)), read_only=True, config=config) as con,
        ProcessPoolExecutor(1, get_context("spawn"), opened, (str(serving_file(data)), config)) as bare,
    ):
        values = Values.of(con)
        chosen = [
            m for m in (known[name] for name in names) if await answerable(m, values.given(m, snapshot.as_of), snapshot)
        ]
        words = iter(texts(con, (runs + WARM) * 4))
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "analyst", "serve"],
            env={**os.environ, "ANALYST_DATA": str(data), "ANALYST_AUDIT": audit},
        )
        async with Client(quiet(Contestant("analyst", server, FIND, {})), mode="legacy") as client:
            for run in range(runs + WARM):
                values.rounds = run
                for metric in chosen:
                    given = values.given(metric, snapshot.as_of)
                    took = await asked(client, "metric", {"name": metric.id, "arguments": given})
                    floored = bare.submit(alone, metric.body, await values_of(metric, given, snapshot)).result()
                    if run >= WARM:
                        ours[metric.id].append(took)
                        floor[metric.id].append(floored)
                for text in (next(words), next(words), next(words), next(words)):
                    took = await asked(client, FIND, {"text": text})
                    if run >= WARM:
                        ours[FIND].append(took)
    return ours, floor


def told(ours: dict[str, list[float]], floor: dict[str, list[float]]) -> list[str]:
    """Print the figures, the slowest first; the aims that are missed."""
    missed = []
    print(f"\n{'ms':24}{'median':>9}{'p95':>9}   DuckDB alone{'median':>9}{'p95':>9}   ratio")
    for name in sorted(ours, key=lambda name: -late(ours[name])[1]):
        median, p95 = late(ours[name])
        line = f"{name:24}{median:9.1f}{p95:9.1f}"
        if name in floor:
            bare, bare95 = late(floor[name])
            line += f"{bare:24.1f}{bare95:9.1f}{median / bare:8.2f}"
            if name in BESIDE and median > BESIDE_AIM * bare:
                missed.append(f"{name}: {median / bare:.2f} times DuckDB alone, aimed at {BESIDE_AIM}")
        aim = FIND_AIM if name == FIND else METRIC_AIM
        if p95 > aim:
            missed.append(f"{name}: p95 {p95:.0f} ms, aimed at {aim:.0f}")
        print(line)
    return missed


def main() -> int:
    """Measure; the exit code."""
    known = metrics.read()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--metric", nargs="*", choices=tuple(known), default=tuple(known), metavar="ID")
    asked_for = parser.parse_args()
    missed = told(*anyio.run(measured, asked_for.data.resolve(), asked_for.metric, asked_for.runs))
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", *missed or ["every aim is met"], sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
