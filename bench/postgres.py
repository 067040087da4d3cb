"""A PostgreSQL server of its own for the peers that have no DuckDB source: the same rows, a free port of this machine, gone with the process."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import duckdb

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")
USER = "bench"


def _programs() -> Path | None:
    """Where initdb and postgres are; None where there are none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    root = Path("/")
    return next((p for place in PLACES for p in sorted(root.glob(place[1:])) if (p / "initdb").exists()), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def address(file: Path) -> str | None:
    """The DSN of a server that holds the columns of doc which the small query reads; None where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        print("PostgreSQL is not installed; the peers over it are left out")
        return None
    owner = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    if owner:
        shutil.chown(folder, owner, pwd.getpwnam(owner).pw_gid)
    port, books = _free_port(), folder / "books"
    made = [str(programs / "initdb"), "-D", str(books), "-U", USER, "-A", "trust", "-E", "UTF8"]
    subprocess.run(made, check=True, user=owner, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = [str(programs / "postgres"), "-D", str(books), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, user=owner, cwd=folder, stdout=log, stderr=log)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.wait)
    atexit.register(server.terminate)
    dsn = f"postgres://{USER}@127.0.0.1:{port}/postgres?sslmode=disable"
    _fill(programs, dsn, file)
    return dsn


def _fill(programs: Path, dsn: str, file: Path) -> None:
    """The rows, once the server answers."""
    for _ in range(100):
        if subprocess.run([str(programs / "pg_isready"), "-q", "-d", dsn], check=False).returncode == 0:
            break
        time.sleep(0.1)
    with duckdb.connect(str(file), read_only=True) as con:
        rows = con.execute("SELECT type, coalesce(sum_kzt::VARCHAR, '\\N') FROM doc").fetchall()
    lines = "".join(f"{kind}\t{total}\n" for kind, total in rows)
    script = f"CREATE TABLE doc(type text, sum_kzt numeric(18,2));\nCOPY doc FROM stdin;\n{lines}\\.\nANALYZE doc;\n"
    psql = [str(programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", dsn]
    subprocess.run(psql, input=script, text=True, check=True)
