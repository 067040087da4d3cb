"""What does not belong in one number: hopes with debts, documents with payments. Rules of analyst.caution."""

from __future__ import annotations

from collections.abc import Iterator

from analyst.amounts import DOCUMENTED, HOPES
from analyst.selects import Node, Select, columns_of, deep, given, is_call, last
from analyst.sums import Statement, names, united


def hoped(now: Statement) -> Iterator[str]:
    """What is owed and what deals may bring, in one sum."""
    if united(now, *HOPES):
        yield "deals are hopes, not debts: show the pipeline beside the expected cash, never in one sum"


def by_hand(now: Statement) -> Iterator[str]:
    """Debt as documents less payments: returns, offsets, write-offs and advances are left out of it."""
    read = names(now.root)
    for select in now.selects if "doc" in read and read & {"pay", "settlement"} else ():
        for node in deep(select.node["select_list"]):
            if is_call(node, "-") and len(given(node)) == 2:  # noqa: PLR2004 (its two sides)
                left, right = (names(side) | _read(select, side) for side in given(node))
                if left & {"doc"} and right & {"pay", "settlement"} and not left & right:
                    yield "documents less payments is not what is owed: returns, offsets and advances are missing; ar_open(day) or metric ar_total"
                    return


def _read(select: Select, part: Node) -> set[str]:
    owners = (select.owner(c) for c in columns_of([part]) if last(c) in DOCUMENTED)
    return {read.relation.name for read in owners if read is not None}
