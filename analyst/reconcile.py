"""Which differences between 1C, bank and CRM touch an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable

import sql
from analyst.metrics import Metric
from analyst.snapshot import Snapshot

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


def touching(snapshot: Snapshot, names: Iterable[str], checks: Mapping[str, frozenset[str]]) -> list[str]:
    """Short phrases about the differences that touch these relations and metrics; a check that is not known here touches everything."""
    asked = frozenset(names)
    if not asked:
        return []
    reach = snapshot.catalog.reach(asked) | asked
    return [r.told() for r in snapshot.reconciliations if r.rows and (r.id not in checks or checks[r.id] & reach)]
