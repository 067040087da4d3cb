"""The compact card of a relation or metric: what an agent needs before its first statement, within a budget that tests hold with a tokenizer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analyst.catalog import Relation
from analyst.metrics import Metric
from analyst.result import dumps
from analyst.snapshot import Snapshot

CARD = 222  # pieces of a compact card; its tokens are at most a seventh more
NAMED = 24  # columns of a relation that has many more
MEANING = 60  # letters of a column's meaning in a compact card
SUMMARY = 215
# What a tokenizer makes about one token of. The server has none; the tests have two and hold the budgets.
_PIECES = re.compile(r"[a-z]+(?=kzt)|[A-Za-z]{1,7}|\d{1,3}|[^\w\s]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CLAUSE = re.compile(r"[;:(.]\s|[;:(.]$|\s\(")
_VALUE = r"(?!or\b)[a-z0-9_+-]+(?: \([^)]*\))?"
_VALUES = re.compile(
    rf"{_VALUE}(?:, {_VALUE}){{2,}}(?:,? or {_VALUE})?|{_VALUE}(?:, {_VALUE})*,? or {_VALUE}(?=$|[;:,.])"
)
_TYPE = re.compile(r"[;,] DECIMAL\([0-9, ]+\)")
_SAYS_NOTHING = frozenset({"a", "an", "and", "as", "by", "document", "documents", "every", "for", "id", "in", "is", "it", "its", "iso", "letter", "code", "name", "number", "of", "on", "own", "entity", "short", "the", "to", "what", "with", "tenge", "same"})  # fmt: skip


def relation(
    snapshot: Snapshot, what: Relation, rows: Sequence[Sequence[Any]], same_name: Metric | None
) -> dict[str, Any]:
    """A relation within CARD: every column by name, its meaning where the name does not say it, a row of the trusted columns if it fits.

    same_name: the metric that is called like it, if any.
    """
    day = snapshot.as_of.isoformat()
    card = _told(
        {
            "as_of": day,
            "stale": snapshot.stale,
            "relation": what.call(day),
            "is": _clipped(what.summary, SUMMARY),
            "grain": what.grain,
            "units": "" if what.units == "none" else _clipped(_TYPE.sub("", what.units), 80),
            "rows": what.rows,
            "arguments": ", ".join(f"{a.name} {a.type.lower()}".strip() for a in what.args)
            if _needs_telling(what)
            else "",
            "metric": same_name.example() if same_name else "",
        }
    )
    columns = [(c.name, c.description, c.untrusted) for c in what.columns]
    if len(columns) > NAMED + 2:
        card["more"] = f'{len(columns) - NAMED} columns more: "full":true'
        columns = columns[:NAMED]
    else:
        card["more"] = '"full":true'
    card["columns"], room = _columns(columns, CARD - _size(card))
    if rows and _size(rows[0]) + 3 <= room:
        card["sample"] = rows[0]
    return card


def _needs_telling(what: Relation) -> bool:
    """Whether its call alone does not say what its arguments are: anything but one day, or the two ends of a period."""
    return any(a.type.lower() != "date" for a in what.args)


def metric(snapshot: Snapshot, what: Metric) -> dict[str, Any]:
    """A metric within CARD: what it is, how to call it, what comes back."""
    card = _told(
        {
            "as_of": snapshot.as_of.isoformat(),
            "metric": what.label,
            "is": _clipped(what.summary, SUMMARY),
            "unit": _clipped(what.unit, 60),
            "basis": _clipped(what.basis, 60),
            "formula": _clipped(what.formula, 170),
            "arguments": ", ".join(p.told() for p in what.parameters),
            "call": what.example(),
        }
    )
    card["more"] = '"full":true'
    columns = [(c.name, c.description, c.untrusted) for c in what.columns]
    if _size(card) + _names_size(columns) > CARD:
        card.pop("formula", None)  # many columns: their names say more than how they are reckoned
    card["columns"], _ = _columns(columns, CARD - _size(card))
    return card


def _told(card: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in card.items() if value not in (None, "", [], {})}


def _size(part: Any) -> int:
    """Pieces of a part of a card: about its tokens."""
    text = part if isinstance(part, str) else dumps(part)
    return len(_PIECES.findall(text)) + len(_FOREIGN.findall(text)) * 3 // 5


def _clipped(text: str, limit: int) -> str:
    """As many whole sentences as fit, at least one, which may be cut."""
    kept = ""
    for sentence in re.split(r"(?<=[.])\s", text):
        if kept and len(kept) + len(sentence) + 1 > limit:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= limit else kept[:limit].rsplit(" ", 1)[0] + "…"


def _columns(columns: Sequence[tuple[str, str, bool]], room: int) -> tuple[str, int]:
    """Every name, with meanings as far as the room goes: first where values are listed, then in order. Also what room is left."""
    meanings = [_meaning(name, text) for name, text, _ in columns]
    marks = [" [untrusted]" if untrusted else "" for *_, untrusted in columns]
    room -= _names_size(columns)
    shown: dict[int, str] = {}
    for i in sorted(range(len(columns)), key=lambda i: not _VALUES.match(columns[i][1])):
        told = meanings[i]
        if _size(told) + 1 > room and _VALUES.match(columns[i][1]):
            told = _cut_list(told, room)
        if told and (cost := _size(told) + 1) <= room:
            room -= cost
            shown[i] = told
    return "; ".join(
        f"{name}{mark}{': ' + shown[i] if i in shown else ''}"
        for i, ((name, *_), mark) in enumerate(zip(columns, marks, strict=True))
    ), room


def _names_size(columns: Sequence[tuple[str, str, bool]]) -> int:
    return sum(_size(name) + (3 if untrusted else 0) + 1 for name, _, untrusted in columns) + 4


def _cut_list(told: str, room: int) -> str:
    """As many of the listed values as fit, with a sign that there are more; empty when not one does."""
    values = told.split(", ")
    for kept in range(len(values) - 1, 0, -1):
        if _size(cut := f"{', '.join(values[:kept])}, …") + 1 <= room:
            return cut
    return ""


def _meaning(name: str, text: str) -> str:
    """The first clause of a column's description; empty when the name says as much."""
    if listed := _VALUES.match(text):
        return re.sub(r" \([^)]*\)", "", listed[0])
    clause = _CLAUSE.split(text, maxsplit=1)[0].strip()
    known = {*name.split("_"), *_SAYS_NOTHING}
    words = re.findall(r"\w+", clause.lower())
    if all(word in known or word.rstrip("s") in known for word in words):
        return ""
    return clause if len(clause) <= MEANING else clause[:MEANING].rsplit(" ", 1)[0] + "…"
