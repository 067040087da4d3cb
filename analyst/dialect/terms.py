"""Words, types and signs of other engines in the spelling of this one, where they stand alone; whole clauses are in clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from analyst.dialect.pieces import Piece, around, low

Notes = dict[str, None]
_TYPES: Mapping[str, str] = {
    "money": "DECIMAL(19,4)", "unsigned": "UBIGINT", "varchar2": "VARCHAR", "nvarchar2": "VARCHAR", "float64": "DOUBLE", "datetime2": "TIMESTAMP",
}  # fmt: skip
# Words that the grammar takes for a unit or a join where an alias without AS stands.
_UNIT_WORDS = frozenset(
    f"{unit}{s}" for unit in ("day", "month", "year", "hour", "minute", "second", "week", "quarter") for s in ("", "s")
)
_JOINS = frozenset({"join", "left", "right", "inner", "full"})
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_GROUP = re.compile(r"\d{3}")
_THIN = (" ", "\u00a0", "\u202f", "\u2009")  # what stands between the thousands of a number
_BARE = ("limit", "default", "check")
_ORDER = frozenset("<>=")
_SIGNS = frozenset("<>=+-*/")
_RESERVED = frozenset({"limit", "order", "group", "offset", "end", "default", "check", "table", "to"})


def _reserved(pieces: list[Piece], notes: Notes) -> None:
    """A word of the grammar where only a column can stand: between commas, or beside a sign."""
    for at, piece in enumerate(pieces):
        before, after = around(pieces, at, -1), around(pieces, at, 1)
        if piece.low not in _RESERVED or before is None:
            continue
        opened = pieces[before].text in (",", ".") or low(pieces, before) == "select"
        closed = after is not None and (pieces[after].text == "," or low(pieces, after) in ("from", "as"))
        if piece.low in _BARE and (
            pieces[before].text in _SIGNS or (after is not None and pieces[after].text in _ORDER)
        ):
            notes[f"{piece.text}: a column"] = None
            piece.text, piece.low = f"{piece.text}_", ""  # no name yet: what it means is read with the other names
        elif opened and closed:
            piece.kind, piece.text, piece.low = "name", f'"{piece.text}"', ""
            notes[f"{piece.text} in quotes"] = None


def _words(pieces: list[Piece], notes: Notes) -> None:
    """Single words: MINUS, FROM dual, PREWHERE, aliases that the grammar takes for a unit."""
    for at, piece in enumerate(pieces):
        before, after = around(pieces, at, -1), around(pieces, at, 1)
        if piece.low == "minus" and low(pieces, after) in ("select", "with"):
            piece.text = "EXCEPT"
            notes["MINUS → EXCEPT"] = None
        elif piece.low == "prewhere":
            piece.text = "WHERE"
            notes["PREWHERE → WHERE"] = None
        elif piece.low == "dual" and before is not None and low(pieces, before) == "from":
            pieces[before].text = piece.text = ""
            notes["FROM dual: left out"] = None
        elif piece.low == "r" and at + 1 < len(pieces) and pieces[at + 1].kind == "text":
            piece.text = ""  # a text is raw here
            notes["r'…' → '…'"] = None
        elif piece.low == "sysdate" and (after is None or pieces[after].kind != "("):
            _sysdate(pieces, at)
            notes[f"SYSDATE → {piece.text}"] = None
        elif piece.low in _UNIT_WORDS and before is not None and _ends(pieces, after) and _is_operand(pieces, before):
            notes[f'{piece.text} → AS "{piece.text}"'] = None
            piece.text = f'AS "{piece.text}"'
        elif piece.low == "asof" and low(pieces, after) not in _JOINS:
            piece.text = '"asof"'
            notes['asof → "asof"'] = None


def _sysdate(pieces: list[Piece], at: int) -> None:
    """SYSDATE, and SYSDATE - 30: a moment, moved by whole days."""
    sign = around(pieces, at, 1)
    number = around(pieces, sign, 1) if sign is not None and pieces[sign].text in ("+", "-") else None
    pieces[at].text = "now()"
    if sign is not None and number is not None and pieces[number].text.isdigit():
        pieces[at].text = f"(now() {pieces[sign].text} INTERVAL ({pieces[number].text}) day)"
        for n in range(at + 1, number + 1):
            pieces[n].text, pieces[n].kind = "", "space"


def _numbers(pieces: list[Piece], notes: Notes) -> None:
    """1 000 000, and 2025-10-01 without quotes."""
    for at, piece in enumerate(pieces):
        if piece.kind != "word" or not piece.text.isdigit():
            continue
        if (day := _DAY.fullmatch("".join(p.text for p in pieces[at : at + 5]))) and (
            not at or pieces[at - 1].text not in "-."
        ):
            notes[f"{day[0]} → DATE '{day[0]}'"] = None
            piece.text = f"DATE '{day[0]}'"
            for part in pieces[at + 1 : at + 5]:
                part.text, part.kind, part.low = "", "space", ""
            continue
        end = at
        while end + 2 < len(pieces) and pieces[end + 1].text in _THIN and _GROUP.fullmatch(pieces[end + 2].text):
            end += 2
        before = around(pieces, at, -1)
        led = (
            before is None
            or pieces[before].kind in ("sign", "mark")
            or pieces[before].low in ("and", "between", "then", "else", "limit")
        )
        if end > at and led and len(piece.text) <= len("000"):
            whole = "".join(p.text for p in pieces[at : end + 1 : 2])
            notes[f"{''.join(p.text for p in pieces[at : end + 1])} → {whole}"] = None
            piece.text = whole
            for part in pieces[at + 1 : end + 1]:
                part.text, part.kind, part.low = "", "space", ""


def _signs(pieces: list[Piece], notes: Notes) -> None:
    """&& of MySQL between conditions, and its <=>."""
    for at in range(len(pieces) - 1):
        texts = [p.text for p in pieces[at : at + 3]]
        if texts[:2] == ["&", "&"]:
            pieces[at].text, pieces[at + 1].text = "AND", ""
            notes["&& → AND"] = None
        elif texts == ["<", "=", ">"]:
            pieces[at].text, pieces[at + 1].text, pieces[at + 2].text = "IS NOT DISTINCT FROM", "", ""
            notes["<=> → IS NOT DISTINCT FROM"] = None


def _idle(pieces: list[Piece], notes: Notes) -> None:
    """Words that change nothing in what is only read: FOR UPDATE, SQL_CALC_FOUND_ROWS, FINAL after a relation."""
    for at, piece in enumerate(pieces):
        after = around(pieces, at, 1)
        locking = piece.low == "for" and low(pieces, after) in ("update", "share")
        counting = piece.low in ("sql_calc_found_rows", "sql_no_cache", "straight_join") and low(pieces, around(pieces, at, -1)) == "select"  # fmt: skip
        if locking and after is not None and {p.text for p in pieces[after + 1 :] if p.kind != "space"} <= {";"}:
            notes[f"{piece.text} {pieces[after].text}: left out"] = None
            piece.text = pieces[after].text = ""
        elif counting:
            notes[f"{piece.text}: left out"] = None
            piece.text = ""


def _ends(pieces: list[Piece], after: int | None) -> bool:
    return after is None or pieces[after].text in (",", ";") or low(pieces, after) == "from"


def _is_operand(pieces: list[Piece], at: int) -> bool:
    """Whether a value ends here that is not the number of an INTERVAL."""
    before = low(pieces, around(pieces, at, -1))
    ended = pieces[at].kind in ("word", "name", "(", "call") and pieces[at].low not in ("select", "as", "by", "from")
    return ended and before != "interval"


def _types(pieces: list[Piece], notes: Notes) -> None:
    """Types of other engines after AS and after ::."""
    for at, piece in enumerate(pieces):
        before, after = around(pieces, at, -1), around(pieces, at, 1)
        if before is None or (pieces[before].low != "as" and pieces[before].text != ":"):
            continue
        if piece.low == "number" and after is not None and pieces[after].kind == "(":
            piece.text = "DECIMAL"
            notes["NUMBER → DECIMAL"] = None
        elif piece.low in _TYPES:
            notes[f"{piece.text} → {_TYPES[piece.low]}"] = None
            piece.text = _TYPES[piece.low]
        elif piece.low.endswith("varchar") and after is not None and pieces[after].text.lower() == "(max)":
            pieces[after].text = ""
            notes[f"{piece.text}(MAX) → VARCHAR"] = None


# By the words and signs that a level must hold; none for any level.
TERMS: tuple[tuple[frozenset[str], Callable[[list[Piece], Notes], None]], ...] = (
    (frozenset(), _numbers),
    (frozenset("&<"), _signs),
    (frozenset({"for", "sql_calc_found_rows", "sql_no_cache", "straight_join"}), _idle),
    (frozenset({*_TYPES, "number", "varchar", "nvarchar"}), _types),
    (frozenset({"minus", "prewhere", "dual", "sysdate", "asof", "r", *_UNIT_WORDS}), _words),
    (_RESERVED, _reserved),
)
