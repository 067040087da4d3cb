"""Which records of a set a request means, in which order, which page of them, and which of their fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from sync.standins.onec.books import Books
from sync.standins.onec.condition import candidates, condition, resolver
from sync.standins.onec.field import EXACT, EntitySet, Field, Section
from sync.standins.onec.grammar import parse
from sync.standins.onec.query import Options
from sync.standins.onec.refusal import bad_path, no_access

TURNS = count(1)  # what has no order comes in another one each time


def filtered(entity: EntitySet, asked: Options, sets: dict[str, EntitySet], hidden: set[str]) -> Sequence[Any]:
    """Return the records that pass $filter and that the user may see.

    Raises: RefusalError 401/20 when a record is hidden from the user and allowedOnly is not set.
    """
    rows: Sequence[Any] = entity.rows()
    if asked.filter:
        node = parse(asked.filter)
        test = condition(node, resolver(entity.fields, sets))
        near = candidates(entity, node)
        rows = [r for r in (rows if near is None else near) if test(r)]
    if hidden and entity.keys == ("Ref_Key",):
        seen = [r for r in rows if r.ref not in hidden]
        if len(seen) < len(rows) and not asked.allowed_only:
            raise no_access()
        rows = seen
    return rows


def ordered(
    entity: EntitySet, rows: Sequence[Any], asked: Options, sets: dict[str, EntitySet], books: Books
) -> Sequence[Any]:
    """Return the records in the order asked for; without one, every page comes from another order."""
    if not asked.order:
        if asked.count or (asked.skip == 0 and (asked.top is None or asked.top >= len(rows))):
            return rows
        shift = next(TURNS) * 7 % max(1, len(rows))
        return [*rows[shift:], *rows[:shift]]
    if asked.order == ((entity.moment, False),):
        return rows
    if asked.order == (("Ref_Key", False),) and rows is entity.rows():
        return books.made(f"order/{entity.name}", lambda: sorted(rows, key=entity.presentation))
    resolve = resolver(entity.fields, sets)
    for path, descending in reversed(asked.order):
        key = entity.presentation if path == "Ref_Key" else _sortable(resolve(path))
        rows = sorted(rows, key=key, reverse=descending)
    return rows


def page(rows: Sequence[Any], asked: Options) -> Sequence[Any]:
    """Return the page asked for. With $inlinecount the server pays no heed to $top and $skip."""
    if asked.count:
        return rows
    end = None if asked.top is None else asked.skip + asked.top
    return rows[asked.skip : end]


def selected(entity: EntitySet, select: tuple[str, ...]) -> tuple[tuple[Field, ...], tuple[Section, ...]]:
    """Return the fields and sections asked for: all by default and by `*`, all but sections by `**`."""
    if not select or "*" in select:
        return entity.fields, entity.sections
    names = {f.name: f for f in entity.fields}
    sections = {s.name: s for s in entity.sections}
    links = {f.link for f in entity.fields if f.link}
    for name in select:
        if name not in names and name not in sections and name not in links and name != "**":
            raise bad_path(name)
    fields = entity.fields if "**" in select else tuple(names[n] for n in select if n in names)
    return fields, tuple(sections[n] for n in select if n in sections)


def _sortable(field: Field) -> Callable[[Any], tuple[bool, Any]]:
    def key(record: Any) -> tuple[bool, Any]:
        value = field.get(record)
        if field.type in ("Edm.Int64", "Edm.Double") and value is not None:
            value = Decimal(str(value).removeprefix(EXACT))
        return value is not None, value if value is not None else 0

    return key
