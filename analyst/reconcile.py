"""Which differences between 1C, bank and CRM touch an answer: by what it reads, whom it is about and which days it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources.abc import Traversable
from typing import Any

import sql
from analyst import span
from analyst.metrics import Metric
from analyst.names import Ask
from analyst.snapshot import Reconciliation, Snapshot

NEAR = timedelta(
    days=10
)  # a payment is looked for on both sides of its day: three banking days, with holidays among them
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)
# Every row; read once a snapshot, for an answer differs from the next by its party and its days. What a branch owes stands beside what
# its head owes.
_FINDINGS = """
SELECT f.check_id, f.cp_id, cp.parent_cp_id, f.amount, f.first_day, f.last_day
FROM finding f LEFT JOIN cp ON cp.cp_id = f.cp_id
"""
MANY = 500  # rows of findings: more are counted where they lie
# A row that does not know its party or its days may touch any.
_COUNTED = """
SELECT check_id, count(*), cast(coalesce(sum(abs(amount)), 0) AS DECIMAL(18, 2)), min(first_day), max(last_day)
FROM finding
WHERE (
        $party = '' OR cp_id IS NULL OR cp_id IN ('cp_unknown', $party)
        OR cp_id IN (SELECT cp_id FROM cp WHERE parent_cp_id = $party)
    )
    AND (first_day IS NULL OR first_day <= cast($last AS DATE)) AND (last_day IS NULL OR last_day >= cast($first AS DATE))
GROUP BY check_id
"""
_TOLD = re.compile(r"(\w+): (\d+) differences, (-?[\d.]+) KZT(?: \(([\d-]*)(?:\.\.([\d-]*))?\))?")


@dataclass(frozen=True, slots=True)
class Told:
    """A line about a check, read back. amount in tenge; first, last: ISO days where they are known."""

    id: str
    rows: int
    amount: str
    first: str
    last: str


def read_back(line: str) -> Told | None:
    """What such a line says; None for any other line."""
    found = _TOLD.fullmatch(line)
    if found is None:
        return None
    first, last = found[4] or "", found[5]
    return Told(found[1], int(found[2]), found[3], first, first if last is None else last)


_READ = re.compile(r"\b(?:from|join)\s+([a-z_]\w*)", re.IGNORECASE)


def read(metrics: Mapping[str, Metric], root: Traversable | None = None) -> dict[str, frozenset[str]]:
    """The names that each reconciliation check touches: its header's `touches`, or what its SQL reads.

    A metric stands for the relations it reads too, but those of core: every answer reads documents, parties and items, so a
    difference told with them would be told with all.
    """
    found = {}
    core = sql.names("core")
    for definition in sql.read("checks", root):
        if definition.facts.get("kind") != "reconciliation":
            continue
        named = definition.facts.get("touches")
        names = {n.strip().lower() for n in (named.split(",") if named else _READ.findall(definition.body))}
        through = {r.lower() for n in names if n in metrics for r in _READ.findall(metrics[n].body)}
        found[definition.name] = frozenset(names | (through - core))
    return found


def touching(snapshot: Snapshot, names: Iterable[str], checks: Mapping[str, frozenset[str]]) -> list[Reconciliation]:
    """The differences that touch these relations and metrics; a check that is not known here touches everything."""
    asked = frozenset(names)
    if not asked:
        return []
    reach = snapshot.catalog.reach(asked) | asked
    return [r for r in snapshot.reconciliations if r.rows and (r.id not in checks or checks[r.id] & reach)]


async def told(
    snapshot: Snapshot,
    touched: Sequence[Reconciliation],
    ask: Ask,
    metric: Metric | None = None,
    bound: Mapping[str, Any] | None = None,
) -> list[str]:
    """Short phrases about differences: how many rows of each can touch the answer, for how much, and from which to which day they lie.

    metric, bound: what was asked, and name → [type, text] or None as a worker takes it; of a statement all rows are told.
    """
    if not touched or not _days_known(snapshot):
        return [r.told() for r in touched]
    asked = _asked(metric, bound or {})
    if sum(check.rows for check in snapshot.reconciliations) <= MANY:
        found = _counted(await ask(snapshot, _FINDINGS, {}), asked)
    else:
        rows = await ask(snapshot, _COUNTED, asked)
        found = {str(one): (int(count), str(amount), first, last) for one, count, amount, first, last in rows}
    lines = []
    for check in touched:
        if check.id in found:
            count, amount, first, last = found[check.id]
            days = f" ({first})" if first == last else f" ({first or ''}..{last or ''})"
            days = days if first or last else ""
            lines.append(f"{check.id}: {count} differences, {amount} KZT{days}")
    return lines


def _counted(rows: Iterable[Sequence[Any]], asked: Mapping[str, str]) -> dict[str, tuple[int, str, Any, Any]]:
    """As _COUNTED, of rows at hand: check → rows, amount, first and last day."""
    touching: dict[str, list[tuple[Decimal, Any, Any]]] = {}
    parties = (None, "cp_unknown", asked["party"])
    for check, party, head, amount, first, last in rows:
        ours = not asked["party"] or party in parties or head == asked["party"]
        if ours and (first is None or first <= asked["last"]) and (last is None or last >= asked["first"]):
            touching.setdefault(str(check), []).append((abs(Decimal(amount or 0)), first, last))
    return {
        check: (
            len(found),
            str(sum((amount for amount, _, _ in found), Decimal()).quantize(Decimal("0.01"))),
            min((first for _, first, _ in found if first), default=None),
            max((last for _, _, last in found if last), default=None),
        )
        for check, found in touching.items()
    }


def _days_known(snapshot: Snapshot) -> bool:
    """Whether the rows of findings are published, with their days; an older snapshot has none."""
    relations = snapshot.catalog.relations
    columns = {name: {c.name for c in relations[name].columns} for name in ("finding", "cp") if name in relations}
    return "first_day" in columns.get("finding", ()) and "parent_cp_id" in columns.get("cp", ())


def _asked(metric: Metric | None, bound: Mapping[str, Any]) -> dict[str, str]:
    """The party and the days that an answer is about; a balance rests on all days before its own."""
    parties = [p.name for p in metric.parameters if p.type == "counterparty" and bound.get(p.name)] if metric else []
    days = span.asked(bound) if metric else None
    first = days.first - NEAR if days and metric and metric.span == "period" else _FIRST
    last = days.last + NEAR if days else _LAST
    return {
        "party": bound[parties[0]][1] if len(parties) == 1 else "",
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
