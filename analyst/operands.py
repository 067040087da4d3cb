"""Values that do not fit what they are held against, where another engine makes them fit by itself: local dates, dates as text, text added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analyst import lexer
from analyst.fields import LIKES, sides
from analyst.parsed import Edit, Mend, Parsed, own
from analyst.selects import Node, Select, literal

_DOTTED = re.compile(r"(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.((?:19|20)\d\d)")
_CAST = re.compile(rf"\b(DATE\s+|CAST\(\s*)'{_DOTTED.pattern}'|'{_DOTTED.pattern}'(?=::date\b)", re.IGNORECASE)
_DAYS = re.compile(r"(?:EXTRACT\s*\(\s*DAY\s+FROM|DATE_PART\s*\(\s*'day'\s*,)\s*(.+)\)", re.IGNORECASE | re.DOTALL)

Change = tuple[Edit, str]


def days(now: Parsed, reason: str) -> Mend | None:
    """31.01.2026 held against a date or cast to one: nobody writes the month first with dots."""
    del reason
    changes = [*_cast(now), *(change for select in now.selects for change in _compared(now, select))]
    return now.mended((edit for edit, _ in changes), (note for _, note in changes))


def _cast(now: Parsed) -> Iterator[Change]:
    for cast in _CAST.finditer(now.sql):
        if day := _DOTTED.search(cast[0]):
            iso = f"{day[3]}-{day[2]}-{day[1]}"
            yield Edit(*cast.span(), f"{cast[1] or ''}'{iso}'"), f"'{day[0]}' → {iso}"


def _compared(now: Parsed, select: Select) -> Iterator[Change]:
    for node, _ in own(select.node):
        parts = sides(node)
        if node.get("function_name") in LIKES or not any(_is_day(select, part) for part in parts):
            continue
        for part in parts:
            day = _DOTTED.fullmatch(literal(part)) if part.get("class") == "CONSTANT" else None
            if day and (where := now.span(part)):
                iso = f"{day[3]}-{day[2]}-{day[1]}"
                yield Edit(*where, f"DATE '{iso}'"), f"'{day[0]}' → {iso}"


def patterns(now: Parsed, reason: str) -> Mend | None:
    """A date held against a pattern of text: as the text that it is shown as."""
    del reason
    edits: list[Edit] = []
    for select in now.selects:
        for node, _ in own(select.node):
            side = sides(node)[0] if node.get("function_name") in LIKES else {}
            if _is_day(select, side) and (where := now.path(side)):
                edits.append(Edit(*where, f"CAST({now.sql[slice(*where)]} AS VARCHAR)"))
    return now.mended(edits, ["LIKE on a date → CAST(… AS VARCHAR)"])


def counted(now: Parsed, reason: str) -> Mend | None:
    """The days of the difference of two dates, which is a number of days already."""
    if "date_part(" not in reason or "BIGINT" not in reason:
        return None
    edits: list[Edit] = []
    for site in now.tree.sites:
        span = now.span(site.node) if site.node.get("function_name") == "date_part" else None
        if span and (of := _DAYS.fullmatch(now.sql[slice(*span)])):
            edits.append(Edit(*span, f"({of[1]})"))
    return now.mended(edits, ["EXTRACT(DAY FROM a - b) → (a - b)"])


def joined(now: Parsed, reason: str) -> Mend | None:
    """Texts joined with +, as SQL Server does: here that adds numbers."""
    if not re.search(r"^no function fits \+\(.*(?:VARCHAR|STRING)", reason):
        return None
    edits: list[Edit] = []
    at, solid = 0, list[tuple[int, lexer.Token]]()
    for token in lexer.tokens(now.sql):
        if token.kind != "space":
            solid.append((at, token))
        at += len(token.text)
    for (_, before), (place, sign) in pairwise(solid):
        after = next((t for start, t in solid if start > place), None)
        if sign.text == "+" and (before.kind == "text" or (after is not None and after.kind == "text")):
            edits.append(Edit(place, place + 1, "||"))
    return now.mended(edits, ["+ of texts → ||"])


def _is_day(select: Select, part: Node) -> bool:
    if part.get("class") != "COLUMN_REF" or (read := select.owner(part)) is None:
        return False
    known = {c.name: c.type.upper() for c in read.relation.columns}
    return known.get(str(part["column_names"][-1]).lower(), "").startswith(("DATE", "TIMESTAMP"))
