"""What is named inside a macro's body. The engine puts the body in the place of the call, so these names can take a caller's for their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from sync.models import Model


def _names(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _names(item)
    elif isinstance(part, dict):
        if part.get("type") == "BASE_TABLE":
            yield part["table_name"]
        elif part.get("type") == "TABLE_FUNCTION":
            yield part["function"]["function_name"]
        elif "query_node" in part.get("value", ()):  # a CTE
            yield part["key"]
        if "class" not in part and isinstance(part.get("alias"), str):  # of a relation, not of a column
            yield part["alias"]
        for value in part.values():
            yield from _names(value)


def names(con: duckdb.DuckDBPyConnection, model: Model) -> list[str]:
    """Relations, CTEs and aliases that the body of a macro names, lower case, sorted; none for anything else."""
    if model.kind != "macro":
        return []
    (text,) = con.execute("select json_serialize_sql(?::varchar)", [model.definition.body]).fetchone() or ("{}",)
    return sorted({name.lower() for name in _names(json.loads(text)["statements"]) if name})
