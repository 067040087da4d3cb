"""One process, one question at a time: it opens one serving file read-only and locked, checks and runs statements, and is killed when late.

Started as `python -m analyst.worker`, blank. Lines of JSON on stdin: the first opens a file, each next one asks. Each answer on stdout is a
line of JSON; one with `bytes` is followed by that many bytes of shaped rows. Nothing else can reach stdout: it is moved away at the start.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from analyst import catalog, failure, functions, result
from analyst.errors import AnalystError, MirrorMissing, Refused
from analyst.guard import Checked, Guard

try:
    import resource
except ImportError:  # Windows has no rlimits; there the parent's clock is what ends a statement
    resource = None  # type: ignore[assignment]

import duckdb

SERIALIZE = "SELECT json_serialize_sql(?::VARCHAR)"
INTERPRETER_MB = 1400  # address space of Python and the engine's library before any data
COUNT_SECONDS = 3.0
REMEMBERED = 256


def limit(memory_mb: int) -> None:
    """Bound what this process may take, where the platform can: address space, file writes, core dumps."""
    if resource is None:
        return
    room = (memory_mb + INTERPRETER_MB) * 1024 * 1024
    for kind, value in ((resource.RLIMIT_AS, room), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError) as error:  # macOS has no working RLIMIT_AS
            sys.stderr.write(f"worker: limit {kind} not set: {error}\n")


def limit_cpu(seconds: int) -> None:
    """Allow this much more CPU time from now on; the kernel ends the process beyond it."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def connect(file: str, memory_mb: int, threads: int, seconds: float) -> duckdb.DuckDBPyConnection:
    """A connection that reads one file and nothing else, with its settings locked. Order matters: external access is taken away last."""
    before: dict[str, str | bool | int | float | list[str]] = {
        "allow_community_extensions": "false",
        "allow_unsigned_extensions": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_persistent_secrets": "false",
        "python_enable_replacements": "false",
        "python_scan_all_frames": "false",
        "memory_limit": f"{memory_mb}MB",
        "threads": str(threads),
        "max_temp_directory_size": "0B",
        "temp_directory": "",
    }
    con = duckdb.connect(file, read_only=True, config=before)
    for setting in (
        f"max_execution_time={int(seconds * 1000)}",
        "enable_external_access=false",
        "lock_configuration=true",
    ):
        con.execute(f"SET {setting}")
    return con


def bind(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a certified statement: [type, text] each, typed before the engine sees them."""
    read: dict[str, Callable[[str], Any]] = {"date": date.fromisoformat, "int": int, "money": Decimal, "text": str}
    return {name: None if given is None else read[given[0]](given[1]) for name, given in parameters.items()}


@dataclass(slots=True)
class Desk:
    """An open file with its guard."""

    con: duckdb.DuckDBPyConnection
    guard: Guard
    seconds: float
    cpu_seconds: int
    limits: bool
    checked: dict[str, Checked] = field(default_factory=dict)

    def serialize(self, sql: str) -> str:
        """The engine's own parse of a text."""
        row = self.con.execute(SERIALIZE, [sql]).fetchone()
        return str(row[0]) if row else ""

    def check(self, sql: str, names: frozenset[str]) -> Checked:
        """The guard's verdict, remembered for texts that passed."""
        if (known := self.checked.get(sql)) is not None and known.parameters <= names:
            return known
        checked = self.guard.check(sql, self.serialize, names)
        if len(self.checked) >= REMEMBERED:
            self.checked.clear()
        self.checked[sql] = checked
        return checked

    def answer(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Check, run and shape one statement. Raises AnalystError."""
        started = time.monotonic()
        if self.limits:
            limit_cpu(self.cpu_seconds)
        given = request.get("parameters") or {}
        try:
            request["sql"].encode()
        except UnicodeEncodeError:
            raise Refused("the statement is not valid Unicode", rule="text") from None
        relations: set[str] = set()
        try:
            checked = self.check(request["sql"], frozenset(given))
            relations = checked.relations
            values = {name: value for name, value in bind(given).items() if name in checked.parameters}
            self.con.execute(checked.core, values or None)
            columns = [str(d[0]) for d in self.con.description or ()]
            body = result.shape(columns, self._rows(request["size"]["rows"] + 1), result.Size(**request["size"]))
            total = self._count(checked, values, started) if body.more else body.shown
        except duckdb.Error as error:
            raise failure.told(error, self.guard.catalog, relations, self.guard.as_of) from None
        except (MemoryError, UnicodeError, OverflowError):
            raise failure.told(
                duckdb.OutOfMemoryException(""), self.guard.catalog, relations, self.guard.as_of
            ) from None
        text = body.text.encode("utf-8", "replace")
        head = {
            "bytes": len(text),
            "shown": body.shown,
            "total": total,
            "cuts": body.cuts,
            "relations": sorted(relations),
        }
        return head | {"columns": columns[: request["size"]["columns"]]}, text

    def _rows(self, most: int) -> Iterator[tuple[Any, ...]]:
        while most > 0 and (batch := self.con.fetchmany(min(most, 100))):
            most -= len(batch)
            yield from batch

    def _count(self, checked: Checked, values: Mapping[str, Any], started: float) -> int | None:
        """How many rows there are in all; None when counting takes too long."""
        self.con.abort()
        counted = f"SELECT count(*) FROM (\n{checked.core}\n)"
        left = min(COUNT_SECONDS, self.seconds - (time.monotonic() - started))
        if left <= 0 or len(counted) > len(checked.core) + 100:
            return None
        timer = threading.Timer(left, self.con.interrupt)
        timer.start()
        try:
            self.guard.check(counted, self.serialize, frozenset(values))
            row = self.con.execute(counted, values or None).fetchone()
        except (duckdb.Error, AnalystError):
            return None
        finally:
            timer.cancel()
        return int(row[0]) if row else None


def open_desk(order: Mapping[str, Any], *, limits: bool) -> Desk:
    """Open the file of the first line. limits: bound this process. Raises MirrorMissing without a path in it."""
    if limits:
        limit(order["memory_mb"])
    version = str(duckdb.__version__)
    allowed = functions.allowed(version)
    if allowed is None:
        raise MirrorMissing(
            f"the engine version {version} was never examined", fix="install the duckdb version that this release pins"
        )
    try:
        con = connect(order["file"], order["memory_mb"], order["threads"], order["seconds"])
        published = catalog.read(Path(order["catalog"]))
    except (duckdb.Error, OSError, ValueError, KeyError) as error:
        raise MirrorMissing(
            f"the published snapshot cannot be opened ({type(error).__name__})", fix="analyst-sync run"
        ) from None
    cpu_seconds = int(order["seconds"] * order["threads"]) + 1
    desk = Desk(con, Guard(published, allowed, order["as_of"]), order["seconds"], cpu_seconds, limits)
    desk.serialize("SELECT 1")
    return desk


def serve(source: BinaryIO, sink: BinaryIO, *, limits: bool = True) -> None:
    """Answer line after line until the source ends. limits: False where the process is not the worker's own."""
    desk: Desk | None = None
    for line in source:
        request = json.loads(line)
        text = b""
        try:
            if desk is None:
                desk = open_desk(request, limits=limits)
                head: dict[str, Any] = {"ready": str(duckdb.__version__)}
            else:
                head, text = desk.answer(request)
        except AnalystError as error:
            head = {"error": error.record()}
        except RecursionError:
            head = {"error": Refused("the statement nests too deep", rule="text").record()}
        sink.write(json.dumps(head).encode() + b"\n" + text)
        sink.flush()


def main() -> None:
    """Take stdout for the answers alone and serve; an interrupt at the terminal is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
