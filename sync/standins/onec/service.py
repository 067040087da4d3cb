"""The interface itself: an address and its options in, an answer out. No sockets, no passwords."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sync.standins.company.model import Company
from sync.standins.onec import query, wire
from sync.standins.onec.books import Books
from sync.standins.onec.catalogs import catalogs
from sync.standins.onec.classifiers import classifiers
from sync.standins.onec.condition import condition, resolver
from sync.standins.onec.documents import documents
from sync.standins.onec.extras import extras
from sync.standins.onec.field import EntitySet, Field, Function
from sync.standins.onec.grammar import parse
from sync.standins.onec.metadata import edmx
from sync.standins.onec.query import Options, Segment
from sync.standins.onec.refusal import (
    RefusalError,
    bad_option,
    bad_path,
    bad_value,
    instance_not_found,
    key_part_missing,
    no_access,
    set_not_found,
    unknown_option,
)
from sync.standins.onec.registers import registers
from sync.standins.onec.selection import TURNS, filtered, ordered, page, selected
from sync.standins.onec.supply import supply
from sync.standins.onec.tax_invoices import tax_invoices

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. rows: how many rows the page holds, for servers that run out of disk."""

    status: int
    content_type: str
    body: bytes
    rows: int = 0


class Service:
    """The published sets of one state of a company.

    unpublished, hidden and lacking belong to the server: names of sets, references of records under row level security, and names
    of properties that this release has nowhere.
    """

    def __init__(
        self, company: Company, root: str, unpublished: set[str], hidden: set[str], lacking: set[str], *,
        previous: Service | None = None,
    ) -> None:  # fmt: skip
        self.root = root
        self.unpublished = unpublished
        self.hidden = hidden
        self.lacking = lacking
        self.books: Books = Books(company, previous.books if previous else None)
        self.sets: dict[str, EntitySet] = {}
        parts = [*catalogs(self.books), *extras(self.books), *classifiers(self.books), *documents(self.books)]
        parts.append(tax_invoices(self.books))
        for entity in (*parts, *registers(self.books, self.sets), *supply(self.books, self.sets)):
            self.sets[entity.name] = entity

    def answer(self, path: str, text: str, accept: str) -> Answer:
        """Answer a GET. path: after the service root, percent-encoded; text: the query, percent-encoded."""
        try:
            return self._route(query.segments(path), text, accept)
        except RefusalError as refusal:
            if query.format_of(text, accept):
                return Answer(refusal.status, "application/json;charset=utf-8", refusal.body())
            return Answer(refusal.status, "application/xml;charset=utf-8", wire.error_xml(refusal))

    def published(self) -> dict[str, EntitySet]:
        """Return the sets that a client can see. A section goes with its document."""
        gone = self.unpublished
        return {
            name: entity.without(self.lacking) if self.lacking else entity
            for name, entity in self.sets.items()
            if name not in gone and not any(name.startswith(g + "_") for g in gone)
        }

    def _route(self, steps: list[Segment], text: str, accept: str) -> Answer:
        if not steps:
            return self._root(query.options(text, accept))
        first, rest = steps[0], steps[1:]
        if first.name == "$metadata":
            return Answer(200, "application/xml;charset=utf-8", edmx(self.published().values()))
        entity = self.published().get(first.name)
        if entity is None:
            raise set_not_found(first.name)
        if first.arguments is not None:
            return self._single(entity, steps, query.options(text, accept))
        if not rest:
            return self._collection(entity, query.options(text, accept))
        if rest[0].name == "$count":
            rows = filtered(entity, query.options(text, accept), self.sets, self.hidden)
            return Answer(200, "text/plain;charset=utf-8", f"\ufeff{len(rows)}".encode())
        function = next((f for f in entity.functions if f.name == rest[0].name), None)
        if function is None or len(rest) > 1:
            raise bad_path(rest[-1].name)
        asked = query.options(text, accept, tuple(name for name, _ in function.params))
        return self._virtual(entity, function, {**(rest[0].arguments or {}), **dict(asked.params)}, asked)

    def _root(self, asked: Options) -> Answer:
        names = sorted(self.published())
        if asked.format:
            return Answer(200, wire.JSON, wire.service_document(self.root, names))
        return Answer(200, "application/atomsvc+xml;charset=utf-8", wire.service_atom(self.root, names))

    def _single(self, entity: EntitySet, steps: list[Segment], asked: Options) -> Answer:
        if asked.expand:  # $expand works on collections only
            raise bad_option("$expand", ",".join(asked.expand))
        record = self._one(entity, steps[0].arguments or {})
        for step in steps[1:]:
            entity, record = self._follow(entity, record, step)
        fields, sections = selected(entity, asked.select)
        row = wire.render(fields, sections, record)
        if not asked.format:
            return Answer(200, wire.ATOM, wire.feed(self.root, entity.name, [(entity.name, row)]), 1)
        if not asked.select and asked.format == "json":
            wire.add_links(entity, [row])
        body = wire.element(self.root, entity.name, row, metadata=asked.format == "json", turn=next(TURNS))
        return Answer(200, wire.kind(asked.format), body, 1)

    def _one(self, entity: EntitySet, key: dict[str, str]) -> Any:
        """Return the record of a key: a GUID alone, or every part by name."""
        alone = next((key[name] for name in ("", "Ref_Key", "Recorder", "Recorder_Key") if name in key), None)
        if entity.find is not None and alone is not None:
            record = entity.find(alone)
            if record is None:
                raise instance_not_found()
            if record.ref in self.hidden:
                raise no_access()
            return record
        missing = next((name for name in entity.keys if name not in key), None)
        if missing:
            raise key_part_missing(missing)
        parts = [(field.get, key[field.name]) for field in entity.fields if field.name in key]
        record = next((r for r in entity.rows() if all(get(r) == value for get, value in parts)), None)
        if record is None:
            raise instance_not_found()
        return record

    def _follow(self, entity: EntitySet, record: Any, step: Segment) -> tuple[EntitySet, Any]:
        """Return the set and the record that a navigation link leads to."""
        link = next((f for f in entity.fields if f.link and f.link == step.name), None)
        if link is None:
            raise bad_path(step.name)
        target = link.to
        if link.composite:
            kind = next(f for f in entity.fields if f.name == link.name + "_Type")
            target = kind.get(record).removeprefix("StandardODATA.")
        there = self.published().get(target)
        found = there.find(link.get(record)) if there and there.find else None
        if there is None or found is None:
            raise instance_not_found()
        return there, found

    def _collection(self, entity: EntitySet, asked: Options) -> Answer:
        fields, sections = selected(entity, asked.select)
        rows = filtered(entity, asked, self.sets, self.hidden)
        records = page(ordered(entity, rows, asked, self.sets, self.books), asked)
        made = [wire.render(fields, sections, record) for record in records]
        self._expand(entity, asked, records, made)
        if not asked.format:
            keys = [wire.key_of(entity, wire.render(entity.fields, (), record)) for record in records]
            body = wire.feed(self.root, entity.name, zip(keys, made, strict=True))
            return Answer(200, wire.ATOM, body, len(made))
        if asked.format == "json" and not asked.select:
            wire.add_links(entity, made)
        return self._json(entity.name, made, len(rows), asked)

    def _expand(self, entity: EntitySet, asked: Options, records: Sequence[Any], made: list[wire.Row]) -> None:
        """Put the objects of one-type references beside them; unknown names are silently nothing."""
        for name in asked.expand:
            link = next((f for f in entity.fields if f.to and f.link == name), None)
            target = self.published().get(link.to) if link else None
            if link is None or target is None or target.find is None:
                continue
            for record, row in zip(records, made, strict=True):
                found = target.find(link.get(record))
                if found is not None:
                    row[name] = wire.render(target.fields, target.sections, found)

    def _virtual(self, entity: EntitySet, function: Function, params: dict[str, str], asked: Options) -> Answer:
        _check_params(function, params)
        if asked.skip and not function.skippable:
            raise unknown_option("$skip")
        name = f"{entity.name}_{function.name}"
        selected(EntitySet(name, (), function.fields or entity.fields, list, str), asked.select)
        fields, rows = function.run(params, asked.select)
        shape = EntitySet(name, (), fields, lambda: rows, str)
        if asked.filter:
            test = condition(parse(asked.filter), resolver(fields, self.sets))
            rows = [r for r in rows if test(r)]
        # a table that cannot skip has no order either: $orderby is ignored and $top cuts anywhere
        order = asked if function.skippable else Options(top=asked.top)
        records = page(ordered(shape, rows, order, self.sets, self.books), asked)
        shown = _shown(fields, asked.select)
        made = [wire.render(shown, (), record) for record in records]
        if not asked.format:
            return Answer(200, wire.ATOM, wire.feed(self.root, name, [(name, row) for row in made]), len(made))
        return self._json(name, made, len(rows), asked)

    def _json(self, name: str, made: list[wire.Row], total: int, asked: Options) -> Answer:
        count = total if asked.count else None
        body = wire.collection(self.root, name, made, count, metadata=asked.format == "json")
        return Answer(200, wire.kind(asked.format), body, len(made))


def _check_params(function: Function, params: dict[str, str]) -> None:
    kinds = dict(function.params)
    for name, value in params.items():
        if name not in kinds:
            raise bad_path(f"{function.name}({name})")
        if (kinds[name] == "Edm.DateTime" and not DATE.fullmatch(value)) or (
            kinds[name] == "Edm.Int64" and not value.isdecimal()
        ):
            raise bad_value(name, value)


def _shown(fields: tuple[Field, ...], select: tuple[str, ...]) -> tuple[Field, ...]:
    """Return the columns of a virtual table that were asked for."""
    if not select or {"*", "**"} & set(select):
        return fields
    return tuple(f for f in fields if f.name in select)
