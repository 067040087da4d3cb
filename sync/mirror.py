"""The master file: opened with a memory limit, with the tables that declared sources need and the loader's own in `meta`.

raw.<source>_<table>   what a source holds, under the source's own column names
meta.sync_state        one row a source and base: watermark, when it was last read well, what went wrong since
meta.sync_run          one row a pull, as a journal
meta.table_rows        rows that the mirror holds of each table; meta.table_total: what the source says of it
meta.quarantine        rows that could not be read, and why
meta.short_id          the number that stands for a source's key in published ids; given once, kept for ever
meta.doc_change        what became of documents from snapshot to snapshot
meta.run               one row: the moment of this snapshot
meta.debt_account      accounts that the settings name for a role, in place of the standard chart's
meta.built             how each table was built, and what came out; see kept
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from sync.table import KEY, VERSION, Source, Table

META = """
create schema if not exists raw;
create schema if not exists meta;
create schema if not exists staging;
create table if not exists meta.sync_state (
    source varchar, src_base varchar, status varchar, last_ok_at timestamp, data_to date, rows bigint, error varchar,
    watermark varchar, tried_at timestamp
);
create table if not exists meta.sync_run (
    started_at timestamp, source varchar, src_base varchar, is_full boolean, status varchar, rows_read bigint,
    inserted bigint, updated bigint, deleted bigint, rejected bigint, error varchar
);
create table if not exists meta.table_rows (source varchar, src_base varchar, table_name varchar, rows bigint, deleted bigint);
create table if not exists meta.table_total (source varchar, table_name varchar, name varchar, value varchar, src_base varchar);
create table if not exists meta.quarantine (
    source varchar, table_name varchar, ref varchar, reason varchar, "at" timestamp, src_base varchar, text varchar
);
create table if not exists meta.short_id (kind varchar, src_base varchar, src_ref varchar, id bigint);
create table if not exists meta.doc_change (
    seen_at timestamp, seen_on date, doc_id varchar, what varchar, old varchar, new varchar, difference_kzt decimal(18, 2),
    in_closed_period boolean
);
create table if not exists meta.run (as_of date, now timestamp, timezone varchar);
create table if not exists meta.debt_account (role varchar, account varchar);
create table if not exists meta.built (name varchar, recipe varchar, digest varchar, "at" timestamp);
create table if not exists meta.finding (
    check_id varchar, subject varchar, detail varchar, amount decimal(18, 2), cp_id varchar, first_day date, last_day date
);
-- a master of before had no days
alter table meta.finding add column if not exists first_day date;
alter table meta.finding add column if not exists last_day date;
"""

HEAD = {
    "src_base": "VARCHAR",
    KEY: "VARCHAR",
    VERSION: "VARCHAR",
    "synced_at": "TIMESTAMP",
    "first_synced_at": "TIMESTAMP",
    "deleted_at": "TIMESTAMP",
}
CHILD_HEAD = {"src_base": "VARCHAR", KEY: "VARCHAR", "synced_at": "TIMESTAMP"}


def quoted(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str] | Mapping[str, str], before: str = "") -> str:
    """Identifiers for SQL, by comma; before: an alias with its dot."""
    return ", ".join(before + quoted(name) for name in names)


def raw_name(source: str, table: str) -> str:
    """Where a table of a source is mirrored, for SQL."""
    return f"raw.{quoted(f'{source}_{table}')}"


def stored(moment: datetime) -> datetime:
    """An aware moment as the mirror keeps it: naive UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def open_master(file: Path, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    """A connection that may write `file` (made if absent). What does not fit into memory spills beside it."""
    return duckdb.connect(
        str(file),
        config={
            "memory_limit": memory_limit,
            "threads": str(threads),
            "preserve_insertion_order": "false",
            "python_enable_replacements": "false",
            "temp_directory": str(file.with_suffix(".spill")),
        },
    )


def prepare(con: duckdb.DuckDBPyConnection, declared: Mapping[str, Sequence[Table]]) -> frozenset[str]:
    """Make the schemas, the loader's tables and the raw tables of every declared source, by source name.

    Returns the sources of which a table was rebuilt: until they are read, its new columns are empty.

    A raw table of another shape than declared (the mirror is older than the program) is rebuilt from the columns both
    have, and its source forgets its watermark, so that it is read in full.
    """
    con.begin()
    con.execute(META)
    rebuilt = set()
    for source, tables in declared.items():
        for table in tables:
            if _shape(con, source, table):
                con.execute("update meta.sync_state set watermark = null where source = ?", [source])
                rebuilt.add(source)
    con.commit()
    return frozenset(rebuilt)


def _shape(con: duckdb.DuckDBPyConnection, source: str, table: Table) -> bool:
    """Whether a table had to be rebuilt."""
    wanted = {**(CHILD_HEAD if table.parent else HEAD), **table.columns}
    target = raw_name(source, table.name)
    ddl = f"({', '.join(f'{quoted(name)} {kind}' for name, kind in wanted.items())})"
    con.execute(f"create table if not exists {target} {ddl}")
    con.execute(f"create or replace temp table wanted {ddl}")
    want, have = (con.execute(f"describe {name}").fetchall() for name in ("temp.wanted", target))
    con.execute("drop table wanted")
    if want == have:
        return False
    both = [row[0] for row in want if row[0] in {column[0] for column in have}]
    kept = ", ".join(f"try_cast({quoted(name)} as {wanted[name]}) as {quoted(name)}" for name in both)
    con.execute(f"create temp table kept as select {kept} from {target}")
    con.execute(f"drop table {target}")
    con.execute(f"create table {target} {ddl}")
    con.execute(f"insert into {target} by name from kept")
    con.execute("drop table kept")
    return True


def name_accounts(con: duckdb.DuckDBPyConnection, named: Sequence[tuple[str, str]]) -> None:
    """Keep the (role, account) that the settings name, and none of an earlier run."""
    con.execute("delete from meta.debt_account")
    if named:
        con.executemany("insert into meta.debt_account values (?, ?)", named)


class Versions(Mapping[str, pl.DataFrame]):
    """For each table of a source the live keys and their versions (src_ref, src_version), read when asked for."""

    def __init__(self, con: duckdb.DuckDBPyConnection, source: Source) -> None:
        self._con = con
        self._source = source
        self._names = tuple(table.name for table in source.tables if table.parent is None)

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name not in self._names:
            raise KeyError(name)
        found: pl.DataFrame = self._con.sql(
            f"select {KEY}, {VERSION} from {raw_name(self._source.name, name)} where src_base = $base and deleted_at is null",
            params={"base": self._source.base},
        ).pl()
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
