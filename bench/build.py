"""How long it takes to build what questions read, file by file, against reading the documents once.

python bench/build.py --data large-data [--files 12]

The master of the current snapshot is copied and its models are built anew in the copy, as a sync builds them: in one transaction, with the
threads and the memory of the settings. Reading once is every column of every raw table, scanned by the engine with the same settings.
Seconds depend on the machine and its neighbours, so the ratios are of the processor's time; seconds of the clock stand beside.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from sync.mirror import open_master, quoted
from sync.models import FOLDERS, Model, create, modelled, ordered, read
from sync.settings import Settings

Spent = tuple[float, float]  # seconds of the clock, of the processor
LAYERS = {"settlement": "settlement and mart", "mart": "settlement and mart"}


def spent(work: Callable[[], object]) -> Spent:
    """Seconds that some work takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def scanned(con: duckdb.DuckDBPyConnection) -> Spent:
    """Seconds to read every column of every raw table."""
    tables = con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()

    def scan() -> None:
        for (table,) in tables:
            con.execute(f"select max(columns(*)) from raw.{quoted(table)}").fetchall()

    return spent(scan)


def built(con: duckdb.DuckDBPyConnection) -> list[tuple[Model, Spent]]:
    """Seconds to build each model again."""
    models = ordered([modelled(con, definition) for folder in FOLDERS for definition in read(folder)])
    found = []
    con.begin()
    for model in models:
        statement = create(model, model.name[0]).replace("create", "create or replace", 1)
        found.append((model, spent(lambda: con.execute(statement))))  # noqa: B023 (it runs before the next one)
    found.append((found[-1][0], spent(con.commit)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--files", type=int, default=12, help="how many of the slowest are told")
    asked = parser.parse_args()
    said = json.loads((asked.data / "CURRENT").read_text(encoding="utf-8"))
    usual = Settings()
    with tempfile.TemporaryDirectory(dir=asked.data) as folder:
        copy = Path(shutil.copy(asked.data / "snapshots" / said["snapshot"] / said["master"]["file"], folder))
        with open_master(copy, usual.memory_limit, usual.threads) as con:
            documents = con.execute("select count(*) from doc_key").fetchone() or (0,)
            scanned(con)  # fills the caches
            read_once = scanned(con)
            by_model = built(con)
            read_again = scanned(con)
    layers: dict[str, list[Spent]] = defaultdict(list)
    for model, took in by_model:
        layers[LAYERS.get(model.definition.folder, model.definition.folder)].append(took)
        layers["all models"].append(took)
    reading = min(read_once, read_again, key=lambda took: took[1])
    print(f"{documents[0]} documents; s of the clock, of the processor, and how many times reading once")
    print(f"  {'reading once':32}{reading[0]:8.1f}{reading[1]:8.1f}")
    for name, parts in layers.items():
        clock, processor = (sum(part) for part in zip(*parts, strict=True))
        print(f"  {name:32}{clock:8.1f}{processor:8.1f}{processor / reading[1]:8.1f}")
    for model, (clock, processor) in sorted(by_model[:-1], key=lambda one: -one[1][1])[: asked.files]:
        print(f"    {model.file:30}{clock:8.1f}{processor:8.1f}{processor / reading[1]:8.1f}")


if __name__ == "__main__":
    main()
