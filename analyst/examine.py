"""A look into the serving file itself, past the guard: what is in it that the catalog does not list, and what should be in no file.

Started by `analyst selfcheck` as `python -m analyst.examine`, bounded and with the worker's own locked connection. One line of JSON on stdin,
one on stdout: sentences by promise id. They name relations and columns, never a value.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from analyst import catalog, worker
from analyst.catalog import Catalog

SECONDS = 600.0
VALUES = 2000  # of each column, when errors are searched for values
GUID = "(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
CREDENTIAL_NAME = "(?i)passw|parol|пароль|secret|token|api_?key|webhook|credential|private_key|authoriz"
CREDENTIAL_VALUE = (
    r"://[^/\s:@]+:[^/\s@]+@"  # an address with a password in it
    r"|/rest/\d+/[0-9A-Za-z]{8,}/"  # a webhook of the CRM
    r"|(?i:basic|bearer) +[0-9A-Za-z+/=_.-]{16,}"
    r"|eyJ[0-9A-Za-z_-]{10,}\.eyJ"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)
PLAIN_TYPE = re.compile(
    r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|DOUBLE|FLOAT|BOOLEAN|DATE|TIME.*|INTERVAL"
)  # cannot hold either
# Objects of the file that are not the engine's own: what it is, its schema, its name.
OBJECTS = """
SELECT 'schema' AS what, schema_name AS folder, '' AS name FROM duckdb_schemas()
 WHERE database_name = current_database() AND schema_name <> 'main' AND NOT internal
UNION ALL SELECT 'table', schema_name, table_name FROM duckdb_tables() WHERE NOT internal
UNION ALL SELECT 'view', schema_name, view_name FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT 'sequence', schema_name, sequence_name FROM duckdb_sequences()
UNION ALL SELECT 'index', schema_name, index_name FROM duckdb_indexes()
UNION ALL SELECT 'type', schema_name, type_name FROM duckdb_types() WHERE NOT internal AND database_name = current_database()
UNION ALL SELECT DISTINCT CASE function_type WHEN 'table_macro' THEN 'macro' WHEN 'macro' THEN 'scalar' ELSE function_type END, schema_name, function_name
  FROM duckdb_functions() WHERE NOT internal
ORDER BY ALL
"""
COLUMNS = """
SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL
"""


def _quoted(*names: str) -> str:
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def _rows(con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    return con.execute(sql, list(parameters) or None).fetchall()


def unlisted(con: duckdb.DuckDBPyConnection, listed: Catalog) -> Iterator[str]:
    """What the file holds and the catalog does not list, and the other way round."""
    found: set[str] = set()
    for what, folder, name in _rows(con, OBJECTS):
        relation = listed.relations.get(name.lower())
        if folder == "main" and relation is not None and relation.kind == what:
            found.add(relation.name.lower())
        else:
            yield f"the file holds the {what} {folder}{'.' if name else ''}{name}, which the catalog does not list"
    for name in sorted(listed.relations.keys() - found):
        yield f"the catalog lists {name}, which the file does not hold"
    for folder, table, column, _ in _rows(con, COLUMNS):
        relation = listed.relations.get(table.lower())
        if folder == "main" and relation is not None and column not in {c.name for c in relation.columns}:
            yield f"the column {table}.{column} is not in the catalog"


def columns(con: duckdb.DuckDBPyConnection, listed: Catalog) -> Iterator[tuple[str, str]]:
    """Columns that hold keys of a source or credentials, by promise."""
    for folder, table, column, kind in _rows(con, COLUMNS):
        place, name = _quoted(folder, table), f"{table}.{column}"
        relation = listed.relations.get(table.lower())
        outside = relation is not None and any(c.name == column and c.untrusted for c in relation.columns)
        if kind == "UUID":
            yield "file.no_source_keys", f"the column {name} is of the type UUID"
        if _rows(con, "SELECT regexp_matches(?, ?)", [column, CREDENTIAL_NAME]) == [(True,)]:
            yield "file.no_credentials", f"the column {name} is named like a credential"
        if not PLAIN_TYPE.fullmatch(kind):
            # What somebody wrote may contain any word; there only a cell that is a key as a whole counts.
            match = "regexp_full_match" if outside else "regexp_matches"
            keys, credentials = _rows(
                con,
                f"SELECT coalesce(bool_or({match}(v, ?)), false), coalesce(bool_or(regexp_matches(v, ?)), false) "
                f"FROM (SELECT {_quoted(column)}::VARCHAR AS v FROM {place})",
                [GUID, CREDENTIAL_VALUE],
            )[0]
            if keys:
                yield "file.no_source_keys", f"the column {name} holds keys of a source"
            if credentials:
                yield "file.no_credentials", f"the column {name} holds what has the form of a credential"


def told_values(con: duckdb.DuckDBPyConnection, asked: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Columns whose values stand in an error and not in the statement that met it. asked: statement and error."""
    if not asked:
        return
    for folder, table, column, kind in _rows(con, COLUMNS):
        if kind == "VARCHAR" or kind.startswith("DECIMAL"):
            found = _rows(
                con,
                f"SELECT count(*) FROM (SELECT DISTINCT {_quoted(column)}::VARCHAR AS v FROM {_quoted(folder, table)} "
                f"WHERE length(v) > 6 AND NOT regexp_full_match(v, '[A-Za-z_]+') LIMIT {VALUES}) "
                "JOIN (SELECT unnest(?::VARCHAR[]) AS sql, unnest(?::VARCHAR[]) AS error) ON contains(error, v) AND NOT contains(sql, v)",
                [[sql for sql, _ in asked], [error for _, error in asked]],
            )
            if found != [(0,)]:
                yield f"an error holds values of {table}.{column}"


def examine(order: Mapping[str, Any]) -> dict[str, list[str]]:
    """Sentences about what is wrong, by promise id; an empty list where nothing is."""
    con = worker.connect(order["file"], order["memory_mb"], order["threads"], SECONDS)
    listed = catalog.read(Path(order["catalog"]))
    found: dict[str, list[str]] = {
        "file.published_only": list(unlisted(con, listed)),
        "file.no_source_keys": [],
        "file.no_credentials": [],
        "file.no_freed_blocks": [],
        "errors.no_values": list(told_values(con, [(sql, error) for sql, error in order["errors"]])),
    }
    for promise, sentence in columns(con, listed):
        found[promise].append(sentence)
    if (freed := _rows(con, "SELECT free_blocks FROM pragma_database_size()")[0][0]) != 0:
        found["file.no_freed_blocks"].append(f"the file has {freed} freed blocks")
    return found


def main() -> None:
    """Answer the one line of stdin."""
    order = json.loads(sys.stdin.readline())
    try:
        answer = {"found": examine(order)}
    except (duckdb.Error, OSError, ValueError) as error:
        answer = {"failed": type(error).__name__}  # type: ignore[dict-item]
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
