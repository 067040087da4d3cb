"""What things mean: one .sql file a relation, its header the catalog entry. Read by both the mirror and the server.

A header is the leading comment of a file: a summary, then `key: value` facts, then one line a column; a line indented deeper goes on.

    -- Unpaid receivables on a date, one row per sale or payment stage.
    --
    -- kind:   macro(as_of date)
    -- grain:  doc_id, stage
    -- source: doc, settlement
    --
    -- doc_id      the sale
    -- open_kzt    what is not yet paid, in tenge
    -- comment     words of the accountant [untrusted]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

UNTRUSTED = "[untrusted]"


class HeaderError(ValueError):
    """A .sql file whose header cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its header line describes it. untrusted: the text comes from outside and may say anything."""

    name: str
    description: str
    untrusted: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """A .sql file: name (the file's), folder, summary, facts by key (lower case), columns in order, and the SQL below the header."""

    name: str
    folder: str
    summary: str
    facts: Mapping[str, str]
    columns: tuple[Column, ...]
    body: str


# Characters that a reader cannot see or that turn text around.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\U000e0000-\U000e0fff]"
)
_DEEPER = "    "  # a line that goes on
_FACT = re.compile(r"^([a-z][a-z_.]*):\s*(.*)$")
_COLUMN = re.compile(r"^([a-z][a-z0-9_]*)\s+(\S.*)$")


def parse(name: str, folder: str, text: str) -> Definition:
    """Split one file into its definition. Raises HeaderError when a header line is neither a fact nor a column nor their continuation."""
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    summary: list[str] = []
    facts: dict[str, str] = {}
    columns: list[tuple[str, str]] = []
    for number, line in enumerate(lines[:end], start=1):
        content = line[2:].rstrip()
        word = content.strip()
        if not word:
            continue
        if not facts and not columns and not _FACT.match(word):
            summary.append(word)
        elif content.startswith(_DEEPER) and columns:
            columns[-1] = (columns[-1][0], f"{columns[-1][1]} {word}")
        elif content.startswith(_DEEPER) and facts:
            key = list(facts)[-1]
            facts[key] = f"{facts[key]} {word}".strip()
        elif fact := _FACT.match(word):
            facts[fact[1]] = fact[2]
        elif column := _COLUMN.match(word):
            columns.append((column[1], column[2]))
        else:
            raise HeaderError(
                f"{folder}/{name}.sql line {number}: neither a fact (`key: value`) nor a column (`name  text`): {word!r}"
            )
    return Definition(
        name=name,
        folder=folder,
        summary=" ".join(summary),
        facts=facts,
        columns=tuple(Column(n, d.replace(UNTRUSTED, "").strip(), UNTRUSTED in d) for n, d in columns),
        body="\n".join(lines[end:]).strip().rstrip(";"),
    )


def read(folder: str, root: Traversable | None = None) -> tuple[Definition, ...]:
    """Every definition of one folder (`core`, `mart`, `metrics`, …) by name. root: another place with the same layout."""
    place = (root or files(__name__)).joinpath(folder)
    found = sorted((f for f in place.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(parse(f.name.removesuffix(".sql"), folder, f.read_text(encoding="utf-8")) for f in found)


def names(folder: str) -> frozenset[str]:
    """The names of one folder's definitions, without reading them."""
    return frozenset(
        f.name.removesuffix(".sql") for f in files(__name__).joinpath(folder).iterdir() if f.name.endswith(".sql")
    )


def unseen(text: str) -> str:
    """The first character that a reader of a definition would not see, by its code point; empty when there is none."""
    found = _HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
