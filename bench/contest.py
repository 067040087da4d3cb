"""The contestants of the measurements: one published snapshot, the servers that can be had, the same client."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import postgres
from mcp import StdioServerParameters
from mcp.client.stdio import stdio_client

HERE = Path(__file__).parent
PEER = HERE / ".venv-motherduck"
TOOLBOX = HERE / ".venv-toolbox"
DBHUB = HERE / ".venv-dbhub"
SILENCE = Path(os.devnull).open("w")  # noqa: SIM115 (open as long as the process)
EMPTY = "empty SDK server"
# One literal of it is another one in each distinct question, so that nobody can answer from memory.
SQL = "SELECT type, count(*) AS documents, sum(sum_kzt) AS kzt FROM doc WHERE sum_kzt <> {} GROUP BY type ORDER BY type"
BESIDE = (
    "    parameters:\n      - name: beside\n        type: integer\n        description: a sum that does not count\n"
)


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server over stdio and the tool that is asked. argument: what it takes: the text `sql`, a number for a statement of its own, or nothing."""

    name: str
    server: StdioServerParameters
    tool: str
    argument: str = ""

    def call(self, number: int) -> dict[str, Any]:
        """The arguments of the question with this literal."""
        if not self.argument:
            return {}
        return {self.argument: SQL.format(number) if self.argument == "sql" else number}


def _program(folder: Path, name: str) -> str:
    return str(folder / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}"))


def _peer_data(file: Path) -> Path:
    """The same table in a file that the peer's older engine can open."""
    target = HERE / ".venv-motherduck" / "same.duckdb"
    target.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{file}' AS ours (READ_ONLY)")
        con.execute(f"ATTACH '{target}' AS peer (STORAGE_VERSION 'v1.5.0')")
        con.execute("CREATE TABLE peer.doc AS FROM ours.doc")
    return target


def _installed(folder: Path, package: str, program: str) -> str | None:
    """A peer's program, installed into its own environment at the first run; None where it cannot be had."""
    path = _program(folder, program)
    if not Path(path).exists():
        venv.create(folder, with_pip=True)
        subprocess.run([_program(folder, "pip"), "install", "-q", package], check=False)
    if Path(path).exists():
        return path
    print(f"{package} could not be installed; it is left out")
    return None


def _toolbox(file: Path) -> list[str]:
    """Arguments of MCP Toolbox for Databases over the same rows; it has no DuckDB source, so they are in SQLite."""
    target, config = TOOLBOX / "same.sqlite", TOOLBOX / "tools.yaml"
    target.unlink(missing_ok=True)
    with duckdb.connect(str(file), read_only=True) as con:
        rows = con.execute("SELECT type, sum_kzt::DOUBLE FROM doc").fetchall()
    with sqlite3.connect(target) as out:
        out.execute("CREATE TABLE doc(type TEXT, sum_kzt REAL)")
        out.executemany("INSERT INTO doc VALUES (?, ?)", rows)
    config.write_text(
        f"sources:\n  books:\n    kind: sqlite\n    database: {target}\n"
        "tools:\n  small:\n    kind: sqlite-sql\n    source: books\n    description: a small group-by\n"
        f"    statement: {SQL.format('?')}\n{BESIDE}",
        encoding="utf-8",
    )
    return ["--config", str(config), "--stdio"]


def _dbhub() -> list[str] | None:
    """The command of DBHub, installed from npm at the first run; None where it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    program = DBHUB / "node_modules" / "@bytebase" / "dbhub" / "dist" / "index.js"
    if node and npm and not program.exists():
        DBHUB.mkdir(exist_ok=True)
        subprocess.run([npm, "install", "--prefix", str(DBHUB), "--silent", "@bytebase/dbhub@0.21.2"], check=False)
    if node and program.exists():
        return [node, str(program)]
    print("@bytebase/dbhub could not be installed; it is left out")
    return None


def _over_postgres(file: Path, toolbox: str | None) -> list[Contestant]:
    """The peers that read PostgreSQL, over the same rows in a server of its own."""
    if (dsn := postgres.address(file)) is None:
        return []
    found = []
    if command := _dbhub():
        server = StdioServerParameters(command=command[0], args=[command[1], "--transport", "stdio", "--dsn", dsn])
        found.append(Contestant("dbhub (PostgreSQL)", server, "execute_sql", "sql"))
    if toolbox:
        config, port = TOOLBOX / "postgres.yaml", dsn.rpartition(":")[2].partition("/")[0]
        config.write_text(
            f"sources:\n  books:\n    kind: postgres\n    host: 127.0.0.1\n    port: {port}\n    database: postgres\n"
            f"    user: {postgres.USER}\n    password: none\n"
            "tools:\n  small:\n    kind: postgres-sql\n    source: books\n    description: a small group-by\n"
            f"    statement: {SQL.format('$1')}\n{BESIDE}",
            encoding="utf-8",
        )
        server = StdioServerParameters(command=toolbox, args=["--config", str(config), "--stdio"])
        found.append(Contestant("toolbox (PostgreSQL)", server, "small", "beside"))
    return found


def serving_file(data: Path) -> Path:
    """The published file of the owner."""
    current = json.loads((data / "CURRENT").read_text(encoding="utf-8"))
    return data / "snapshots" / current["snapshot"] / str(current["roles"]["owner"]["file"])


def contestants(data: Path) -> list[Contestant]:
    """Those that can run here; the peer is installed into its own environment at the first run."""
    file = serving_file(data)
    found = [
        Contestant(
            EMPTY,
            StdioServerParameters(command=sys.executable, args=[str(HERE / "empty_server.py")]),
            "ping",
        ),
        Contestant(
            "analyst",
            StdioServerParameters(
                command=_program(Path(sys.prefix), "analyst"),
                args=["serve"],
                env={**os.environ, "ANALYST_DATA": str(data.resolve()), "ANALYST_AUDIT": str(PEER / "audit")},
            ),
            "query",
            "sql",
        ),
    ]
    if program := _installed(PEER, "mcp-server-motherduck", "mcp-server-motherduck"):
        server = StdioServerParameters(command=program, args=["--db-path", str(_peer_data(file))])
        found.append(Contestant("mcp-server-motherduck", server, "execute_query", "sql"))
    program = _installed(TOOLBOX, "toolbox-server", "toolbox-server")
    if program:
        found.append(
            Contestant(
                "toolbox (SQLite)", StdioServerParameters(command=program, args=_toolbox(file)), "small", "beside"
            )
        )
    return found + _over_postgres(file, program)


def quiet(contestant: Contestant) -> Any:
    """The contestant's transport, without its narration on stderr."""
    return stdio_client(contestant.server, errlog=SILENCE)


def arguments(runs: int) -> argparse.Namespace:
    """--data: a published data folder; --runs: how often each is measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--runs", type=int, default=runs)
    return parser.parse_args()


def table(title: str, unit: str, measured: dict[str, list[float]]) -> None:
    """Print medians, the 95th percentile and ratios to the empty server."""
    print(f"\n{title} ({unit}, {len(next(iter(measured.values())))} runs each, interleaved)")
    empty = sorted(measured[EMPTY])
    first = empty[len(empty) // 2]
    for name, values in measured.items():
        ordered = sorted(values)
        median = ordered[len(ordered) // 2]
        print(
            f"  {name:24} median {median:8.2f}   p95 {ordered[int(len(ordered) * 0.95)]:8.2f}   {median / first:5.2f}× the empty server"
        )
