"""Which columns of an answer hold text from outside, whatever they were renamed to on the way.

It follows names, not values, and errs on the side of the mark: whatever is made of an untrusted column, or of a whole row that has one, is
untrusted under its new name too. Only what cannot hold text (numbers, dates, truth) is left unmarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from analyst.tree import Site, fold

ALL = "**"
_WORD = re.compile(r"\w+")
_TEXTLESS = re.compile(
    r"(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL\(.*|FLOAT|DOUBLE|BOOLEAN|DATE|TIME.*|INTERVAL|UUID)",
    re.IGNORECASE,
)


def _read(part: Any) -> set[str]:
    """Every name that an expression reads; ALL for a star."""
    if isinstance(part, list):
        return set().union(*map(_read, part))
    if not isinstance(part, dict):
        return set()
    found = {fold(name) for name in part.get("column_names", ())} if part.get("class") == "COLUMN_REF" else set()
    if part.get("class") == "STAR":
        found.add(ALL)
    return found.union(*(_read(value) for value in part.values() if isinstance(value, dict | list)))


def _renames(sites: Sequence[Site]) -> list[tuple[set[str], set[str]]]:
    """Pairs of new names and the names they are made of."""
    pairs = []
    for site in sites:
        node = site.node
        new = {fold(node["alias"])} if node.get("alias") else set()
        if "class" in node:
            if new:
                pairs.append((new, _read(node)))
            continue
        listed = {
            fold(name) for name in node.get("column_name_alias") or node.get("aliases") or () if isinstance(name, str)
        }
        if site.kind == "BASE_TABLE":
            pairs.append((new | listed, {"*" + name for name in site.path[-1:]}))
        elif site.kind == "TABLE_FUNCTION":
            pairs.append((new | listed, {"*" + fold(node["function"]["function_name"])}))
        elif listed or new:
            pairs.append((listed | new, _read(node)))
        if site.kind == "PIVOT":
            pairs.append(({fold(name) for name in node.get("unpivot_names") or ()}, _read(node)))
    return pairs


def names(sites: Sequence[Site], outside: Iterable[str], holders: Iterable[str]) -> frozenset[str]:
    """All names that stand for untrusted text somewhere in a statement. outside: untrusted columns; holders: relations that have some."""
    tainted = {fold(name) for name in outside}
    if not tainted:
        return frozenset()
    wholes = {ALL} | {"*" + fold(name) for name in holders}
    pairs = _renames(sites)
    while True:
        more = {name for new, made_of in pairs if made_of & (tainted | wholes) for name in new} - tainted
        if not more:
            return frozenset(tainted)
        tainted |= more


def marked(described: Iterable[tuple[str, str]], tainted: frozenset[str]) -> tuple[str, ...]:
    """The output columns to mark: names and types of all of them against the tainted names."""
    if not tainted:
        return ()
    return tuple(
        sorted(
            {
                n
                for n, kind in described
                if not _TEXTLESS.fullmatch(kind) and tainted & {fold(w) for w in _WORD.findall(n)}
            }
        )
    )
