"""Long lists of a portal, read side by side in batches, by keyset on the id.

A list that goes on and on gets several pages into one batch, each asking for what follows the last row of the page before
(`$result[…]`). Where the portal does not resolve that, the list goes on page by page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.errors import SourceUnavailable
from sync.sources.bitrix_call import BATCH, NAME, Call, Webhook
from sync.sources.bitrix_rows import Row, integer
from sync.table import Table

PAGE = 50
LONGEST_CHAIN = 16


@dataclass(slots=True)
class Listing:
    """A list on its way. `>id`, ascending and without a count: edits and deletions between two pages move nothing.

    conditions: the rest of the filter. id: the name of the key field. last: the last id that has been read.
    chain: pages to ask for next time; longest: how far that may grow.
    """

    table: Table
    method: str
    params: Mapping[str, Any]
    conditions: Mapping[str, Any] = field(default_factory=dict)
    id: str = "id"
    last: int = 0
    done: bool = False
    chain: int = 1
    longest: int = LONGEST_CHAIN

    def calls(self, name: str, room: int) -> dict[str, Call]:
        """The calls for the next pages, at most `room`; their keys begin with `name`."""
        made: dict[str, Call] = {}
        after: object = self.last
        for n in range(max(1, min(self.chain, room))):
            conditions = {**self.conditions, f">{self.id}": after}
            paging = {"filter": conditions, "order": {self.id: "ASC"}, "start": -1}
            made[f"{name}_{n}"] = (self.method, {**self.params, **paging})
            items_of = "[items]" if self.method == "crm.item.list" else ""
            after = f"$result[{name}_{n}]{items_of}[{PAGE - 1}][{self.id}]"
        return made

    def take(self, results: Sequence[object]) -> list[Row]:
        """The rows of the pages, and as many steps forward. A None is a page that failed because of the one before it.

        Raises: SourceUnavailable: the portal does not move on.
        """
        taken: list[Row] = []
        for n, result in enumerate(results):
            found = rows(result)
            if result is None or (found and (integer(found[0].get(self.id)) or 0) <= self.last):
                if n == 0:
                    raise SourceUnavailable(NAME, f"{self.method} gave the page before again (ids up to {self.last})")
                self.longest = 1
                break
            if found:
                self.last = integer(found[-1].get(self.id)) or 0
                taken += found
            if len(found) < PAGE:
                self.done = True
                break
        self.chain = min(2 * len(results), self.longest)
        return taken


def items(table: Table, select: Sequence[str], conditions: Mapping[str, Any] | None = None) -> Listing:
    """A list of crm.item.list."""
    return Listing(table, "crm.item.list", {"entityTypeId": table.path, "select": list(select)}, conditions or {})


def rounds(portal: Webhook, listings: Iterable[Listing]) -> Iterator[tuple[Listing, list[Row]]]:
    """Pages of all lists as they come, until each has ended."""
    running = list(listings)
    while running:
        room = BATCH // len(running)
        asked = [listing.calls(f"p{n}", room) for n, listing in enumerate(running)]
        chained = {key for calls in asked for key in list(calls)[1:]}
        replies, _ = portal.batch({key: call for calls in asked for key, call in calls.items()}, may_fail=chained)
        for listing, calls in zip(running, asked, strict=True):
            yield listing, listing.take([replies[key].result if key in replies else None for key in calls])
        running = [listing for listing in running if not listing.done]


def by_ids(portal: Webhook, table: Table, select: Sequence[str], wanted: Iterable[int]) -> Iterator[list[Row]]:
    """Items by their ids, a page of ids at a time; those that are gone by now do not come."""
    ordered = sorted(wanted)
    calls: dict[str, Call] = {}
    for first in range(0, len(ordered), PAGE):
        paging = {"filter": {"@id": ordered[first : first + PAGE]}, "order": {"id": "ASC"}, "start": -1}
        params = {"entityTypeId": table.path, "select": list(select), **paging}
        calls[f"i{first}"] = ("crm.item.list", params)
    if calls:
        replies, _ = portal.batch(calls)
        yield from (rows(reply.result) for reply in replies.values())


def rows(result: object) -> list[Row]:
    """The rows of a reply: a list, or a map with one list in it (`items`, `categories`); `[]` may stand for either."""
    if isinstance(result, dict):
        result = next((value for value in result.values() if isinstance(value, list)), [])
    return [row for row in result if isinstance(row, dict)] if isinstance(result, list) else []


def ids(found: Iterable[Row], name: str = "id") -> set[int]:
    """The ids of rows."""
    return {one for row in found if (one := integer(row.get(name))) is not None}
