"""The five questions a host may ask, and the cards it may read: from a question to one compact answer with its receipt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import anyio.to_thread

from analyst import alike, cards, explain, find, goods, meant, metrics, receipts, reconcile, record, result, scope, span
from analyst.audit import Audit
from analyst.deck import Deck
from analyst.documents import Documents
from analyst.errors import AnalystError, BadArgument, Gone, MirrorMissing, NotKnown, Refused
from analyst.kept import Kept
from analyst.metrics import Bound, Metric
from analyst.pool import Pool, Reply
from analyst.receipts import Receipts
from analyst.session import Note, Session
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot
from analyst.template import Template

SAMPLE_BYTES = 120  # of a cell of a sample row


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
    _session: Session = field(init=False)
    _deck: Deck = field(init=False)
    _begins: dict[str, date | None] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "receipts", Receipts(self.audit.folder / receipts.FOLDER, self.settings.role))
        object.__setattr__(self, "kept", Kept(self.pool.ask, self.settings.kept_mb << 20))
        object.__setattr__(self, "_session", Session(self.mirror, self.audit))
        object.__setattr__(self, "_deck", Deck(self.metrics, self.templates, self.faults, self._shown))

    async def query(self, sql: str, rows: int = 0) -> str:
        """One guarded SELECT. rows: how many to show, 0 for the default."""

        async def answer(snapshot: Snapshot, note: Note) -> str:
            size = self._room(rows, self.settings.rows, self.settings.query_bytes)
            try:
                reply = await self.kept.ask(snapshot, sql, size)
            except Refused as error:
                raise self._metric_instead(error) from None
            note.rows, note.receipt = reply.total, self._kept("query", "query", {"sql": reply.ran or sql}, reply, size)
            head = {"def": "not certified", "ran_as": "; ".join(reply.ran_as), "warn": reply.cautions}
            head["checks"] = await self._checks(reply.snapshot, reply.relations)
            return self._answer(reply, head, note.receipt)

        return await self._session.ask("query", {"sql": sql, "rows": rows}, answer)

    async def metric(self, name: str, arguments: Mapping[str, Any], rows: int = 0) -> str:
        """A certified number by name and arguments. rows: how many to show, 0 for the default."""

        async def answer(snapshot: Snapshot, note: Note) -> str:
            metric = metrics.pick(self.metrics, name)
            bound = await metrics.bind(metric, arguments, snapshot, self._resolve)
            size = self._room(rows, self.settings.metric_rows, alike.ROOM * self.settings.metric_bytes)
            statement = scope.narrowed(metric.body, snapshot.catalog, bound)
            reply = await self.kept.ask(snapshot, statement, size, bound)
            note.rows, note.receipt = reply.total, self._kept("metric", metric.label, bound, reply, size)
            used = {key: value[1] for key, value in bound.items() if value is not None and key != "as_of"}
            head: dict[str, Any] = {"def": metric.label, "arguments": used or None}
            head["meant"] = await meant.told(metric, arguments, bound, snapshot, self._ask) or None
            head |= {"unit": metric.unit, "basis": metric.basis}
            head["warn"] = await self._outside(bound, reply.snapshot)
            if (day := bound.get("as_of")) and day[1] != snapshot.as_of.isoformat():
                head["on"] = day[1]
            head["scope"] = scope.told(bound)
            touched = (*scope.read(reply.relations, metric.body), metric.id)
            head["checks"] = await self._checks(reply.snapshot, touched, metric, bound)
            if rows <= 0:
                usual = replace(self._sized(self.settings.metric_rows), bytes=self.settings.metric_bytes)
                reply, head["same"] = alike.fitted(reply, usual)
            return self._answer(reply, head, note.receipt, metric)

        return await self._session.ask("metric", {"name": name, "arguments": dict(arguments), "rows": rows}, answer)

    async def explain(self, name: str, part: str = "", rows: int = 0, start: int = 0) -> str:
        """What stands behind an answer: definition, SQL, the number made again on its own snapshot, and the documents that add up to it.

        part: the column whose documents are listed, the first otherwise. rows, start: how many of them, and how many to pass over.
        Raises NotKnown for no such receipt, Gone for one whose snapshot or definition is no longer there.
        """

        async def answer(snapshot: Snapshot, note: Note) -> str:
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

        return await self._session.ask("explain", {"receipt": name, "part": part, "rows": rows, "start": start}, answer)

    async def find(self, text: str, kind: str = "") -> str:
        """Names that words may have meant, best first."""

        async def answer(snapshot: Snapshot, note: Note) -> str:
            if kind and kind not in find.KINDS:
                fix = f"find {result.dumps({'text': text[:40], 'kind': ''})}"
                raise BadArgument(f"there is no kind {kind[:40]!r}", near=find.KINDS, fix=fix)
            if not text.strip():
                raise BadArgument("text is empty", fix='find {"text":"Алматы"}')
            found = await find.search(text[:200], kind, snapshot, self.metrics, self._ask, self.templates)
            note.rows = len(found)
            note.receipt = self.receipts.keep("find", snapshot.name, "find", {"text": text[:200], "kind": kind})
            sure = find.sure(found)
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
                "next": "" if sure else find.advised(found),
                "receipt": note.receipt,
            }
            return result.payload(head, body.text)

        return await self._session.ask("find", {"text": text, "kind": kind}, answer)

    async def describe(self, name: str = "", *, full: bool = False, untrusted: bool = False) -> str:
        """The card of a relation or metric, a topic, freshness, or the catalog when nothing is named.

        full: everything that is known of it, sample rows too. untrusted: whole, with text from outside in the sample rows.
        """

        async def answer(snapshot: Snapshot, note: Note) -> str:
            note.receipt = receipts.name(
                snapshot.name, "describe", {"name": name, "full": full, "untrusted": untrusted}
            )
            asked = name.strip().lower()
            if full or untrusted:
                return result.dumps(await self._deck.whole(snapshot, asked, untrusted=untrusted))
            return result.dumps(await self._deck.short(snapshot, asked))

        return await self._session.ask("describe", {"name": name, "full": full, "untrusted": untrusted}, answer)

    async def fresh(self) -> str:
        """How old the answers are."""

        async def answer(snapshot: Snapshot, note: Note) -> str:
            del note
            return result.dumps(cards.freshness(snapshot, self.faults))

        return await self._session.ask("freshness", {}, answer)

    async def define(self, name: str) -> str:
        """The card of a metric."""

        async def answer(snapshot: Snapshot, note: Note) -> str:
            del note
            return result.dumps({"as_of": snapshot.as_of.isoformat()} | record.of(metrics.pick(self.metrics, name)))

        return await self._session.ask("define", {"name": name}, answer)

    async def sample(self, name: str) -> str:
        """The first rows of a relation, without its untrusted columns."""

        async def answer(snapshot: Snapshot, note: Note) -> str:
            card = await self._deck.sample(snapshot, name.strip().lower())
            note.rows = len(card["rows"])
            return result.dumps(card)

        return await self._session.ask("sample", {"name": name}, answer)

    async def party(self, text: str) -> tuple[str, str]:
        """Id and name of the counterparty that was meant. Raises NotKnown or Ambiguous."""

        async def answer(snapshot: Snapshot, note: Note) -> str:
            found = await find.counterparty(text, snapshot, self._ask)
            rows = await self._ask(snapshot, "SELECT name FROM cp WHERE cp_id = $text", {"text": found})
            note.rows = len(rows)
            return result.dumps([found, rows[0][0] if rows else found])

        found, name = json.loads(await self._session.ask("find", {"text": text, "kind": "counterparty"}, answer))
        return found, str(name)

    async def names(self, statement: str, parameters: Mapping[str, str]) -> list[str]:
        """First column of a certified statement: what a prompt offers while someone types. Empty where nothing is published."""
        found: list[str] = []

        async def answer(snapshot: Snapshot, note: Note) -> str:
            found[:] = [str(row[0]) for row in await self._ask(snapshot, statement, parameters)]
            note.rows, note.receipt = len(found), receipts.name(snapshot.name, "complete", parameters)
            return ""

        try:
            await self._session.ask("complete", parameters, answer)
        except AnalystError:
            return []
        return found

    async def _ask(self, snapshot: Snapshot, statement: str, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        given = {name: ("text", str(value)) for name, value in parameters.items()}
        return (await self.kept.ask(snapshot, statement, self._size(self.settings.rows_max), given)).rows

    async def _shown(self, snapshot: Snapshot, statement: str, rows: int) -> Reply:
        return await self.kept.ask(snapshot, statement, self._size(rows) | {"cell_bytes": SAMPLE_BYTES})

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

    async def _checks(
        self, snapshot: Snapshot, names: Sequence[str], metric: Metric | None = None, bound: Bound | None = None
    ) -> list[str]:
        """What does not tie and can touch an answer made of these relations and metrics."""
        touched = reconcile.touching(snapshot, names, self.checks)
        return await reconcile.told(snapshot, touched, self._ask, metric, bound)

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

    def _answer(self, reply: Reply, head: Mapping[str, Any], name: str, metric: Metric | None = None) -> str:
        snapshot = reply.snapshot
        # A shipped metric says itself which of its columns are text from outside; what a company's own says may be less than the whole.
        said = {c.name for c in metric.columns if c.untrusted} if metric else set()
        marks = sorted(said | set(reply.untrusted)) if metric is None or metric.own else sorted(said)
        header = {
            "as_of": snapshot.as_of.isoformat(),
            "fresh": snapshot.fresh_in_short,
            **head,
            "shown": f"{reply.shown} of {reply.total if reply.total is not None else f'more than {reply.shown}'}",
            "cut": reply.cuts,
            "same": head.get("same") or None,
            "untrusted": [*(["meant"] if head.get("meant") else []), *marks],
            "checks": head.get("checks"),
            "receipt": name,
        }
        return result.payload(header, reply.text)
