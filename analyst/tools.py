"""The five questions a host may ask, and the cards it may read: from a question to one compact answer with its receipt."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import anyio
import anyio.to_thread

from analyst import (
    cards,
    compact,
    explain,
    find,
    goods,
    metrics,
    receipts,
    reconcile,
    record,
    result,
    scope,
    span,
    subjects,
)
from analyst.audit import Audit, bounded
from analyst.catalog import Relation
from analyst.documents import Documents
from analyst.errors import AnalystError, BadArgument, Gone, MirrorMissing, NotKnown, Refused
from analyst.kept import Kept
from analyst.metrics import Bound, Metric
from analyst.pool import Pool, Reply
from analyst.receipts import Receipts
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot
from analyst.template import Template

SAMPLES = 3
STEADY_TRIES = 20


@dataclass(slots=True)
class _Note:
    """What the audit log keeps of one question."""

    snapshot: str = ""
    rows: int | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Analyst:
    """Answers questions from the mirror's current snapshot. Every answer is of one snapshot, and every question is in the audit log."""

    settings: Settings
    mirror: Mirror
    pool: Pool
    audit: Audit
    metrics: Mapping[str, Metric]
    checks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    documents: Mapping[str, Documents] = field(default_factory=dict)
    receipts: Receipts = field(init=False)
    kept: Kept = field(init=False)
    _begins: dict[str, date | None] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "receipts", Receipts(self.audit.folder / receipts.FOLDER, self.settings.role))
        object.__setattr__(self, "kept", Kept(self.pool.ask, self.settings.kept_mb << 20))

    async def query(self, sql: str, rows: int = 0) -> str:
        """One guarded SELECT. rows: how many to show, 0 for the default."""

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            size = self._room(rows, self.settings.rows, self.settings.query_bytes)
            try:
                reply = await self.kept.ask(snapshot, sql, size)
            except Refused as error:
                raise self._metric_instead(error) from None
            note.rows, note.receipt = reply.total, self._kept("query", "query", {"sql": reply.ran or sql}, reply, size)
            head = {"def": "not certified", "ran_as": "; ".join(reply.ran_as), "warn": reply.cautions}
            return self._answer(reply, head, note.receipt)

        return await self._audited("query", {"sql": sql, "rows": rows}, answer)

    async def metric(self, name: str, arguments: Mapping[str, Any], rows: int = 0) -> str:
        """A certified number by name and arguments. rows: how many to show, 0 for the default."""

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            metric = metrics.pick(self.metrics, name)
            bound = await metrics.bind(metric, arguments, snapshot, self._resolve)
            size = self._room(rows, self.settings.metric_rows, self.settings.metric_bytes)
            statement = scope.narrowed(metric.body, snapshot.catalog, bound)
            reply = await self.kept.ask(snapshot, statement, size, bound)
            note.rows, note.receipt = reply.total, self._kept("metric", metric.label, bound, reply, size)
            used = {key: value[1] for key, value in bound.items() if value is not None and key != "as_of"}
            head: dict[str, Any] = {"def": metric.label, "arguments": used or None}
            head |= {"unit": metric.unit, "basis": metric.basis}
            head["warn"] = await self._outside(bound, reply.snapshot)
            if (day := bound.get("as_of")) and day[1] != snapshot.as_of.isoformat():
                head["on"] = day[1]
            head["scope"] = scope.told(bound)
            touched = scope.read(reply.relations, metric.body)
            return self._answer(reply, head, note.receipt, metric, touched)

        return await self._audited("metric", {"name": name, "arguments": dict(arguments), "rows": rows}, answer)

    async def explain(self, name: str, part: str = "", rows: int = 0, start: int = 0) -> str:
        """What stands behind an answer: definition, SQL, the number made again on its own snapshot, and the documents that add up to it.

        part: the column whose documents are listed, the first otherwise. rows, start: how many of them, and how many to pass over.
        Raises NotKnown for no such receipt, Gone for one whose snapshot or definition is no longer there.
        """

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            del snapshot
            if (kept := await anyio.to_thread.run_sync(self.receipts.find, name)) is None:
                raise NotKnown(f"there is no receipt {name[:40]!r}", fix='describe {"name":""}')
            note.snapshot, note.receipt = kept.snapshot, kept.receipt
            metric = explain.replayable(kept, self.metrics)
            documents = self.documents.get(metric.id) if metric else None
            try:
                then = self.mirror.at(kept.snapshot)
                explanation = explain.Explanation(kept, metric, then, documents, self.checks, self.pool.ask)
                page = self._size(max(rows, 0) or explain.SHOWN_DOCUMENTS)
                return await explanation.payload(part, start, page)
            except MirrorMissing as error:
                why = f"{kept.receipt} is of the snapshot {kept.snapshot}, which cannot be read any more"
                raise Gone(why, fix=explain.again(kept, metric)) from error

        return await self._audited("explain", {"receipt": name, "part": part, "rows": rows, "start": start}, answer)

    async def find(self, text: str, kind: str = "") -> str:
        """Names that words may have meant, best first."""

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            if kind and kind not in find.KINDS:
                fix = f"find {result.dumps({'text': text[:40], 'kind': ''})}"
                raise BadArgument(f"there is no kind {kind[:40]!r}", near=find.KINDS, fix=fix)
            if not text.strip():
                raise BadArgument("text is empty", fix='find {"text":"Алматы"}')
            found = await find.search(text[:200], kind, snapshot, self.metrics, self._ask, self.templates)
            note.rows = len(found)
            note.receipt = self.receipts.keep("find", snapshot.name, "find", {"text": text[:200], "kind": kind})
            sure = find.pick([c for c in found if c.kind == found[0].kind]) if found else None
            body = result.shape(
                ["kind", "id", "name", "detail", "score"], [c.row() for c in found], self._sized(self.settings.rows)
            )
            head = {
                "as_of": snapshot.as_of.isoformat(),
                "stale": snapshot.stale or None,
                "shown": f"{len(found)} of {len(found)}",
                "untrusted": ["name", "detail"]
                if {c.kind for c in found} & {"counterparty", "item", "document"}
                else None,
                "pick": sure.id if sure else None,
                "next": "" if sure else "choose by id, or ask the user" if found else "try fewer or other words",
                "receipt": note.receipt,
            }
            return result.payload(head, body.text)

        return await self._audited("find", {"text": text, "kind": kind}, answer)

    async def describe(self, name: str = "", *, full: bool = False, untrusted: bool = False) -> str:
        """The card of a relation or metric, a topic, freshness, or the catalog when nothing is named.

        full: everything that is known of it, sample rows too. untrusted: whole, with text from outside in the sample rows.
        """

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            note.receipt = receipts.name(
                snapshot.name, "describe", {"name": name, "full": full, "untrusted": untrusted}
            )
            if full or untrusted:
                card = await self._whole_card(snapshot, name.strip().lower(), untrusted=untrusted)
            else:
                card = await self._card(snapshot, name.strip().lower())
            return result.dumps(card)

        return await self._audited("describe", {"name": name, "full": full, "untrusted": untrusted}, answer)

    async def fresh(self) -> str:
        """How old the answers are."""

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            del note
            return result.dumps(cards.freshness(snapshot, self.faults))

        return await self._audited("freshness", {}, answer)

    async def define(self, name: str) -> str:
        """The card of a metric."""

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            del note
            return result.dumps({"as_of": snapshot.as_of.isoformat()} | record.of(metrics.pick(self.metrics, name)))

        return await self._audited("define", {"name": name}, answer)

    async def sample(self, name: str) -> str:
        """The first rows of a relation, without its untrusted columns."""

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            relation = self._relation(snapshot, name.strip().lower())
            columns, rows = await self._sample(snapshot, relation, untrusted=False)
            note.rows = len(rows)
            return result.dumps(
                {"as_of": snapshot.as_of.isoformat(), "relation": relation.name, "columns": columns, "rows": rows}
            )

        return await self._audited("sample", {"name": name}, answer)

    async def party(self, text: str) -> tuple[str, str]:
        """Id and name of the counterparty that was meant. Raises NotKnown or Ambiguous."""

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            found = await find.counterparty(text, snapshot, self._ask)
            rows = await self._ask(snapshot, "SELECT name FROM cp WHERE cp_id = $text", {"text": found})
            note.rows = len(rows)
            return result.dumps([found, rows[0][0] if rows else found])

        found, name = json.loads(await self._audited("find", {"text": text, "kind": "counterparty"}, answer))
        return found, str(name)

    async def names(self, statement: str, parameters: Mapping[str, str]) -> list[str]:
        """First column of a certified statement: what a prompt offers while someone types. Empty where nothing is published."""
        found: list[str] = []

        async def answer(snapshot: Snapshot, note: _Note) -> str:
            found[:] = [str(row[0]) for row in await self._ask(snapshot, statement, parameters)]
            note.rows, note.receipt = len(found), receipts.name(snapshot.name, "complete", parameters)
            return ""

        try:
            await self._audited("complete", parameters, answer)
        except AnalystError:
            return []
        return found

    async def _card(self, snapshot: Snapshot, name: str) -> dict[str, Any]:
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

    async def _whole_card(self, snapshot: Snapshot, name: str, *, untrusted: bool) -> dict[str, Any]:
        if name in ("", "catalog"):
            return cards.whole_catalog(snapshot, self.metrics, self.templates)
        if name in self.templates and name not in snapshot.catalog.relations:
            metric = {"definition": record.of(self.metrics[name])} if name in self.metrics else {}
            return {"as_of": snapshot.as_of.isoformat()} | self.templates[name].card() | metric
        if name in self.metrics and name not in snapshot.catalog.relations:
            return {"as_of": snapshot.as_of.isoformat()} | record.of(self.metrics[name])
        if name not in snapshot.catalog.relations:
            return await self._card(snapshot, name)
        relation = snapshot.catalog.relations[name]
        columns, rows = await self._sample(snapshot, relation, untrusted=untrusted)
        card = cards.relation(snapshot, relation, columns, rows, self.metrics.get(name), self.templates.get(name))
        return card | (cards.left_out(snapshot, self.faults) if name == "freshness" else {})

    def _not_known(self, snapshot: Snapshot, name: str) -> NotKnown:
        near = snapshot.catalog.near(name, [*snapshot.catalog.relations, *self.metrics, *self.templates])
        return NotKnown(f"there is no relation, metric or prompt {name[:60]!r}", near=near, fix='describe {"name":""}')

    def _relation(self, snapshot: Snapshot, name: str) -> Relation:
        if (relation := snapshot.catalog.relations.get(name)) is None:
            raise self._not_known(snapshot, name)
        return relation

    async def _sample(
        self, snapshot: Snapshot, relation: Relation, *, untrusted: bool
    ) -> tuple[list[str], list[list[Any]]]:
        """A few rows; none where a macro's arguments have no natural example."""
        if relation.kind == "scalar" or any(a.type.lower() != "date" for a in relation.args):
            return [], []
        chosen = [c.name for c in relation.columns if untrusted or not c.untrusted]
        names = ", ".join(f'"{name}"' for name in chosen)
        statement = f"SELECT {names} FROM {relation.call(snapshot.as_of.isoformat())} LIMIT {SAMPLES}"
        reply = await self.kept.ask(snapshot, statement, self._size(SAMPLES) | {"cell_bytes": 120})
        return chosen, reply.rows

    async def _ask(self, snapshot: Snapshot, statement: str, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        given = {name: ("text", str(value)) for name, value in parameters.items()}
        return (await self.kept.ask(snapshot, statement, self._size(self.settings.rows_max), given)).rows

    async def _outside(self, bound: Mapping[str, Any], snapshot: Snapshot) -> list[str]:
        """What must be said of days that the mirror does not know."""
        if (days := span.asked(bound)) is None:
            return []
        begins = None
        if days.old(snapshot.as_of) and "doc" in snapshot.catalog.tables:
            if snapshot.name not in self._begins:
                rows = await self._ask(snapshot, "SELECT min(doc_date) FROM doc", {})
                self._begins[snapshot.name] = rows[0][0] and date.fromisoformat(rows[0][0])
            begins = self._begins[snapshot.name]
        return days.told(snapshot.as_of, begins)

    async def _resolve(self, kind: str, text: str, snapshot: Snapshot, bound: Bound) -> str:
        if kind == "counterparty":
            return await find.counterparty(text, snapshot, self._ask)
        if kind == "org":
            return await scope.entities(text, snapshot, self._ask)
        return await goods.resolve(kind, text, snapshot, self._ask, bound)

    def _metric_instead(self, error: Refused) -> Refused:
        """The refusal of a relation that is none; where a metric has its name, the call of that metric."""
        name = re.search(r"^there is no (?:relation|table function) (?:\w+\.)*(\w+)", error.why)
        if name is None or (metric := self.metrics.get(name[1].lower())) is None:
            return error
        return Refused(
            f"{metric.id} is a metric, not a relation", near=error.near, fix=metric.example(), rule=error.rule
        )

    def _kept(
        self, tool: str, definition: str, arguments: Mapping[str, Any], reply: Reply, size: Mapping[str, int]
    ) -> str:
        return self.receipts.keep(
            tool,
            reply.snapshot.name,
            definition,
            arguments,
            size=size,
            total=reply.total,
            answer=reply.text,
        )

    def _size(self, rows: int) -> dict[str, int]:
        size = self._sized(min(rows, self.settings.rows_max) if rows > 0 else self.settings.rows)
        return {"rows": size.rows, "bytes": size.bytes, "cell_bytes": size.cell_bytes, "columns": size.columns}

    def _room(self, rows: int, usual: int, usual_bytes: int) -> dict[str, int]:
        """The size of an answer: a usual one unless rows are asked for, since a caller pays for every one that it did not need."""
        return self._size(rows) if rows > 0 else self._size(usual) | {"bytes": min(usual_bytes, self.settings.bytes)}

    def _sized(self, rows: int) -> result.Size:
        return result.Size(rows, self.settings.bytes, self.settings.cell_bytes, self.settings.columns)

    def _answer(
        self, reply: Reply, head: Mapping[str, Any], name: str, metric: Metric | None = None, read: Sequence[str] = ()
    ) -> str:
        snapshot = reply.snapshot
        # A shipped metric says itself which of its columns are text from outside; what a company's own says may be less than the whole.
        said = {c.name for c in metric.columns if c.untrusted} if metric else set()
        marks = sorted(said | set(reply.untrusted)) if metric is None or metric.own else sorted(said)
        touched = (*read, metric.id) if metric else reply.relations
        header = {
            "as_of": snapshot.as_of.isoformat(),
            "fresh": snapshot.fresh_in_short,
            **head,
            "shown": f"{reply.shown} of {reply.total if reply.total is not None else f'more than {reply.shown}'}",
            "cut": reply.cuts,
            "untrusted": marks,
            "checks": reconcile.touching(snapshot, touched, self.checks),
            "receipt": name,
        }
        return result.payload(header, reply.text)

    async def _audited(
        self, tool: str, arguments: Mapping[str, Any], answer: Callable[[Snapshot, _Note], Awaitable[str]]
    ) -> str:
        """Answer on one snapshot and record how it went. A snapshot pruned under the question is followed by the newer one."""
        note = _Note()
        started = time.monotonic()
        outcome = "failed"
        try:
            text = await self._steady(note, answer)
            outcome = "answered"
        except AnalystError as error:
            outcome = f"refused:{error.rule}" if error.rule else type(error).__name__
            raise
        except anyio.get_cancelled_exc_class():
            outcome = "cancelled"
            raise
        finally:
            self.audit.write(
                {
                    "tool": tool,
                    "arguments": bounded(arguments),
                    "snapshot": note.snapshot,
                    "outcome": outcome,
                    "rows": note.rows,
                    "receipt": note.receipt,
                    "ms": round((time.monotonic() - started) * 1000, 1),
                }
            )
        return text

    async def _steady(self, note: _Note, answer: Callable[[Snapshot, _Note], Awaitable[str]]) -> str:
        for attempt in range(STEADY_TRIES):
            snapshot = self.mirror.current()
            note.snapshot = snapshot.name
            try:
                return await answer(snapshot, note)
            except MirrorMissing:
                if attempt + 1 == STEADY_TRIES or self.mirror.current().name == snapshot.name:
                    raise
        raise MirrorMissing("snapshots are replaced faster than they can be opened")
