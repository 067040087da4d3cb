"""How long it takes to build what questions read, file by file, against reading the documents once.

python bench/build.py --data large-data [--files 12] [--log sync.log]

The master of the current snapshot is copied and its models are built anew in the copy, as a sync builds them: in one transaction, with the
threads and the memory of the settings. A published view is reckoned with what it takes to compute its rows once, since the serving file holds
them. Then a sync that brings nothing new builds, as a whole: tables that stand are not built again.
Reading once is told in three ways, each with how many times as long the building takes:
  scan   every value of every raw table, hashed by the engine inside the process: what never leaves the file
  frames every raw table read out into a Polars frame: what a program pays that reads the documents
  pull   the first pull of the sync itself from its sources, of the log that --log names (what a sync of the company wrote to stderr);
         seconds of the clock, with the servers that it read from on the same machine when they were stand-ins
Seconds depend on the machine and its neighbours, so the ratios are of the processor's time, of the clock's for `pull`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from sync.kept import drop_all
from sync.mirror import META, open_master, quoted
from sync.models import FOLDERS, Model, build, create, modelled, ordered, read
from sync.settings import Settings

Spent = tuple[float, float]  # seconds of the clock, of the processor
TOGETHER = ("settlement", "mart")


def spent(work: Callable[[], object]) -> Spent:
    """Seconds that some work takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def raw_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Every raw table, as SQL names it."""
    rows = con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
    return [f"raw.{quoted(name)}" for (name,) in rows]


def scanned(con: duckdb.DuckDBPyConnection) -> Spent:
    """Seconds to read every value of every raw table: hashed, for a maximum may come from the statistics of the file."""
    tables = raw_tables(con)

    def scan() -> None:
        for table in tables:
            con.execute(f"select bit_xor(hash(columns(*))) from {table}").fetchall()

    return spent(scan)


def framed(con: duckdb.DuckDBPyConnection) -> Spent:
    """Seconds to read every raw table out into a frame, one after another, so that memory holds the largest alone."""
    tables = raw_tables(con)

    def read_out() -> None:
        for table in tables:
            con.sql(f"from {table}").pl()

    return spent(read_out)


def pulled(log: Path) -> float:
    """Seconds of the longest of the runs that a sync's log tells of: the first pull of all, table by table. Merging included."""
    runs: list[float] = []
    for line in log.read_text(encoding="utf-8").splitlines():
        said = json.loads(line) if line.startswith("{") else {}
        if said.get("event") == "run.started":
            runs.append(0.0)
        elif said.get("event") == "pull.finished":
            runs[-1] += said["seconds"]
    return max(runs)


def built(con: duckdb.DuckDBPyConnection) -> list[tuple[Model, Spent]]:
    """Seconds to build each model anew; short ids are there."""
    models = ordered([modelled(con, definition) for folder in FOLDERS for definition in read(folder)])
    found = []
    con.begin()
    drop_all(con)
    for model in models:
        took = spent(lambda: con.execute(create(model, model.name[0])))  # noqa: B023 (it runs before the next one)
        if model.published and model.kind == "view":
            rows = f"select bit_xor(hash(columns(*))) from main.{quoted(model.definition.name)}"
            took = spent(lambda: con.execute(rows).fetchall())  # noqa: B023
        found.append((model, took))
    found.append((found[-1][0], spent(con.commit)))
    return found


def built_in_vain(con: duckdb.DuckDBPyConnection) -> Spent:
    """Seconds that a sync takes to build when nothing has come since the last one."""
    con.execute(META)  # of an older program's mirror the first build makes everything
    build(con, datetime.now(UTC), Settings().zone)
    return spent(lambda: build(con, datetime.now(UTC), Settings().zone))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--files", type=int, default=12, help="how many of the slowest are told")
    parser.add_argument("--log", type=Path, help="what the sync of the company wrote to stderr")
    asked = parser.parse_args()
    said = json.loads((asked.data / "CURRENT").read_text(encoding="utf-8"))
    usual = Settings()
    with tempfile.TemporaryDirectory(dir=asked.data) as folder:
        copy = Path(shutil.copy(asked.data / "snapshots" / said["snapshot"] / said["master"]["file"], folder))
        with open_master(copy, usual.memory_limit, usual.threads) as con:
            documents = con.execute("select count(*) from doc_key").fetchone() or (0,)
            scanned(con)  # fills the caches
            before = scanned(con)
            frames = framed(con)
            by_model = built(con)
            scan = min(before, scanned(con), key=lambda took: took[1])
            in_vain = built_in_vain(con)
    layers: dict[str, list[Spent]] = defaultdict(list)
    for model, took in by_model:
        layers[model.definition.folder].append(took)
        if model.definition.folder in TOGETHER:
            layers[" and ".join(TOGETHER)].append(took)
        layers["all models"].append(took)
    pull = pulled(asked.log) if asked.log else None
    readings: Mapping[str, Spent | None] = {"scan": scan, "frames": frames, "pull": (pull, 0.0) if pull else None}
    print(f"{documents[0]} documents; s of the clock, of the processor; then times each way of reading once")
    _tell("", ("clock", "cpu", *readings))
    for name, reading in readings.items():
        if reading:
            _tell(f"reading once: {name}", (f"{reading[0]:.1f}", f"{reading[1]:.1f}" if name != "pull" else "-"))
    for name, parts in layers.items():
        clock, processor = (sum(part) for part in zip(*parts, strict=True))
        _tell(name, _times((clock, processor), scan, frames, pull))
    _tell("all models, nothing new came", _times(in_vain, scan, frames, pull))
    for model, took in sorted(by_model[:-1], key=lambda one: -one[1][1])[: asked.files]:
        _tell("  " + model.file, _times(took, scan, frames, pull))


def _times(took: Spent, scan: Spent, frames: Spent, pull: float | None) -> tuple[str, ...]:
    clock, processor = took
    return (
        f"{clock:.1f}", f"{processor:.1f}", f"{processor / scan[1]:.1f}", f"{processor / frames[1]:.1f}",
        f"{clock / pull:.3f}" if pull else "-",
    )  # fmt: skip


def _tell(what: str, numbers: tuple[str, ...]) -> None:
    print(f"  {what:34}" + "".join(f"{number:>9}" for number in numbers))


if __name__ == "__main__":
    main()
