"""What a caller may name: the relations, macros and columns of one published serving file, read from serve-<role>.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal["table", "macro", "scalar"]
EXAMPLE_COLUMNS = 6


def first_sentence(text: str, limit: int = 70) -> str:
    """The start of a summary, for lists."""
    sentence = re.split(r"(?<=[^.])[.:;](?:\s|$)", text, maxsplit=1)[0]
    return sentence if len(sentence) <= limit else sentence[:limit].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class Column:
    """A published column. untrusted: its text comes from outside and may say anything. latest: the last day in a column of days."""

    name: str
    type: str
    description: str
    untrusted: bool
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a macro, with its SQL type (empty when the macro takes any)."""

    name: str
    type: str

    def example(self, as_of: str, kind: Kind) -> str:
        """A value for it, of a macro of that kind."""
        named = {"period_from": f"DATE '{as_of[:4]}-01-01'", "window_days": "90", "horizon": "30"}
        named |= {"compare": "'previous'", "of_side": "'ar'"}
        typed = {"date": f"DATE '{as_of}'", "integer": "1", "bigint": "1", "int": "1"}
        return named.get(self.name) or typed.get(self.type.lower(), "NULL" if kind == "macro" else "…")


@dataclass(frozen=True, slots=True)
class Relation:
    """A published table, table macro or scalar macro, as its header tells it.

    inside: what a macro's body names; None when the snapshot does not say. listed: whether lists of what there is name it; what other
    relations are made of is published and not listed.
    """

    name: str
    kind: Kind
    args: tuple[Argument, ...]
    folder: str
    summary: str
    grain: str
    source: str
    units: str
    label: Mapping[str, str]
    synonyms: tuple[str, ...]
    rows: int | None
    columns: tuple[Column, ...]
    inside: frozenset[str] | None = None
    listed: bool = True

    @property
    def trusted(self) -> tuple[str, ...]:
        """Column names in order, without the untrusted ones."""
        return tuple(c.name for c in self.columns if not c.untrusted)

    def call(self, as_of: str) -> str:
        """How to name it in FROM (or in SELECT, for a scalar macro), with an example value for each argument."""
        if self.kind == "table":
            return self.name
        return f"{self.name}({', '.join(a.example(as_of, self.kind) for a in self.args)})"

    def example(self, as_of: str) -> str:
        """A statement over it that runs."""
        if self.kind == "scalar":
            return f"SELECT {self.name}('ТОО «Пример»') AS value"
        names = ", ".join(self.trusted[:EXAMPLE_COLUMNS]) or "*"
        return f"SELECT {names} FROM {self.call(as_of)} LIMIT 20"


@lru_cache(maxsize=1024)
def _close(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Who tries a wrong name tries it again, and a comparison with every function there is costs milliseconds."""
    return tuple(get_close_matches(word, names, n=5, cutoff=0.5))


@dataclass(frozen=True)
class Catalog:
    """The relations by name (lower case)."""

    relations: Mapping[str, Relation] = field(default_factory=dict)

    @cached_property
    def tables(self) -> frozenset[str]:
        """Names that may follow FROM as they are."""
        return frozenset(name for name, r in self.relations.items() if r.kind == "table")

    @cached_property
    def macros(self) -> Mapping[str, int]:
        """Names that may follow FROM with arguments, and how many they take."""
        return {name: len(r.args) for name, r in self.relations.items() if r.kind == "macro"}

    @cached_property
    def scalars(self) -> frozenset[str]:
        """Functions of ours."""
        return frozenset(name for name, r in self.relations.items() if r.kind == "scalar")

    @cached_property
    def columns(self) -> frozenset[str]:
        """Every published column name."""
        return frozenset(c.name for r in self.relations.values() for c in r.columns)

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """What each relation is called: its name, labels and synonyms."""
        return {
            name: frozenset((name, *(word.strip().casefold() for word in (*r.label.values(), *r.synonyms))))
            for name, r in self.relations.items()
        }

    def near(self, name: str, among: Iterable[str] | None = None) -> list[str]:
        """Real names close to `name`, nearest first; relations unless told otherwise."""
        return list(_close(name.lower(), tuple(among if among is not None else self.relations)))

    def called(self, word: str) -> list[str]:
        """Relations that a word is a label or a synonym of, in the plural too."""
        known = word.casefold().replace("_", " ")
        forms = {known, known.removesuffix("s"), known.removesuffix("es"), re.sub(r"ies$", "y", known)}
        return [name for name, names in self.words.items() if not forms.isdisjoint(names)][:5]

    def example(self, near: Iterable[str], as_of: str) -> str:
        """A statement that runs: over the first of these relations that needs no more than a date, or over any."""
        for relation in [*(self.relations[name] for name in near), *self.relations.values()]:
            if relation.kind != "scalar" and all(a.type.lower() == "date" for a in relation.args):
                return relation.example(as_of)
        return "SELECT 1"

    def reach(self, names: Iterable[str]) -> frozenset[str]:
        """The relations named and all they are made of, by their headers' sources."""
        found: set[str] = set()
        todo = [n.lower() for n in names]
        while todo:
            name = todo.pop()
            if name not in found and name in self.relations:
                found.add(name)
                todo += [part.strip().lower() for part in self.relations[name].source.split(",")]
        return frozenset(found)

    def inside(self, macro: str) -> frozenset[str] | None:
        """Every name inside a macro's body and inside the macros that it calls; None when the snapshot does not say."""
        found: set[str] = set()
        todo, seen = [macro], set[str]()
        while todo:
            name = todo.pop()
            if name in seen or self.relations[name].kind != "macro":
                continue
            seen.add(name)
            names = self.relations[name].inside
            if names is None:
                return None
            found |= names
            todo += [n for n in names if n in self.macros]
        return frozenset(found)

    def untrusted(self, names: Iterable[str]) -> frozenset[str]:
        """Untrusted column names of these relations and of what they are made of."""
        return frozenset(c.name for n in self.reach(names) for c in self.relations[n].columns if c.untrusted)


def _relation(entry: Mapping[str, Any]) -> Relation:
    synonyms = entry.get("synonyms") or ()
    return Relation(
        name=entry["name"],
        kind=entry["kind"],
        args=tuple(Argument(a["name"], a.get("type") or "") for a in entry.get("args") or ()),
        folder=entry.get("folder") or "",
        summary=entry.get("summary") or "",
        grain=entry.get("grain") or "",
        source=entry.get("source") or "",
        units=entry.get("units") or "",
        label=entry.get("label") or {},
        synonyms=tuple(synonyms.split(",") if isinstance(synonyms, str) else synonyms),
        rows=entry.get("rows"),
        columns=tuple(
            Column(
                c["name"],
                c.get("type") or "",
                c.get("description") or "",
                bool(c.get("untrusted")),
                c.get("latest") or "",
            )
            for c in entry.get("columns") or ()
        ),
        inside=frozenset(entry["inside"]) if "inside" in entry else None,
        listed=bool(entry.get("listed", True)),
    )


def read(path: Path) -> Catalog:
    """The catalog beside a serving file. Raises OSError or ValueError when it is not there or not whole."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return Catalog({entry["name"].lower(): _relation(entry) for entry in document["relations"]})
