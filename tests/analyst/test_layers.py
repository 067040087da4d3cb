"""The connection alone, without the guard before it: it writes nothing, reads nothing else and keeps its settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analyst import worker


@pytest.fixture(scope="module")
def file(published: Path) -> Path:
    return next(published.glob("snapshots/*/serve-owner.duckdb"))


@pytest.fixture
def con(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with worker.connect(str(file), 256, 1, 5.0) as made:
        yield made


@pytest.mark.promise("worker.locked", "guard.only_select", "guard.relations")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO doc SELECT * FROM doc",
        "UPDATE doc SET number = 'x'",
        "DELETE FROM doc",
        "CREATE TABLE x AS SELECT 1",
        "DROP TABLE doc",
        "ALTER TABLE doc ADD COLUMN x INTEGER",
        "COMMENT ON TABLE doc IS 'x'",
        "COPY doc TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "SELECT * FROM read_text('{folder}/secret.txt')",
        "SELECT * FROM read_csv('{folder}/secret.txt')",
        "SELECT * FROM '{folder}/secret.txt'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_text('http://127.0.0.1:9/x')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE PERSISTENT SECRET s (TYPE http)",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '64GB'",
        "SET threads = 64",
        "SET temp_directory = '{folder}'",
        "SET max_execution_time = 0",
        "RESET memory_limit",
        "PRAGMA enable_profiling = 'json'",
    ],
)
def test_the_connection_alone_refuses(
    con: duckdb.DuckDBPyConnection, file: Path, tmp_path: Path, statement: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(duckdb.Error):
        con.execute(statement.replace("{folder}", tmp_path.as_posix())).fetchall()
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]
    assert file.read_bytes() == before
