"""From words to goods: which item, which of its units, which place. Nothing is converted that the item's own card has no factor for."""

from __future__ import annotations

from analyst.candidate import look, pick
from analyst.errors import Ambiguous, BadArgument, NotKnown
from analyst.metrics import Bound
from analyst.names import Ask, items
from analyst.quantity import same_unit
from analyst.result import dumps
from analyst.sizes import sizes
from analyst.snapshot import Snapshot

_UNITS = "SELECT unit, factor, is_base FROM unit_conv WHERE item_id = $item ORDER BY is_base DESC, unit"
_PLACES = "SELECT place FROM (SELECT place FROM lead_time UNION SELECT name FROM warehouse) AS known ORDER BY place"


async def item(text: str, snapshot: Snapshot, ask: Ask) -> str:
    """The id of the item that was meant. Raises NotKnown, or Ambiguous with the candidates: a similar good is another good."""
    found = await items(text, snapshot, ask)
    sure = pick(found) or (found[0] if len(found) == 1 else None)
    # A bolt of another size is another bolt, however much its name is like it.
    if sure is not None and (sure.exact or sizes(text) <= sizes(sure.name)):
        return sure.id
    near = [f"{c.id} {c.name[:50]}" for c in found]
    if len(found) < 2:  # noqa: PLR2004 (one that is not it, or none)
        raise NotKnown(f"no item is called {text[:60]!r}", near=near, fix='metric {"name":"stock","arguments":{}}')
    raise Ambiguous(f"{len(found)} items fit {text[:40]!r}: say which by its id", near=near, fix=look(text, "item"))


async def good(text: str, snapshot: Snapshot, ask: Ask) -> str:
    """The id of the good that was meant. Raises NotKnown, Ambiguous, or BadArgument for a service: none of it is in any store."""
    found = await item(text, snapshot, ask)
    rows = await ask(snapshot, "SELECT name, is_service FROM item WHERE item_id = $item", {"item": found})
    if rows and rows[0][1]:
        why = f"{found} {str(rows[0][0])[:50]} is a service: it is not kept in a store"
        raise BadArgument(why, fix='metric {"name":"stock","arguments":{}}')
    return found


async def unit(text: str, item_id: str, snapshot: Snapshot, ask: Ask) -> str:
    """The item's own unit that was meant, as unit_conv has it. Raises BadArgument when the item has no factor for it."""
    rows = await ask(snapshot, _UNITS, {"item": item_id})
    meant = [(str(name), factor) for name, factor, _ in rows if same_unit(text, str(name))]
    if meant and meant[0][1] is not None:
        return meant[0][0]
    known = [str(name) for name, factor, _ in rows if factor is not None]
    if meant:
        why = f"the card of {item_id} has no factor, or two, for {meant[0][0]!r}: it cannot be converted"
    else:
        why = f"the card of {item_id} has no factor for {text[:20]!r}: it cannot be converted, and none is guessed"
    # Another unit would be another amount: the fix is the factors that there are.
    factors = f"SELECT unit, factor FROM unit_conv WHERE item_id = '{item_id}'"
    raise BadArgument(why, near=known, fix=f"query {dumps({'sql': factors})}")


async def place(text: str, snapshot: Snapshot, ask: Ask) -> str:
    """The place that was meant, as the lead times or the stores name it. Raises NotKnown with the places that are known."""
    rows = await ask(snapshot, _PLACES, {})
    names = [str(row[0]) for row in rows]
    found = next((name for name in names if name.lower() == " ".join(text.split()).lower()), None)
    if found is None:
        raise NotKnown(
            f"no lead time to {text[:40]!r} is known, and none is guessed", near=names,
            fix="add it to settings/lead_time.csv (from_warehouse,to,days) and run analyst-sync, or ask without `to`",
        )  # fmt: skip
    return found


async def resolve(kind: str, text: str, snapshot: Snapshot, ask: Ask, bound: Bound) -> str:
    """What a parameter of kind item, good, unit or place means; a unit is one of the item bound before it."""
    if kind in ("item", "good"):
        return await (item if kind == "item" else good)(text, snapshot, ask)
    if kind == "place":
        return await place(text, snapshot, ask)
    of = bound.get("item")
    if of is None:
        raise BadArgument("a unit needs an item: only the item's own card has factors", fix='"item":"it_1"')
    return await unit(text, of[1], snapshot, ask)
