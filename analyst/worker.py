"""One process, one question at a time: it opens one serving file read-only and locked, checks and runs statements, and is killed when late.

Started as `python -m analyst.worker`, blank. Lines of JSON on stdin: the first opens a file, each next one asks. Each answer on stdout is a
line of JSON; one with `bytes` is followed by that many bytes of shaped rows. Nothing else can reach stdout: it is moved away at the start.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from analyst import catalog, functions
from analyst.advice import Spent
from analyst.desk import Desk
from analyst.engine import Engine
from analyst.errors import AnalystError, MirrorMissing, QueryFailed, Refused
from analyst.guard import Guard

try:
    import resource
except ImportError:  # Windows has no rlimits; there the parent's clock is what ends a statement
    resource = None  # type: ignore[assignment]

import duckdb

GROWN_MB = 256  # address space that a worker may keep after a lack of memory
INTERPRETER_MB = 1400  # address space of Python and the engine's library before any data


def address_space_mb() -> float:
    """Address space of this process; infinite where the system does not tell, so that after a lack of memory it counts as grown."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError, AttributeError):
        return float("inf")


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
    engine = Engine(con, Guard(published, allowed, order["as_of"]))
    engine.serialize("SELECT 1")
    return Desk(engine, order["seconds"], order["threads"])


def serve(source: BinaryIO, sink: BinaryIO, *, limits: bool = True) -> None:
    """Answer line after line until the source ends, or until an answer says that this process is spent.

    limits: False where the process is not the worker's own.
    """
    desk: Desk | None = None
    at_start = 0.0
    try:
        for line in source:
            request = json.loads(line)
            text = b""
            try:
                if desk is None:
                    desk = open_desk(request, limits=limits)
                    at_start = min(address_space_mb(), 1e9)
                    head: dict[str, Any] = {"ready": str(duckdb.__version__)}
                else:
                    if limits:
                        limit_cpu(int(desk.seconds * desk.threads) + 1)
                    head, text = desk.answer(request)
            except AnalystError as error:
                head = {"error": error.record()}
            except RecursionError:
                head = {"error": Refused("the statement nests too deep", rule="guard.depth").record()}
            except Spent as spent:
                grown = address_space_mb() - at_start
                head = {"error": spent.error.record(), "fatal": spent.broken or grown > GROWN_MB, "again": spent.again}
            except Exception as error:  # noqa: BLE001 (its text may hold a cell: only its kind may leave this process)
                with suppress(OSError):  # where stderr is a file, this process may not write to it
                    sys.stderr.write(f"worker: {type(error).__name__}\n")
                    sys.stderr.flush()
                failed = QueryFailed(
                    "the engine could not run it", fix=desk.engine.guard.example() if desk else "SELECT 1"
                )
                head = {"error": failed.record(), "fatal": True}
            sink.write(json.dumps(head).encode() + b"\n" + text)
            sink.flush()
            if head.get("fatal"):
                return
    finally:
        if desk is not None:
            desk.engine.con.close()


def main() -> None:
    """Take stdout for the answers alone and serve; an interrupt at the terminal is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
