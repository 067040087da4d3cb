"""What an engine's error may say to a caller: its kind and real names, never a value, a path or a suggestion from the engine's own catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from analyst.catalog import Catalog, Relation
from analyst.errors import AnalystError, OutOfBudget, QueryFailed

if TYPE_CHECKING:
    import duckdb

_COLUMN = re.compile(
    r'(?:column|alias)(?: named)? "?([\w.]{1,60})"? (?:not found|does not exist|must appear)|does not have a column named "(\w{1,60})"'
)
_TYPES = re.compile(r"argument types '([^'\n]{1,80})'")
_MACRO = re.compile(r"Macro (\w{1,60})\(\) does not support")
_TOKEN = re.compile(r'at or near "(.{1,40}?)"', re.DOTALL)

# Errors met while rows are read: their text can hold a value of a cell, so none of it is passed on.
_AT_RUN_TIME = {
    "ConversionException": (
        "a value does not convert to the type asked for",
        "use TRY_CAST(x AS type), which gives NULL instead",
    ),
    "OutOfRangeException": ("a number left the range of its type", "cast to DECIMAL(38,2) or DOUBLE first"),
    "InvalidInputException": ("an argument has a value that its function does not take", "use TRY(…) around the call"),
    "InvalidTypeException": ("two types do not fit together", "cast one side"),
    "TypeMismatchException": ("two types do not fit together", "cast one side"),
}

_KINDS = {
    "ParserException": "not valid SQL",
    "BinderException": "the names or types do not fit",
    "CatalogException": "a name is not known",
}


def told(error: duckdb.Error, catalog: Catalog, relations: Iterable[str], as_of: str) -> AnalystError:
    """The caller's version of an engine error."""
    kind = type(error).__name__
    if kind == "OutOfMemoryException":
        return OutOfBudget(
            "it needs more memory than one statement may use",
            fix="filter or aggregate earlier, fewer rows in ORDER BY and joins",
        )
    if kind == "InterruptException" or "max_execution_time" in str(error):
        return OutOfBudget("it runs longer than one statement may", fix="narrow the dates or aggregate first")
    if kind in _AT_RUN_TIME:
        why, fix = _AT_RUN_TIME[kind]
        return QueryFailed(why, fix=fix)
    return _before_rows(
        kind,
        str(error).split("\nLINE ", 1)[0],
        catalog,
        [catalog.relations[n] for n in relations if n in catalog.relations],
        as_of,
    )


def _before_rows(kind: str, text: str, catalog: Catalog, named: list[Relation], as_of: str) -> QueryFailed:
    """An error of names or types, met before any row was read: its names are the caller's own."""
    example = named[0].example(as_of) if named else ""
    near: list[str] = []
    why = _KINDS.get(kind, "the engine could not run it")
    if column := _COLUMN.search(text):
        name = next(group for group in column.groups() if group)
        if "must appear in the GROUP BY" in text:
            why, example = f"column {name} must be in GROUP BY or inside an aggregate", "use GROUP BY ALL"
        else:
            visible = {c.name for r in named for c in r.columns} or catalog.columns
            why, near = f"there is no column {name}", catalog.near(name.split(".")[-1], visible)
    elif (macro := _MACRO.search(text)) and macro[1] in catalog.relations:
        relation = catalog.relations[macro[1]]
        wanted = ", ".join(f"{a.name} {a.type}".strip() for a in relation.args)
        why, example = (
            f"{relation.name} takes ({wanted}); DATE minus INTERVAL is a TIMESTAMP: cast it with ::DATE",
            relation.example(as_of),
        )
    elif types := _TYPES.search(text):
        why, example = f"no function fits {types[1]}", "cast the arguments"
    elif token := _TOKEN.search(text):
        why = f"not valid SQL near {token[1]!r}"
    return QueryFailed(why, near=near, fix=example)
