"""Certified numbers: a metric is a named, versioned SELECT with typed parameters, read from sql/metrics/."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

import sql
from analyst import result, value
from analyst.errors import BadArgument, MirrorMissing, NotKnown
from analyst.snapshot import Snapshot

_PARAMETER = re.compile(
    r"(?P<name>[a-z_]\w*)\s+(?P<type>[a-z]+)(?:\((?P<choices>[^()]+)\))?(?P<optional>\?)?\s*(?:=\s*(?P<default>.+))?"
)
_PERIODS = frozenset({"period", "quarter"})
_RESOLVED = frozenset({"counterparty", "item", "unit", "place", "org"})
_RANGE = re.compile(r"(\d{1,9})\.\.(\d{1,9})")
TYPES = frozenset({"date", "text", "int", "money", "quantity", "choice"}) | _RESOLVED | _PERIODS

Bound = dict[str, tuple[str, str] | None]
# kind of name, its text, the snapshot, what is bound before it → what it means there
Resolve = Callable[[str, str, Snapshot, Bound], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a metric: its type, and what it is when nobody gives it (None with optional: nothing). choices: all that a choice may be.

    least, most: of an int, both inside.
    """

    name: str
    type: str
    optional: bool
    default: str | None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 999_999_999

    def told(self) -> str:
        """As a caller reads it."""
        tail = f"={self.default}" if self.default else "?" if self.optional else ""
        return f"{self.name} {'|'.join(self.choices) or self.type}{tail}"

    def wanted(self) -> str:
        """What its value must be, in words."""
        if self.type == "int":
            return f"a whole number of {self.least} to {self.most}"
        return {"date": "a day as 2026-01-31", "money": "a number", "quantity": "a number above zero"}.get(
            self.type, f"a {self.type}"
        )


@dataclass(frozen=True, slots=True)
class Metric:
    """A certified definition.

    needs: the sources whose data it rests on, or an optional part of one (onec.supply); needs_of: those that one argument, or one value of it, adds. own: the company's own, from
    its extension folder. documents: why none are listed behind it, where that is so. grain: what one row is. tests: that hold its numbers.
    owner: the role that answers for the definition; changed_on: day of its version, ISO.
    """

    id: str
    version: str
    titles: Mapping[str, str]
    synonyms: tuple[str, ...]
    unit: str
    basis: str
    formula: str
    shape: str
    grain: str
    summary: str
    needs: tuple[str, ...]
    needs_of: Mapping[str, tuple[str, ...]]
    parameters: tuple[Parameter, ...]
    columns: tuple[sql.Column, ...]
    body: str
    own: bool = False
    documents: str = ""
    tests: tuple[str, ...] = ()
    owner: str = ""
    changed_on: str = ""

    @property
    def label(self) -> str:
        """Its id and version, as answers carry them."""
        return f"{self.id} v{self.version}" + (" (own definition)" if self.own else "")

    @property
    def dated(self) -> bool:
        """Whether it takes the day that it speaks of."""
        return "$as_of" in self.body or any(p.name == "as_of" for p in self.parameters)

    def example(self, **other: str) -> str:
        """A call that has the right form. other: arguments to show as they are given here."""
        given = {
            p.name: p.choices[0] if p.choices else value.SAMPLES[p.type]
            for p in self.parameters
            if not p.optional and p.default is None and p.name != "as_of"
        } | other
        return self.call(given)

    def call(self, arguments: Mapping[str, Any]) -> str:
        """The call of it with these arguments."""
        return f"metric {result.dumps({'name': self.id, 'arguments': dict(arguments)})}"


def defined(definition: sql.Definition, *, own: bool = False) -> Metric:
    """A metric from its file. Raises sql.HeaderError."""
    facts = definition.facts
    found = []
    for part in filter(None, (piece.strip() for piece in facts.get("params", "").split(","))):
        form = _PARAMETER.fullmatch(part)
        limits = _RANGE.fullmatch(form["choices"] or "") if form is not None and form["type"] == "int" else None
        if (
            form is None
            or form["type"] not in TYPES
            or (form["type"] == "choice" or bool(limits)) != bool(form["choices"])
        ):
            raise sql.HeaderError(f"metrics/{definition.name}.sql: params: {part!r} is not `name type[?][=default]`")
        choices = tuple(form["choices"].split("|")) if form["choices"] and not limits else ()
        if choices and form["default"] not in (None, *choices):
            raise sql.HeaderError(f"metrics/{definition.name}.sql: params: {part!r} defaults to none of its choices")
        # The day of the snapshot stands in for as_of, so nobody has to give it.
        found.append(
            Parameter(
                form["name"],
                form["type"],
                bool(form["optional"]) or form["name"] == "as_of",
                form["default"],
                choices,
                *(map(int, limits.groups()) if limits else ()),
            )
        )
    titles = {key.removeprefix("title."): value for key, value in facts.items() if key.startswith("title.")}
    return Metric(
        id=facts.get("id", definition.name),
        version=facts.get("version", "1"),
        titles=titles,
        synonyms=_words(facts.get("synonyms", "")),
        unit=facts.get("unit", ""),
        basis=facts.get("basis", ""),
        formula=facts.get("formula", ""),
        shape=facts.get("shape", "table"),
        grain=facts.get("grain", ""),
        summary=definition.summary,
        needs=_words(facts.get("needs", "")),
        needs_of={
            key.removeprefix("needs."): _words(value) for key, value in facts.items() if key.startswith("needs.")
        },
        parameters=tuple(found),
        columns=definition.columns,
        body=definition.body,
        own=own,
        documents=facts.get("documents", ""),
        tests=_words(facts.get("tests", "")),
        owner=facts.get("owner", ""),
        changed_on=_day(definition.name, facts.get("changed_on", "")),
    )


def _day(name: str, text: str) -> str:
    """A day as it is written, or nothing."""
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError as wrong:
        raise sql.HeaderError(f"metrics/{name}.sql: changed_on: {text!r} is not a day as 2026-01-31") from wrong


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in text.split(","))))


def read(root: Traversable | None = None) -> dict[str, Metric]:
    """Every metric by id. root: another place with the layout of sql/. Raises sql.HeaderError."""
    return {metric.id: metric for metric in map(defined, sql.read("metrics", root))}


def _chosen(metric: Metric, parameter: Parameter, text: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (only a miss needs it)

    word = text.strip().lower()
    if word in parameter.choices:
        return word
    near = get_close_matches(word, parameter.choices, n=1, cutoff=0.5) or [parameter.default or parameter.choices[0]]
    raise BadArgument(
        f"{parameter.name} is one of {', '.join(parameter.choices)}, not {text[:40]!r}",
        near=[*near, *(choice for choice in parameter.choices if choice not in near)],
        fix=metric.example(**{parameter.name: near[0]}),
    )


def _need(metric: Metric, arguments: Mapping[str, Any], snapshot: Snapshot) -> None:
    held = {source.name.partition(":")[0] for source in snapshot.sources if source.rows}
    held |= {f"{source.name.partition(':')[0]}.{part}" for source in snapshot.sources for part in source.parts}
    asked = [
        key
        for name, value in arguments.items()
        if value not in (None, "")
        for key in (name, f"{name}.{str(value).strip().lower()}")
    ]
    needed = (*metric.needs, *(name for key in asked for name in metric.needs_of.get(key, ())))
    if absent := [name for name in needed if name not in held]:
        why = f"{metric.id} rests on {' and '.join(absent)}, of which nothing is in the mirror"
        if "onec.supply" in absent and "onec" in held:
            why = f"{metric.id} rests on orders and reservations, and this 1C base does not publish them: what is free is not known"
        if "esf" in absent and "onec" in held:
            why = f"{metric.id} rests on electronic invoices, and no export of the ЭСФ portal was ever read: put its .xml files in the inbox of the mirror"
        raise MirrorMissing(why, fix='describe {"name":"freshness"}')


def _refuse_unknown(metric: Metric, arguments: Mapping[str, Any], snapshot: Snapshot) -> None:
    known = [p.name for p in metric.parameters]
    unknown = set(arguments) - set(known)
    # Every metric knows the snapshot's day; another day it must take, or its number would be told as of a day that it is not of.
    if metric.dated or arguments.get("as_of") in (None, "", snapshot.as_of.isoformat()):
        unknown -= {"as_of"}
    if unknown:
        wanted = ", ".join(p.told() for p in metric.parameters) or "no arguments"
        why = f"{metric.id} takes {wanted}, not {', '.join(sorted(unknown))[:60]}"
        raise BadArgument(why, near=known, fix=value.kept(metric, arguments, unknown))


async def bind(metric: Metric, arguments: Mapping[str, Any], snapshot: Snapshot, resolve: Resolve) -> Bound:
    """Typed values for the metric's parameters, as a worker takes them: name → [type, text] or None.

    resolve: turns the name, number or id of a counterparty or an item, a unit or a place, into what the mirror calls it.
    Raises:  BadArgument, NotKnown or Ambiguous naming the parameter; MirrorMissing when a source that the metric rests on
        has never been read: a sum over nothing would be a zero that looks like an answer.
    """
    _need(metric, arguments, snapshot)
    _refuse_unknown(metric, arguments, snapshot)
    known = {p.name: p for p in metric.parameters}
    known.setdefault("as_of", Parameter("as_of", "date", optional=True, default=None))
    bound: Bound = {}
    for parameter in known.values():
        given = arguments.get(parameter.name)
        if given in (None, ""):
            given = parameter.default if parameter.default not in (None, "as_of") else None
        if given is None and parameter.name == "as_of":
            given = snapshot.as_of.isoformat()
        names = ("period_from", "period_to") if parameter.type in _PERIODS else (parameter.name,)
        if given is None:
            if not parameter.optional and parameter.default is None:
                raise BadArgument(f"{metric.id} needs {parameter.told()}", fix=metric.example())
            bound |= dict.fromkeys(names)
        elif parameter.type in _PERIODS:
            period = value.period(metric, parameter, value.text(metric, parameter, given), snapshot, arguments)
            bound["period_from"] = ("date", period.first.isoformat())
            bound["period_to"] = ("date", period.last.isoformat())
        elif parameter.type in _RESOLVED:
            meant = resolve(parameter.type, value.text(metric, parameter, given), snapshot, bound)
            bound[parameter.name] = ("text", await value.whole_call(meant, metric, arguments))
        elif parameter.choices:
            bound[parameter.name] = ("text", _chosen(metric, parameter, str(given)))
        else:
            bound[parameter.name] = value.typed(metric, parameter, given, arguments)
    return bound


def pick(metrics: Mapping[str, Metric], name: str) -> Metric:
    """The metric of this id. Raises NotKnown with the near ones."""
    if (metric := metrics.get(name.strip().lower())) is None:
        from difflib import get_close_matches  # noqa: PLC0415 (only a miss needs it)

        near = get_close_matches(name.lower(), metrics, n=5, cutoff=0.4) or list(metrics)[:5]
        raise NotKnown(
            f"there is no metric {name[:60]!r}", near=near, fix=f'find {{"text":"{name[:40]}","kind":"metric"}}'
        )
    return metric
