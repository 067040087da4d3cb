"""What the mirror's own files must never hold: the credentials that it was read with."""

from __future__ import annotations

import inspect
from pathlib import Path

import duckdb
import pytest

from sync import snapshot
from sync.standins.bitrix import BitrixServer
from sync.standins.onec import PASSWORD, USER

WEBHOOK: str = inspect.signature(BitrixServer).parameters["secret"].default
TEXTS = "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal AND data_type NOT SIMILAR TO '(DECIMAL.*|DATE|BIGINT|INTEGER|BOOLEAN|TIMESTAMP.*)'"


@pytest.mark.promise("sync.secrets_not_in_mirror")
def test_no_file_of_the_data_folder_holds_a_credential(demo: Path) -> None:
    assert len(WEBHOOK) > 5
    for path in (p for p in demo.rglob("*") if p.is_file()):
        held = path.read_bytes()
        for secret in (PASSWORD, WEBHOOK, f"{USER}:{PASSWORD}"):
            assert secret.encode() not in held, path.name


@pytest.mark.promise("sync.secrets_not_in_mirror")
@pytest.mark.parametrize("name", ["mirror.duckdb", "serve-owner.duckdb"])
def test_no_cell_of_any_table_holds_a_credential(demo: Path, name: str) -> None:
    _, folder = snapshot.published(demo)
    with duckdb.connect(str(folder / name), read_only=True) as con:
        columns = con.execute(TEXTS).fetchall()
        assert len(columns) > 50
        for schema, table, column in columns:
            found = con.execute(
                f'SELECT count(*) FROM "{schema}"."{table}" WHERE contains("{column}"::VARCHAR, ?) OR contains("{column}"::VARCHAR, ?)',
                [PASSWORD, WEBHOOK],
            ).fetchone()
            assert found == (0,), f"{schema}.{table}.{column}"
