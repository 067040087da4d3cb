"""The contestants of both measurements: one published snapshot, three servers, the same client."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from mcp import StdioServerParameters
from mcp.client.stdio import stdio_client

HERE = Path(__file__).parent
PEER = HERE / ".venv-motherduck"
SILENCE = Path(os.devnull).open("w")  # noqa: SIM115 (open as long as the process)
SQL = "SELECT type, count(*) AS documents, sum(sum_kzt) AS kzt FROM doc GROUP BY type ORDER BY type"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server over stdio and the call that it is asked."""

    name: str
    server: StdioServerParameters
    tool: str
    arguments: dict[str, Any]


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


def contestants(data: Path) -> list[Contestant]:
    """Those that can run here; the peer is installed into its own environment at the first run."""
    current = json.loads((data / "CURRENT").read_text(encoding="utf-8"))
    file = data / "snapshots" / current["snapshot"] / current["roles"]["owner"]["file"]
    found = [
        Contestant(
            "empty SDK server",
            StdioServerParameters(command=sys.executable, args=[str(HERE / "empty_server.py")]),
            "ping",
            {},
        ),
        Contestant(
            "analyst",
            StdioServerParameters(
                command=_program(Path(sys.prefix), "analyst"),
                args=["serve"],
                env={**os.environ, "ANALYST_DATA": str(data.resolve()), "ANALYST_AUDIT": str(PEER / "audit")},
            ),
            "query",
            {"sql": SQL},
        ),
    ]
    program = _program(PEER, "mcp-server-motherduck")
    if not Path(program).exists():
        venv.create(PEER, with_pip=True)
        subprocess.run([_program(PEER, "pip"), "install", "-q", "mcp-server-motherduck"], check=False)
    if Path(program).exists():
        server = StdioServerParameters(command=program, args=["--db-path", str(_peer_data(file))])
        found.append(Contestant("mcp-server-motherduck", server, "execute_query", {"sql": SQL}))
    else:
        print("mcp-server-motherduck could not be installed; it is left out")
    return found


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
    """Print medians, the 95th percentile and ratios to the first."""
    print(f"\n{title} ({unit}, {len(next(iter(measured.values())))} runs each, interleaved)")
    first = None
    for name, values in measured.items():
        ordered = sorted(values)
        median = ordered[len(ordered) // 2]
        first = first or median
        print(
            f"  {name:24} median {median:8.2f}   p95 {ordered[int(len(ordered) * 0.95)]:8.2f}   {median / first:5.2f}× the empty server"
        )
