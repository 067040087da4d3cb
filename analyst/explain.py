"""What stands behind an answer: its definition in words and in SQL, the same number made again, and the documents that add up to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analyst import receipts, reconcile, result, scope
from analyst.documents import Documents
from analyst.errors import AnalystError, BadArgument, Gone
from analyst.metrics import Metric
from analyst.pool import Reply
from analyst.receipts import Receipt
from analyst.snapshot import Snapshot

SHOWN_VALUES = 5  # rows of a table of values; the metric itself shows more
SHOWN_DOCUMENTS = 10  # unless more are asked for: names and numbers cost tokens

Ask = Callable[[Snapshot, str, Mapping[str, int], Mapping[str, Any] | None], Awaitable[Reply]]
FINDINGS = {"rows": 100, "bytes": 65536, "cell_bytes": 2048, "columns": 10}  # room for what does not tie, a row a check
NO_DOCUMENTS = "no list of documents is defined for this metric: its columns and SQL say what it is made of"


@dataclass(frozen=True, slots=True)
class Part:
    """A column of a metric: the sum over all its rows, and what all its documents come to. value: None where every row is empty.

    rows: of the list of documents, one a document, its payment stage or its line.
    """

    name: str
    rows: int
    total: Decimal
    value: Decimal | None

    @property
    def difference(self) -> Decimal:
        """What the documents lack; zero when they add up."""
        return (self.value or Decimal(0)) - self.total

    def told(self) -> dict[str, Any]:
        """As a caller reads it."""
        head: dict[str, Any] = {"part": self.name, "rows": self.rows, "total": self._text(self.total)}
        if not self.difference:
            return head | {"adds_up": True}
        value = None if self.value is None else self._text(self.value)
        return head | {"adds_up": False, "value": value, "difference": self._text(self.difference)}

    def _text(self, number: Decimal) -> str:
        """A count without the decimals that the amounts of its documents have."""
        counted = self.value is not None and self.value.as_tuple().exponent == 0
        return str(int(number)) if counted and number == int(number) else format(number, "f")


def again(receipt: Receipt, metric: Metric | None) -> str:
    """A call that asks the same of the current snapshot; a shorter one where it would be too long to tell."""
    if receipt.tool != "metric":
        call = f"{receipt.tool} {result.dumps(dict(receipt.arguments))}"
        return call if AnalystError.holds(call) else 'describe {"name":""}'
    if metric is None:
        return f'find {{"text":{result.dumps(receipt.definition.partition(" ")[0])},"kind":"metric"}}'
    given = {key: pair[1] for key, pair in receipt.arguments.items() if pair is not None}
    told: dict[str, str] = {}
    for parameter in metric.parameters:
        if parameter.name in given:
            told[parameter.name] = given[parameter.name]
        elif parameter.type in ("period", "quarter") and "period_from" in given:
            told[parameter.name] = f"{given['period_from']}..{given['period_to']}"
    call = f"metric {result.dumps({'name': metric.id, 'arguments': told})}"
    return call if AnalystError.holds(call) else metric.example()


def replayable(receipt: Receipt, metrics: Mapping[str, Metric]) -> Metric | None:
    """The metric of a receipt as it was defined then; None for a query. Raises Gone or BadArgument where there is no number to make again."""
    if receipt.tool == "query":
        return None
    if receipt.tool != "metric":
        raise BadArgument(f"{receipt.receipt} is of {receipt.tool}, which gives no number", fix=again(receipt, None))
    known = receipt.definition.partition(" ")[0]
    if (metric := metrics.get(known)) is None:
        raise Gone(f"the metric {known} of {receipt.receipt} is no longer defined", fix=again(receipt, None))
    if metric.label != receipt.definition:
        raise Gone(
            f"{receipt.receipt} is of {receipt.definition}; it has been defined anew since, as {metric.label}",
            fix=again(receipt, metric),
        )
    return metric


@dataclass(frozen=True, slots=True)
class Explanation:
    """One receipt on its own snapshot. metric: None for a query. documents: None where none are defined.

    checks: what each reconciliation check touches. ask: runs a statement on a snapshot within a size, with bound values.
    """

    receipt: Receipt
    metric: Metric | None
    snapshot: Snapshot
    documents: Documents | None
    checks: Mapping[str, frozenset[str]]
    ask: Ask

    async def payload(self, part: str, start: int, page: Mapping[str, int]) -> str:
        """The explanation, or just a page of documents where a part or a start is named. page: how large it may be.

        Raises AnalystError of the statements, BadArgument for a part that there is not.
        """
        if self.documents is None and (part or start):
            raise BadArgument(f"{self.receipt.receipt} has no documents to turn over", fix=self._call())
        if self.metric is None:
            reply = await self._ask(self.receipt.arguments["sql"], page)
            total = reply.total if reply.total is not None else f"more than {reply.shown}"
            told = {"shown": f"{reply.shown} of {total}", "cut": reply.cuts, "untrusted": reply.untrusted}
            return result.payload(await self._opening(reply) | told, reply.text)
        head = self._place(self.receipt.definition)
        if not (part or start):
            head = await self._opening(await self._ask(self.metric.body, self.receipt.size))
            head["behind"] = self.documents.summary if self.documents else self.metric.documents or NO_DOCUMENTS
        if self.documents is None:
            return result.payload(head)
        parts = await self._parts(self.metric, self.documents, page)
        chosen = self._chosen(parts, part)
        head |= {"adds_up": not any(p.difference for p in parts), "amounts": self.documents.units}
        head["parts"] = [p.told() for p in parts]
        if chosen is None:
            return result.payload(head)
        room = {**page, "bytes": max(1024, page["bytes"] - len(result.dumps(head).encode()))}
        told, body = await self._page(self.documents, chosen, start, room)
        return result.payload(head | told, body)

    async def _ask(self, statement: str, size: Mapping[str, int]) -> Reply:
        if self.metric is None:
            return await self.ask(self.snapshot, statement, size, None)
        bound = self.receipt.arguments
        return await self.ask(self.snapshot, scope.narrowed(statement, self.snapshot.catalog, bound), size, bound)

    async def _rows(self, snapshot: Snapshot, statement: str, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        given = {name: ("text", str(value)) for name, value in values.items()}
        return (await self.ask(snapshot, statement, FINDINGS, given)).rows

    def _call(self, **more: str | int) -> str:
        return f"explain {result.dumps({'receipt': self.receipt.receipt} | more)}"

    def _place(self, definition: str) -> dict[str, Any]:
        """What the answer was made of, and how fresh that was."""
        return {
            "receipt": self.receipt.receipt,
            "def": definition,
            "snapshot": self.snapshot.name,
            "as_of": self.snapshot.as_of.isoformat(),
            "fresh": self.snapshot.fresh,
        }

    async def _opening(self, reply: Reply) -> dict[str, Any]:
        """The definition and the value made again. reply: the same statement run on the same snapshot."""
        kept, metric = self.receipt, self.metric
        catalog = self.snapshot.catalog
        read = scope.read(reply.relations, metric.body) if metric else reply.relations
        touched = (*read, metric.id) if metric else read
        differing = reconcile.touching(self.snapshot, touched, self.checks)
        checks = {"checks": await reconcile.told(self.snapshot, differing, self._rows, metric, kept.arguments)}
        if metric is None:
            # Without an order of its own a query may give its rows in another one; their number is what can be held against it.
            same = f"{'the same' if reply.total == kept.total else 'another'} number of rows"
            told = {"replayed": same if kept.total is not None else "its rows were too many to count"}
            told |= {"reads": ", ".join(reply.relations)}
            return self._place("not certified") | checks | {"sql": kept.arguments["sql"]} | told
        same = "same" if receipts.digest(reply.text) == kept.answer else "differs from what was told then"
        rows = reply.rows[:SHOWN_VALUES]
        meaning = [[c.name, c.description + (" [untrusted]" if c.untrusted else "")] for c in metric.columns]
        return self._place(metric.label) | {
            "arguments": {name: pair and pair[1] for name, pair in kept.arguments.items()},
            "title": dict(metric.titles),
            "summary": metric.summary,
            "formula": metric.formula,
            "unit": metric.unit,
            "basis": metric.basis,
            "scope": scope.told(kept.arguments),
            "sql": scope.narrowed(metric.body, catalog, kept.arguments),
            **checks,
            "replayed": same,
            "values": {"shown": f"{len(rows)} of {reply.total}", "columns": meaning, "rows": rows},
        }

    async def _parts(self, metric: Metric, documents: Documents, size: Mapping[str, int]) -> list[Part]:
        """Each part as the engine adds it up over all rows of the metric and over all documents; what is wholly empty is left out."""
        names = documents.parts
        sums = ", ".join(f'sum("{name}") AS "{name}"' for name in names)
        whole = {**size, "rows": len(names) + 1, "columns": max(size["columns"], len(names))}
        (values,) = (await self._ask(f"SELECT {sums} FROM (\n{metric.body}\n)", whole)).rows
        totals = {
            name: (count, Decimal(total)) for name, count, total in (await self._ask(documents.totals(), whole)).rows
        }
        return [
            Part(name, *totals.get(name, (0, Decimal(0))), None if value is None else Decimal(value))
            for name, value in zip(names, values, strict=True)
            if value is not None or name in totals
        ]

    def _chosen(self, parts: list[Part], wanted: str) -> Part | None:
        """The part to list: the one wanted, else the first that has documents."""
        for part in parts:
            if part.name == wanted if wanted else part.rows:
                return part
        if wanted:
            raise BadArgument(f"{wanted[:40]!r} is no part of it", near=[p.name for p in parts], fix=self._call())
        return None

    async def _page(
        self, documents: Documents, part: Part, start: int, size: Mapping[str, int]
    ) -> tuple[dict[str, Any], str]:
        start = min(max(start, 0), part.rows)
        reply = await self._ask(documents.page(part.name, size["rows"], start), size)
        end = start + reply.shown
        span = f"{start + 1} to {end}" if start and reply.shown else str(reply.shown)
        head: dict[str, Any] = {"part": part.name, "shown": f"{span} of {part.rows}"}
        if end < part.rows:
            head["next"] = self._call(part=part.name, start=end)
        return head | {"untrusted": documents.untrusted}, reply.text
