"""Clauses of other engines in the spelling of this one: each function puts one kind right among the pieces of a level, and notes what it did."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from analyst.pieces import Piece, around, joined, low

Notes = dict[str, None]
_TYPES: Mapping[str, str] = {
    "money": "DECIMAL(19,4)", "varchar2": "VARCHAR", "nvarchar2": "VARCHAR", "float64": "DOUBLE", "datetime2": "TIMESTAMP",
}  # fmt: skip
# Words that the grammar takes for a unit or a join where an alias without AS stands.
_UNIT_WORDS = frozenset(
    [
        "day",
        "days",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "week",
        "weeks",
        "quarter",
        "quarters",
    ]
)
_SETS = frozenset({"union", "except", "intersect", "minus"})
_RESERVED = frozenset({"limit", "order", "group", "offset", "end", "default", "check", "table", "to"})
_COUNTING = frozenset({"count", "sum", "avg", "min", "max", "distinct", "group", "order", "union", "or"})


def _top(pieces: list[Piece], notes: Notes) -> None:
    """SELECT TOP 10 …: LIMIT 10 at the end."""
    for at in [n for n, p in enumerate(pieces) if p.low == "top"][:1]:
        if low(pieces, around(pieces, at, -1)) not in ("select", "distinct", "all"):
            return
        number = around(pieces, at, 1)
        count = pieces[number].text.strip("( )") if number is not None else ""
        after = low(pieces, around(pieces, number, 1)) if number is not None else ""
        if number is None or not count.isdigit() or after in ("percent", "with") or _SETS & {p.low for p in pieces}:
            return
        del pieces[at : number + 1]
        end = next((n for n, p in enumerate(pieces) if p.text == ";"), len(pieces))
        pieces.insert(end, Piece("call", f"\nLIMIT {count}"))
        notes[f"TOP {count} → LIMIT {count}"] = None


def _reserved(pieces: list[Piece], notes: Notes) -> None:
    """A word of the grammar where only a column can stand: between commas."""
    for at, piece in enumerate(pieces):
        before, after = around(pieces, at, -1), around(pieces, at, 1)
        if piece.low in _RESERVED and before is not None and after is not None:
            opened = pieces[before].text in (",", ".") or low(pieces, before) == "select"
            if opened and (pieces[after].text == "," or low(pieces, after) in ("from", "as")):
                piece.kind, piece.text, piece.low = "name", f'"{piece.text}"', ""
                notes[f"{piece.text} in quotes"] = None


def _limit(pieces: list[Piece], notes: Notes) -> None:
    """LIMIT 20, 10: ten rows after twenty."""
    for at, piece in enumerate(pieces):
        if piece.low == "limit":
            places = [n for n in range(at + 1, len(pieces)) if pieces[n].kind != "space"][:3]
            first, comma, second = ([pieces[n].text for n in places] + ["", "", ""])[:3]
            if comma == "," and first.isdigit() and second.isdigit():
                pieces[places[0] : places[2] + 1] = [Piece("call", f"{second} OFFSET {first}")]
                notes[f"LIMIT {first}, {second} → LIMIT {second} OFFSET {first}"] = None


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
        elif piece.low == "sysdate" and (after is None or pieces[after].kind != "("):
            piece.text = "now()"
            notes["SYSDATE → now()"] = None
        elif piece.low in _UNIT_WORDS and before is not None and _ends(pieces, after) and _is_operand(pieces, before):
            notes[f'{piece.text} → AS "{piece.text}"'] = None
            piece.text = f'AS "{piece.text}"'
        elif piece.low == "asof" and low(pieces, after) != "join":
            piece.text = '"asof"'
            notes['asof → "asof"'] = None


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


def _group(pieces: list[Piece], notes: Notes) -> None:
    """STRING_AGG(x, ', ') WITHIN GROUP (ORDER BY y): the order inside the call."""
    for at, piece in enumerate(pieces):
        if piece.low not in ("string_agg", "listagg", "group_concat"):
            continue
        places = [n for n in range(at + 1, len(pieces)) if pieces[n].kind != "space"][:4]
        shape = [pieces[n].low or pieces[n].kind for n in places]
        if shape == ["(", "within", "group", "("]:
            given, order = pieces[places[0]], pieces[places[3]]
            given.text = f"{given.text[:-1]} {order.text[1:-1]})"
            for n in places[1:]:
                pieces[n].text, pieces[n].kind = "", "space"
            notes["WITHIN GROUP → ORDER BY inside the call"] = None


def _apply(pieces: list[Piece], notes: Notes) -> None:
    """CROSS APPLY and OUTER APPLY."""
    for at, piece in enumerate(pieces):
        before, after = around(pieces, at, -1), around(pieces, at, 1)
        if piece.low != "apply" or before is None or after is None or pieces[after].kind != "(":
            continue
        if pieces[before].low == "cross":
            piece.text = "JOIN LATERAL"
        elif pieces[before].low == "outer" and (alias := _alias(pieces, after)) is not None:
            pieces[before].text, piece.text = "LEFT", "JOIN LATERAL"
            pieces[alias].text += " ON true"
        else:
            continue
        notes[f"{pieces[before].low.upper() or 'OUTER'} APPLY → LATERAL"] = None


def _alias(pieces: list[Piece], at: int) -> int | None:
    after = around(pieces, at, 1)
    if low(pieces, after) == "as" and after is not None:
        after = around(pieces, after, 1)
    return after if after is not None and pieces[after].kind in ("word", "name") else None


def _rownum(pieces: list[Piece], notes: Notes) -> None:
    """WHERE … ROWNUM <= 10 at the end of a SELECT that neither counts nor sorts."""
    if _COUNTING & {p.low for p in pieces}:
        return
    for at in [n for n, p in enumerate(pieces) if p.low == "rownum"][-1:]:
        rest = [p for p in pieces[at + 1 :] if p.kind != "space" and p.text != ";"]
        told = re.fullmatch(r"(<=?)(\d+)", "".join(p.text for p in rest))
        before = around(pieces, at, -1)
        if told and low(pieces, before) in ("where", "and") and before is not None:
            count = int(told[2]) - (told[1] == "<")
            pieces[before:] = [Piece("call", f"\nLIMIT {count}")]
            notes[f"ROWNUM → LIMIT {count}"] = None


def _likes(pieces: list[Piece], notes: Notes) -> None:
    """X ILIKE ANY (ARRAY['a', 'b']): one condition for each."""
    for at, piece in enumerate(pieces):
        if piece.low not in ("like", "ilike"):
            continue
        word = around(pieces, at, 1)
        given = around(pieces, word, 1) if word is not None and pieces[word].low == "any" else None
        start = around(pieces, at, -1)
        if given is None or start is None or pieces[given].kind != "(" or pieces[start].kind not in ("word", "name"):
            continue
        while start > 1 and pieces[start - 1].text == "." and pieces[start - 2].kind in ("word", "name"):
            start -= 2
        patterns = pieces[given].args
        listed = next((p for p in pieces[given].inside if p.kind == "["), None)
        if listed is not None:
            patterns = listed.args
        if low(pieces, around(pieces, start, -1)) == "not" or not all(p.startswith("'") for p in patterns):
            continue
        side = joined(pieces[start:at]).strip()
        text = " OR ".join(f"{side} {piece.text} {pattern}" for pattern in patterns)
        pieces[start : given + 1] = [Piece("call", f"({text})")]
        notes[f"{piece.text} ANY → OR"] = None
        return


def _rollup(pieces: list[Piece], notes: Notes) -> None:
    """GROUP BY a, b WITH ROLLUP."""
    words = [(at, p) for at, p in enumerate(pieces) if p.kind != "space"]
    lows = [p.low for _, p in words]
    for n in range(len(words) - 1):
        if lows[n : n + 2] == ["with", "rollup"] and "group" in lows[:n]:
            start = n - 1 - lows[:n][::-1].index("group")
            if lows[start + 1] == "by" and start + 2 < n:
                first, last = words[start + 2][0], words[n][0]
                text = joined(pieces[first:last]).strip()
                pieces[first : words[n + 1][0] + 1] = [Piece("call", f"ROLLUP ({text})")]
                notes["WITH ROLLUP → ROLLUP (…)"] = None
            return


def _tables(pieces: list[Piece], notes: Notes) -> None:
    """FROM TABLE(f(x)), WITH (NOLOCK), DATE "2026-01-31"."""
    for at, piece in enumerate(pieces):
        after = around(pieces, at, 1)
        if after is None:
            continue
        if (
            piece.low == "table"
            and pieces[after].kind == "("
            and low(pieces, around(pieces, at, -1)) in ("from", "join")
        ):
            piece.text, pieces[after].text = "", pieces[after].text[1:-1]
            notes["TABLE(…): left out"] = None
        elif piece.low == "with" and pieces[after].text.lower() == "(nolock)":
            piece.text = pieces[after].text = ""
            notes["WITH (NOLOCK): left out"] = None
        elif piece.low in ("date", "timestamp", "interval") and pieces[after].text.startswith('"'):
            pieces[after].text = "'" + pieces[after].text[1:-1] + "'"
            notes[f"{piece.text.upper()} \"…\" → '…'"] = None


CLAUSES: tuple[tuple[frozenset[str], Callable[[list[Piece], Notes], None]], ...] = (
    (frozenset({"table", "with", "date", "timestamp", "interval"}), _tables),
    (frozenset({*_TYPES, "number", "varchar", "nvarchar"}), _types),
    (frozenset({"within"}), _group),
    (frozenset({"rollup"}), _rollup),
    (frozenset({"apply"}), _apply),
    (frozenset({"like", "ilike"}), _likes),
    (frozenset({"rownum"}), _rownum),
    (frozenset({"minus", "prewhere", "dual", "sysdate", "asof", *_UNIT_WORDS}), _words),
    (_RESERVED, _reserved),
    (frozenset({"limit"}), _limit),
    (frozenset({"top"}), _top),
)
