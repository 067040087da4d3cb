"""A company's own relations: `mart/*.sql` of the extension folder, built in the serving file after the shipped ones.

They are built where they will be read, so that nothing can be in them that is not published: on a connection that reaches no file and
no network, whose settings are locked, one SELECT each, in limited time. A file that does not build is left out and named, and the
snapshot is published without it: figures of the night matter more than an addition to them.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import structlog

import sql
from sync.errors import ModelFailed
from sync.models import Model, Relation, comments, create, describe, hold_to_header, modelled, ordered

FOLDER = "mart"
SECONDS = 60.0
BYTES = 64 * 1024
ROWS = 5_000_000
MADE = frozenset({"unnest", "range", "generate_series"})
# What the engine turns from a column into a function that tells of the clock or of itself.
TELLING = frozenset(
    "current_catalog current_date current_role current_schema current_time current_timestamp current_user localtime localtimestamp "  # noqa: SIM905
    "session_user user".split()
)
_NAME = re.compile(r"[a-z][a-z0-9_]{1,59}")
# What is published, what is only inside, and the certified numbers: none of them may be taken for a relation of the company.
SHIPPED = ("staging", "core", "settlement", "mart", "metrics")
SCHEMAS = frozenset({"information_schema", "main", "memory", "pg_catalog", "raw", "system", "temp"})

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not built. file: inside the extension folder; why: for a person."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Built:
    """The relations that stand in the serving file now, their rows, and what was left out."""

    relations: tuple[Relation, ...] = ()
    rows: Mapping[str, int] | None = None
    left_out: tuple[LeftOut, ...] = ()


def build(file: Path, shipped: Sequence[Relation], folder: Path, memory_limit: str, seconds: float = SECONDS) -> Built:
    """Build what the folder holds into a closed serving file. shipped: its published relations."""
    if not (folder / FOLDER).is_dir():
        return Built()
    limits = {
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "memory_limit": memory_limit,
        "lock_configuration": "true",
    }
    with duckdb.connect(str(file), config=dict(limits)) as con:
        work = _Work(con, {relation.model.name[1]: relation for relation in shipped}, seconds)
        models, left_out = work.read(folder / FOLDER)
        built = []
        rows = {}
        for one in models:
            try:
                relation, count = work.build(one)
            except (duckdb.Error, ModelFailed, _Refused) as wrong:
                left_out.append(LeftOut(one.file, _told(wrong)))
                continue
            work.known[one.definition.name] = relation
            built.append(relation)
            if count is not None:
                rows[one.definition.name] = count
        con.execute("checkpoint")
    for fault in left_out:
        log.error("extension.left_out", file=fault.file, why=fault.why)
    return Built(tuple(built), rows, tuple(sorted(left_out, key=lambda fault: fault.file)))


class _Refused(Exception):
    """What an extension may not do; the message says it."""


@dataclass(slots=True)
class _Work:
    con: duckdb.DuckDBPyConnection
    known: dict[str, Relation]
    seconds: float

    def read(self, folder: Path) -> tuple[list[Model], list[LeftOut]]:
        """The files that can be read, each after those it reads."""
        models, left_out = [], []
        for path in sorted(p for p in folder.iterdir() if p.name.endswith(".sql") and p.is_file()):
            try:
                models.append(self._model(path))
            except (ModelFailed, _Refused, sql.HeaderError, duckdb.Error, OSError, UnicodeError) as wrong:
                left_out.append(LeftOut(f"{FOLDER}/{path.name}", _told(wrong)))
        try:
            return ordered(models), left_out
        except ModelFailed as ring:
            return [], [*left_out, *(LeftOut(one.file, _told(ring)) for one in models)]

    def _model(self, path: Path) -> Model:
        name = path.name.removesuffix(".sql")
        if not _NAME.fullmatch(name):
            raise _Refused("its name must be small Latin letters, digits and _")
        if path.is_symlink():
            raise _Refused("it is a link; put the file itself here")
        if name in self.known or any(name in sql.names(folder) for folder in SHIPPED):
            raise _Refused(f"{name} is a shipped name; give the file another")
        if name in SCHEMAS or self._of_the_engine(name):
            raise _Refused(f"{name} is a name of the engine; give the file another")
        if self._kinds(name):
            # A macro of this name would stand before the engine's own function, in shipped definitions too.
            raise _Refused(f"{name} is a function of the engine; give the file another name")
        if path.stat().st_size > BYTES:
            raise _Refused(f"it is larger than {BYTES} bytes")
        text = path.read_text(encoding="utf-8-sig")
        if unseen := sql.unseen(text):
            raise _Refused(f"it holds a character that cannot be seen, {unseen}")
        made = modelled(self.con, sql.parse(name, FOLDER, text))
        if not made.definition.summary:
            raise _Refused("its header has no summary")
        return made

    def build(self, one: Model) -> tuple[Relation, int | None]:
        """Make one relation in a transaction of its own, and count its rows."""
        self._allow(one)
        self.con.begin()
        alarm = threading.Timer(self.seconds, self.con.interrupt)
        alarm.start()
        try:
            kept = one if one.kind != "view" else replace(one, kind="table")
            self.con.execute(create(kept, "main"))
            columns = describe(self.con, kept, "main")
            hold_to_header(kept, [name for name, _ in columns])
            for comment in comments(kept, "main", kept.kind):
                self.con.execute(comment)
            count = self._count(kept)
            self.con.commit()
        except (duckdb.Error, ModelFailed, _Refused):
            self.con.rollback()
            raise
        finally:
            alarm.cancel()
        return Relation(self._marked(kept, columns), columns), count

    def _count(self, one: Model) -> int | None:
        if one.kind != "table":
            return None
        row = self.con.execute(f'select count(*) from main."{one.definition.name}"').fetchone()
        if row and row[0] > ROWS:
            raise _Refused(f"it has {row[0]} rows; at most {ROWS}")
        return int(row[0]) if row else 0

    def _allow(self, one: Model) -> None:
        """Only published relations, and functions that depend on nothing but their arguments."""
        for schema, name in sorted(one.reads):
            if name in self.known and schema == "main":
                continue
            if schema not in ("main", "system", "pg_catalog") or not self._pure(name):
                raise _Refused(
                    f"it names {name}, which is neither a published relation nor a function that an extension may call"
                )

        if telling := sorted(TELLING & set(_columns(self.con, one))):
            raise _Refused(f"it names {telling[0]}, which is the clock or the session; take the day as an argument")

    def _pure(self, name: str) -> bool:
        if name in MADE:
            return True
        if self.con.execute("select count(*) from duckdb_types() where lower(type_name) = ?", [name]).fetchall()[0][0]:
            return True
        kinds = self._kinds(name)
        return bool(kinds) and all(
            kind == "macro" or (kind in ("scalar", "aggregate", "window") and stability == "CONSISTENT")
            for kind, stability in kinds
        )

    def _of_the_engine(self, name: str) -> bool:
        """Whether a view of the engine's own catalog has this name."""
        views = "select 1 from duckdb_views() where internal and view_name = ?"
        return bool(self.con.execute(views, [name]).fetchall())

    def _kinds(self, name: str) -> list[tuple[str, str | None]]:
        """What functions of the engine have this name: type and stability."""
        return self.con.execute(
            "select distinct function_type, stability from duckdb_functions() where lower(function_name) = ? and internal",
            [name],
        ).fetchall()

    def _marked(self, one: Model, columns: Sequence[tuple[str, str]]) -> Model:
        """The model with its source as it really is, and its text marked: it may come from outside unless a source says otherwise."""
        sources = [self.known[name].model.definition for _, name in sorted(one.reads) if name in self.known]
        outside = any(column.untrusted for said in sources for column in said.columns)
        trusted = {column.name for said in sources for column in said.columns if not column.untrusted}
        trusted -= {column.name for said in sources for column in said.columns if column.untrusted}
        text = {name for name, kind in columns if "VARCHAR" in kind}
        marked = tuple(
            replace(column, untrusted=column.untrusted or (outside and column.name in text - trusted))
            for column in one.definition.columns
        )
        facts = {**one.definition.facts, "source": ", ".join(said.name for said in sources), "own": "yes"}
        return replace(one, definition=replace(one.definition, columns=marked, facts=facts))


def _columns(con: duckdb.DuckDBPyConnection, one: Model) -> Iterator[str]:
    """Every name that stands alone where a column may stand, by the engine's parse."""
    query = f"select {one.definition.body}" if one.kind == "scalar" else one.definition.body
    row = con.execute("select json_serialize_sql($query)", {"query": query}).fetchone()
    todo: list[object] = [json.loads(row[0])] if row else []
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            names = list(node.get("column_names") or ())
            if len(names) == 1:
                yield str(names[0]).lower()
            todo += node.values()
        elif isinstance(node, list):
            todo += node


def _told(wrong: Exception) -> str:
    """The first line of what is wrong, without the words about the snapshot that a shipped file needs."""
    if isinstance(wrong, ModelFailed):
        return wrong.detail
    if isinstance(wrong, UnicodeError):
        return "it is not UTF-8"
    if isinstance(wrong, OSError):
        return wrong.strerror or type(wrong).__name__
    return str(wrong).split("\n\n", maxsplit=1)[0].strip()
