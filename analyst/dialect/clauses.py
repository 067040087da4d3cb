"""Clauses of other engines in the spelling of this one: each function puts one kind right among the pieces of a level, and notes what it did."""

from __future__ import annotations

import re
from collections.abc import Callable

from analyst.dialect.pieces import Piece, around, joined, low
from analyst.dialect.terms import Notes

_SETS = frozenset({"union", "except", "intersect", "minus"})
_TAILED = frozenset({"lag", "lead", "first_value", "last_value", "nth_value", "ratio_to_report", "percentile_cont", "percentile_disc"})  # fmt: skip
_AFTER_WINDOWS = frozenset({"order", "limit", "offset", "fetch", *_SETS})
_SIGN = re.compile(r"(?<=[a-z] )([+-]) +(?=\d)", re.IGNORECASE)  # between two parts of an interval
_COUNTING = frozenset({"count", "sum", "avg", "min", "max", "distinct", "group", "order", "union", "or"})


def _top(pieces: list[Piece], notes: Notes) -> None:
    """SELECT TOP 10 …: LIMIT 10 at the end."""
    for at in [n for n, p in enumerate(pieces) if p.low == "top"][:1]:
        if low(pieces, around(pieces, at, -1)) not in ("select", "distinct", "all"):
            return
        number = around(pieces, at, 1)
        count = pieces[number].text.strip("( )") if number is not None else ""
        after = low(pieces, around(pieces, number, 1)) if number is not None else ""
        if number is None or not count.isdigit() or after == "percent" or _SETS & {p.low for p in pieces}:
            return
        if after == "with":
            _ties(pieces, at, number, count, notes)
            return
        del pieces[at : number + 1]
        end = next((n for n, p in enumerate(pieces) if p.text == ";"), len(pieces))
        pieces.insert(end, Piece("call", f"\nLIMIT {count}"))
        notes[f"TOP {count} → LIMIT {count}"] = None


def _order(pieces: list[Piece]) -> tuple[int, int] | None:
    """Where the ORDER BY of a level begins, and where what it sorts by does; None where there is none."""
    for at, piece in enumerate(pieces):
        by = around(pieces, at, 1)
        if piece.low == "order" and by is not None and pieces[by].low == "by":
            return at, by + 1
    return None


def _ties(pieces: list[Piece], at: int, number: int, count: str, notes: Notes) -> None:
    """SELECT TOP 10 WITH TIES …: the rows whose rank is at most ten."""
    end = next((n for n in range(number, len(pieces)) if pieces[n].low == "ties"), None)
    if end is None or (order := _order(pieces)) is None or {"group", "distinct"} & {p.low for p in pieces}:
        return
    last = next((n for n, p in enumerate(pieces) if p.text == ";"), len(pieces))
    by = joined(pieces[order[1] : last]).strip()
    pieces.insert(order[0], Piece("call", f"QUALIFY rank() OVER (ORDER BY {by}) <= {count}\n"))
    del pieces[at : end + 1]
    notes[f"TOP {count} WITH TIES → QUALIFY rank()"] = None


def _limit_by(pieces: list[Piece], notes: Notes) -> None:
    """LIMIT 3 BY type of ClickHouse: the first three rows of each."""
    for at, piece in enumerate(pieces):
        number = around(pieces, at, 1)
        by = around(pieces, number, 1) if number is not None else None
        if piece.low != "limit" or number is None or by is None or pieces[by].low != "by":
            continue
        if not pieces[number].text.isdigit() or (order := _order(pieces)) is None or _SETS & {p.low for p in pieces}:
            return
        end = next(
            (n for n in range(by, len(pieces)) if pieces[n].text == ";" or pieces[n].low == "limit"), len(pieces)
        )
        sorted_by, of = joined(pieces[order[1] : at]).strip(), joined(pieces[by + 1 : end]).strip()
        count = pieces[number].text
        del pieces[at:end]
        kept = f"QUALIFY row_number() OVER (PARTITION BY {of} ORDER BY {sorted_by}) <= {count}\n"
        pieces.insert(order[0], Piece("call", kept))
        notes[f"LIMIT {count} BY {of} → QUALIFY"] = None
        return


def _limit(pieces: list[Piece], notes: Notes) -> None:
    """LIMIT 20, 10: ten rows after twenty."""
    for at, piece in enumerate(pieces):
        if piece.low == "limit":
            places = [n for n in range(at + 1, len(pieces)) if pieces[n].kind != "space"][:3]
            first, comma, second = ([pieces[n].text for n in places] + ["", "", ""])[:3]
            if comma == "," and first.isdigit() and second.isdigit():
                pieces[places[0] : places[2] + 1] = [Piece("call", f"{second} OFFSET {first}")]
                notes[f"LIMIT {first}, {second} → LIMIT {second} OFFSET {first}"] = None


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


def _tails(pieces: list[Piece], notes: Notes) -> None:
    """Calls with something between them and OVER: IGNORE NULLS, WITHIN GROUP; and RATIO_TO_REPORT, which is a share of the window."""
    for at, piece in enumerate(pieces):
        if piece.low not in _TAILED:
            continue
        places = [n for n in range(at + 1, len(pieces)) if pieces[n].kind != "space"][:6]
        shape = [pieces[n].low or pieces[n].kind for n in places]
        if shape[:2] == ["(", "ignore"] and shape[2:4] == ["nulls", "over"]:
            pieces[places[0]].text = f"{pieces[places[0]].text[:-1]} IGNORE NULLS)"
            for n in places[1:3]:
                pieces[n].text, pieces[n].kind = "", "space"
            notes[f"{piece.text}(…) IGNORE NULLS → inside the call"] = None
        elif piece.low == "ratio_to_report" and shape[:3] == ["(", "over", "("]:
            of, window = pieces[places[0]].text, pieces[places[2]].text
            pieces[at : places[2] + 1] = [Piece("call", f"({of} / nullif(sum{of} OVER {window}, 0))")]
            notes["RATIO_TO_REPORT → x / sum(x) OVER"] = None
            return
        elif piece.low.startswith("percentile_") and shape[:5] == ["(", "within", "group", "(", "over"]:
            share, order = pieces[places[0]].text[1:-1], pieces[places[3]].text[1:-1]
            told = re.fullmatch(r"\s*ORDER\s+BY\s+(.+?)(\s+DESC|\s+ASC)?\s*", order, re.IGNORECASE | re.DOTALL)
            if told is None or "," in told[1]:
                continue
            share = f"1 - {share}" if (told[2] or "").strip().upper() == "DESC" else share
            kind = piece.low.removeprefix("percentile_")
            pieces[at : places[3] + 1] = [Piece("call", f"quantile_{kind}({told[1]}, {share})")]
            notes[f"{piece.text} WITHIN GROUP → quantile_{kind}"] = None
            return


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


def _windows(pieces: list[Piece], notes: Notes) -> None:
    """QUALIFY … WINDOW w AS (…), as BigQuery and Snowflake write it: the windows come first here."""
    kept = next((n for n, p in enumerate(pieces) if p.low == "qualify"), len(pieces))
    at = next((n for n in range(kept, len(pieces)) if pieces[n].low == "window"), None)
    if at is None:
        return
    end = next(
        (n for n in range(at, len(pieces)) if pieces[n].low in _AFTER_WINDOWS or pieces[n].text == ";"), len(pieces)
    )
    named = pieces[at:end]
    del pieces[at:end]
    pieces[kept:kept] = [*named, Piece("space", " ")]
    notes["QUALIFY … WINDOW → WINDOW … QUALIFY"] = None


def _spans(pieces: list[Piece], notes: Notes) -> None:
    """INTERVAL '1 month - 1 day' of PostgreSQL: the sign stands before its number here."""
    for at, piece in enumerate(pieces):
        after = around(pieces, at, 1)
        if piece.low != "interval" or after is None or pieces[after].kind != "text":
            continue
        if (told := _SIGN.sub(r"\1", pieces[after].text).replace("+", "")) != pieces[after].text:
            notes[f"{pieces[after].text} → {told}"] = None
            pieces[after].text = told


def _places(pieces: list[Piece], notes: Notes) -> None:
    """list[OFFSET(0)] of BigQuery: places are counted from 1 here."""
    for piece in pieces:
        solid = [p for p in piece.inside if p.kind != "space"] if piece.kind == "[" else []
        word, place = (solid[0].low, solid[1].text.strip("() ")) if len(solid) == len(("offset", "(0)")) else ("", "")
        if word in ("offset", "safe_offset", "ordinal", "safe_ordinal") and place.isdigit():
            told = f"[{int(place) + word.endswith('offset')}]"
            notes[f"{piece.text} → {told}"] = None
            piece.text = told


# By the words that a level must hold.
CLAUSES: tuple[tuple[frozenset[str], Callable[[list[Piece], Notes], None]], ...] = (
    (frozenset({"table", "with", "date", "timestamp", "interval"}), _tables),
    (frozenset({"within"}), _group),
    (frozenset({"rollup"}), _rollup),
    (frozenset({"apply"}), _apply),
    (frozenset({"like", "ilike"}), _likes),
    (frozenset({"rownum"}), _rownum),
    (frozenset({"ignore", "ratio_to_report", "percentile_cont", "percentile_disc"}), _tails),
    (frozenset({"limit"}), _limit_by),
    (frozenset({"limit"}), _limit),
    (frozenset({"top"}), _top),
    (frozenset({"qualify"}), _windows),
    (frozenset({"interval"}), _spans),
    (frozenset(), _places),
)
