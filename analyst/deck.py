"""The card of whatever has a name: a relation, a metric, a prompt, a topic, or the catalog of them all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from analyst import cards, compact, record, subjects
from analyst.catalog import Relation
from analyst.errors import NotKnown
from analyst.metrics import Metric
from analyst.pool import Reply
from analyst.snapshot import Snapshot
from analyst.template import Template

SAMPLES = 3

# Runs a statement on a snapshot and gives so many rows of it.
Show = Callable[[Snapshot, str, int], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards over what is installed. faults: why parts of the company's own are left out."""

    metrics: Mapping[str, Metric]
    templates: Mapping[str, Template]
    faults: tuple[str, ...]
    show: Show

    async def short(self, snapshot: Snapshot, name: str) -> dict[str, Any]:
        """What a caller needs before asking, within a card's tokens; the catalog where nothing is named. Raises NotKnown."""
        if name in ("", "catalog"):
            return cards.catalog(snapshot, self.metrics, self.templates)
        if name == "freshness" and "freshness" not in snapshot.catalog.relations:
            return cards.freshness(snapshot, self.faults)
        if name in snapshot.catalog.relations:
            relation = snapshot.catalog.relations[name]
            _, rows = await self._sample(snapshot, relation, untrusted=False)
            card = compact.relation(snapshot, relation, rows, self.metrics.get(name))
            return card | (cards.left_out(snapshot, self.faults) if name == "freshness" else {})
        if name in self.metrics:
            # A prompt and the metric it is about may have one name: one card tells of both.
            prompt = {"prompt": name} if name in self.templates else {}
            return compact.metric(snapshot, self.metrics[name]) | prompt
        if name in self.templates:
            return {"as_of": snapshot.as_of.isoformat()} | self.templates[name].card()
        if (topic := subjects.known(name)) is not None:
            return cards.topic(snapshot, self.metrics, topic)
        raise self._not_known(snapshot, name)

    async def whole(self, snapshot: Snapshot, name: str, *, untrusted: bool) -> dict[str, Any]:
        """Everything that is known of it, with sample rows. untrusted: their text from outside too. Raises NotKnown."""
        if name in ("", "catalog"):
            return cards.whole_catalog(snapshot, self.metrics, self.templates)
        if name in self.templates and name not in snapshot.catalog.relations:
            metric = {"definition": record.of(self.metrics[name])} if name in self.metrics else {}
            return {"as_of": snapshot.as_of.isoformat()} | self.templates[name].card() | metric
        if name in self.metrics and name not in snapshot.catalog.relations:
            return {"as_of": snapshot.as_of.isoformat()} | record.of(self.metrics[name])
        if name not in snapshot.catalog.relations:
            return await self.short(snapshot, name)
        relation = snapshot.catalog.relations[name]
        columns, rows = await self._sample(snapshot, relation, untrusted=untrusted)
        card = cards.relation(snapshot, relation, columns, rows, self.metrics.get(name), self.templates.get(name))
        return card | (cards.left_out(snapshot, self.faults) if name == "freshness" else {})

    async def sample(self, snapshot: Snapshot, name: str) -> dict[str, Any]:
        """The first rows of a relation, without its untrusted columns. Raises NotKnown."""
        if (relation := snapshot.catalog.relations.get(name)) is None:
            raise self._not_known(snapshot, name)
        columns, rows = await self._sample(snapshot, relation, untrusted=False)
        return {"as_of": snapshot.as_of.isoformat(), "relation": relation.name, "columns": columns, "rows": rows}

    def _not_known(self, snapshot: Snapshot, name: str) -> NotKnown:
        near = snapshot.catalog.near(name, [*snapshot.catalog.relations, *self.metrics, *self.templates])
        return NotKnown(f"there is no relation, metric or prompt {name[:60]!r}", near=near, fix='describe {"name":""}')

    async def _sample(
        self, snapshot: Snapshot, relation: Relation, *, untrusted: bool
    ) -> tuple[list[str], list[list[Any]]]:
        """A few rows; none where a macro's arguments have no natural example."""
        if relation.kind == "scalar" or any(a.type.lower() != "date" for a in relation.args):
            return [], []
        chosen = [c.name for c in relation.columns if untrusted or not c.untrusted]
        names = ", ".join(f'"{name}"' for name in chosen)
        statement = f"SELECT {names} FROM {relation.call(snapshot.as_of.isoformat())} LIMIT {SAMPLES}"
        return chosen, (await self.show(snapshot, statement, SAMPLES)).rows
