"""Sums that go past the day of the mirror: documents that 1C holds with a later date count in them, and the asker means until now."""

from __future__ import annotations

from collections.abc import Iterator

from analyst.amounts import HAPPENS, MONEY
from analyst.selects import Read, Select, columns_of, deep, last
from analyst.sums import Statement, added

# What bounds a day, by the side of the comparison that the column stands on.
_LESS = frozenset({"COMPARE_LESSTHAN", "COMPARE_LESSTHANOREQUALTO"})
_MORE = frozenset({"COMPARE_GREATERTHAN", "COMPARE_GREATERTHANOREQUALTO"})
_BOTH = frozenset({"COMPARE_EQUAL", "COMPARE_IN", "COMPARE_BETWEEN", "COMPARE_NOT_DISTINCT_FROM"})


def entered_ahead(now: Statement) -> Iterator[str]:
    """A total, or money since a day, without a last day: over a relation that has later days than the mirror's.

    Lists by party and the like are left alone: a few documents seldom change what they are asked for.
    """
    for select in now.selects:
        beyond = [(read, day, end) for read in select.reads for day, end in _later(read, now.as_of)]
        if not beyond or not select.sums or _tells(select, {day for _, day, _ in beyond}):
            continue
        summed = {id(read) for column, read in added(select) if MONEY.search(last(column))}
        for read, day, end in beyond:
            begins, ends = _bounds(select, read, day) if id(read) in summed else (False, True)
            if not ends and (begins or not select.grouped):
                yield f"{read.relation.name} goes on to {end}, entered ahead: for what was until now, {day} <= DATE '{now.as_of}'"


def _later(read: Read, as_of: str) -> Iterator[tuple[str, str]]:
    """The column of the day on which a relation's rows happen and its last day, where that lies after the mirror's."""
    day = HAPPENS.get(read.relation.name, "")
    return ((day, c.latest) for c in read.relation.columns if c.name == day and c.latest > as_of)


def _tells(select: Select, days: set[str]) -> bool:
    """Whether the rows show their days, or are of one document."""
    inside = {id(c) for call in select.sums for c in call.columns}
    parts = [select.node["select_list"], select.node.get("group_expressions")]
    shown = {last(c) for c in columns_of(parts) if id(c) not in inside}
    one = {"doc_id", "number", "number_short"}
    return bool((days | one) & shown or one & select.told)


def _bounds(select: Select, read: Read, day: str) -> tuple[bool, bool]:
    """Whether a filter, that of a sum too, says a first day and a last day."""

    def names(part: object) -> bool:
        return any(last(c) == day and select.owner(c) in (read, None) for c in columns_of(part))

    begins = ends = False
    conditions = [select.clauses, [call.node.get("filter") for call in select.sums]]
    for node in (n for n in deep(conditions) if n.get("type") in _LESS | _MORE | _BOTH):
        left, right = names([node.get("left"), node.get("input"), node.get("children")]), names(node.get("right"))
        both = node["type"] in _BOTH and (left or right)
        less = node["type"] in _LESS
        ends |= both or (left if less else right)
        begins |= both or (right if less else left)
    return begins, ends
