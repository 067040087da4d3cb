"""Whom and what an answer is of, by name: words were turned into an id, and a name that was picked wrongly must be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analyst import result
from analyst.metrics import Bound, Metric
from analyst.names import BY_ID, Ask
from analyst.snapshot import Snapshot

LONGEST = 80  # bytes of a name
_NAMES = {  # by type of an argument: the relation that has the names, and how they are read
    "counterparty": ("cp", BY_ID),  # as names asks it: an id that the caller sent has been asked for already
    "item": ("item", "SELECT item_id, name FROM item WHERE item_id = $text"),
    "good": ("item", "SELECT item_id, name FROM item WHERE item_id = $text"),
    "org": (
        "org",
        "SELECT $text, string_agg(name, ', ' ORDER BY org_id) FROM org WHERE list_contains(string_split($text, ','), org_id)",
    ),
}


async def told(metric: Metric, given: Mapping[str, Any], bound: Bound, snapshot: Snapshot, ask: Ask) -> dict[str, str]:
    """Argument → name [untrusted] of the counterparty, item or own entities that it was resolved to.

    given: what the caller sent; who said the very name needs not be told it.
    """
    found = {}
    for parameter in metric.parameters:
        relation, statement = _NAMES.get(parameter.type, ("", ""))
        meant = bound.get(parameter.name)
        if meant is None or relation not in snapshot.catalog.relations:
            continue
        rows = await ask(snapshot, statement, {"text": meant[1]})
        name = result.clean(str(rows[0][1])) if rows and rows[0][1] else ""
        if name and name.casefold() != str(given.get(parameter.name)).strip().casefold():
            found[parameter.name] = result.cut(name, LONGEST)
    return found
