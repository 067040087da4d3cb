"""A statement over one relation whose columns another one has: the same statement over that, to be shown to the caller, never run for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyst import guess, likely
from analyst.catalog import Relation
from analyst.parsed import Edit, Mend, Parsed, own
from analyst.places import alias
from analyst.selects import Node, Read, Select, last

_ENOUGH = 2  # columns that must be there, so that one word alone moves nothing


def relations(now: Parsed, reason: str) -> Iterator[Mend]:
    """The statement over a relation of the same matter that has every column which it names, where its own lacks one."""
    told = re.search(r"^there is no column (?:\w+\.)*(\w+)$", reason)
    if told is None:
        return
    for select in now.selects:
        for read in select.reads:
            asked = _asked(select, read)
            lost = not select.blurred and any(not likely.readings(now, read, name) for name in asked)
            if lost and told[1].casefold() in asked:
                yield from _moved(now, read, asked)


def _asked(select: Select, read: Read) -> set[str]:
    """The columns that a SELECT names of a relation: those with its alias, or all where it stands alone."""
    made = {str(item["alias"]).casefold() for item in select.node["select_list"] if item.get("alias")}
    found: set[str] = set()
    for node, _ in own(select.node):
        names = node.get("column_names") if node.get("class") == "COLUMN_REF" else None
        if (names and (len(names) > 1 and str(names[-2]).casefold() == read.alias)) or (
            names and len(names) == 1 and len(select.reads) == 1 and last(node).casefold() not in made
        ):
            found.add(last(node).casefold())
    return found


def _all(asked: set[str], of: Relation, here: Relation) -> bool:
    """Whether a relation has every column that is asked for, and those that the first one has under the same names."""
    known, mine = ({c.name for c in relation.columns} for relation in (of, here))
    return all(name in known if name in mine else len(guess.columns(name, of)) == 1 for name in asked)


def _moved(now: Parsed, read: Read, asked: set[str]) -> Iterator[Mend]:
    """The statement over each of the relations that fit."""
    here = read.relation
    fitting = [
        other
        for name in guess.instead(here.name)
        if (other := now.catalog.relations.get(name)) is not None
        and _callable(other, here)
        and len(asked) >= _ENOUGH
        and _all(asked, other, here)
    ]
    for other in fitting:
        if (where := now.path(read.node)) is not None:
            end = _end(now, read.node, where[1])
            call = other.call(now.as_of)
            if [a.name for a in other.args] == [a.name for a in here.args]:
                call, end = other.name, where[1]
            found = now.mended(
                [Edit(where[0], end, call), *alias(now, read.node, here.name)], [f"{here.name} → {other.name}"]
            )
            yield from (found,) if found is not None else ()


def _callable(other: Relation, here: Relation) -> bool:
    """Whether its arguments are those that the statement gives already, or no more than a day."""
    names = [a.name for a in other.args]
    return names in ([], ["as_of"], [a.name for a in here.args])


def _end(now: Parsed, node: Node, end: int) -> int:
    """Where a call ends; where the name does for a table."""
    span = now.span(node) if "function" in node else None
    bracket = now.sql.rfind(")", end, span[1]) if span else -1
    return bracket + 1 if bracket >= 0 else end
