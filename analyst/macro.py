"""Calls of macros as people write them: days as text, arguments left out, named otherwise, or told in WHERE, each put as the macro takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyst import bounds, lexer
from analyst.catalog import Argument, Relation
from analyst.dialect import pieces
from analyst.parsed import Edit, Mend, Parsed, own
from analyst.selects import last, literal
from analyst.tree import Site, fold

WINDOW = "90"  # days of sales that the certified metrics of turnover look back on
HORIZON = "30"  # days that the certified forecast looks ahead
BEGINNING = "2000-01-01"  # before any mirror
COMPARED = "'previous'"  # the period that the certified change of sales is held against
_ISO = re.compile(r"""(?:'|")(\d{4}-\d\d-\d\d)(?:'|")""")
_DOTTED = re.compile(r"""(?:'|")(\d\d)\.(\d\d)\.(\d{4})(?:'|")""")
_PACKED = re.compile(r"'?((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])'?")
_NOW = frozenset({"current_date", "current_timestamp", "localtimestamp"})
_NAMED = re.compile(r"(\w+)\s*(:=|=>|=(?!=))\s*(.+)", re.DOTALL)
_MOVED = re.compile(r"\bINTERVAL\b|\bdate_trunc\b|\bstrptime\b|\bnow\s*\(|\bTIMESTAMP\b|::timestamp", re.IGNORECASE)
_STARTS, _ENDS = ("from", "start", "begin"), ("to", "end", "till", "until")
_DAYS_TOLD = frozenset({"as_of", "asof", "as_of_date", "date", "report_date", "snapshot_date", "on_date", "дата"})


def arguments(now: Parsed, reason: str) -> Mend | None:
    """Every macro of a statement with the arguments that it takes."""
    return _called(now, reason, likely=False)


def completed(now: Parsed, reason: str) -> Iterator[Mend]:
    """The same with what was left out as the example of its card."""
    if (found := _called(now, reason, likely=True)) is not None:
        yield found


def _called(now: Parsed, reason: str, *, likely: bool) -> Mend | None:
    mistyped = re.search(r"^(\w+) takes \(", reason)
    edits: list[Edit] = []
    notes: dict[str, None] = {}
    for site in now.tree.sites:
        name = (site.path[-1:] or [""])[0] if site.kind == "BASE_TABLE" else ""
        if site.kind == "TABLE_FUNCTION":
            name = fold(str(site.node["function"]["function_name"]))
        relation = now.catalog.relations.get(name)
        where = now.path(site.node)
        if relation is None or relation.kind != "macro" or where is None or name in site.scope:
            continue
        end, given = _given(now.sql, where[1]) if site.kind == "TABLE_FUNCTION" else (where[1], [])
        told = [*_from_where(now, site, relation, likely=likely)] if not given else []
        values = [edit.text for edit in told if edit.start < 0]
        made = _arguments(now, relation, values or given, cast=bool(mistyped and mistyped[1] == relation.name))
        if likely and (made is None or (given and list(made) == given)):
            made = _filled(now, relation, values or given)
        if made is None or list(made) == given:
            continue
        edits += [Edit(where[1], end, f"({', '.join(made)})"), *(edit for edit in told if edit.start >= 0)]
        notes |= dict.fromkeys(_notes(relation, given, made))
    return Mend(now.edited(edits), tuple(notes)) if edits else None


def _notes(relation: Relation, given: Sequence[str], made: Sequence[str]) -> Iterator[str]:
    """What was changed in a call; a day that was only written as text is not worth a word."""
    plain = [f"DATE {value}" for value in given]
    if list(made) != plain:
        yield f"{relation.name}({', '.join(given)}) → {relation.name}({', '.join(made)})"
    else:
        yield f"{', '.join(given)} → {', '.join(made)}"


def _given(sql: str, at: int) -> tuple[int, list[str]]:
    """The end of a call whose bracket opens at or after a place, and its arguments."""
    bracket = sql.index("(", at)
    depth, end = 0, bracket
    for token in lexer.tokens(sql[bracket:]):
        end += len(token.text)
        if token.kind == "mark" and token.text in "([{)]}":
            depth += 1 if token.text in "([{" else -1
            if depth == 0:
                break
    return end, pieces.nested(lexer.tokens(sql[bracket:end]))[0].args


def _arguments(now: Parsed, relation: Relation, given: Sequence[str], *, cast: bool) -> list[str] | None:
    """The arguments of a call in order; None where one is missing that cannot be told."""
    wanted = relation.args
    named = [_NAMED.fullmatch(value) for value in given]
    if any(named):
        if (ordered := _ordered(wanted, given, named)) is None:
            return None
        given = ordered
    given = bounds.ends(given, [a.type.upper() for a in wanted]) or given
    if len(given) > len(wanted):
        return None
    made = [_value(now, value, wanted[n], cast=cast) for n, value in enumerate(given)]
    rest = wanted[len(made) :]
    left = {"as_of": f"DATE '{now.as_of}'", "window_days": WINDOW, "horizon": HORIZON, "compare": COMPARED}
    return [*made, *(left[a.name] for a in rest)] if all(a.name in left for a in rest) else None


def _filled(now: Parsed, relation: Relation, given: Sequence[str]) -> list[str] | None:
    """Arguments as far as they are given, and the examples of the header for the rest.

    A period where a day is wanted ends on its last; one that is not told at all is the whole time.
    """
    if len(given) > len(relation.args) or any(_NAMED.fullmatch(value) for value in given):
        return None
    days = [
        f"DATE '{min(str(period.last), now.as_of)}'"
        if a.type.upper() == "DATE" and (period := bounds.named(value))
        else value
        for value, a in zip(given, relation.args, strict=False)
    ]
    ends = {"period_from": f"DATE '{BEGINNING}'", "period_to": f"DATE '{now.as_of}'"}
    rest = [ends.get(a.name) or a.example(now.as_of, relation.kind) for a in relation.args[len(days) :]]
    return _arguments(now, relation, [*days, *rest], cast=False)


def _ordered(
    wanted: Sequence[Argument], given: Sequence[str], named: Sequence[re.Match[str] | None]
) -> list[str] | None:
    """Named arguments in the order of the header; names of their own are taken where only one thing can be meant."""
    if not all(named):
        return None
    told = {m[1].lower(): m[3].strip() for m in named if m}
    if told.keys() <= {a.name for a in wanted}:
        # The engine knows these names; only the sign between is its own.
        return (
            [told[a.name] for a in wanted if a.name in told]
            if [*told] == [a.name for a in wanted][: len(told)]
            else None
        )
    values = list(told.values())
    if len(given) == len(wanted) == 1:
        return values if told.keys() <= _DAYS_TOLD else None
    dates = len(given) == len(wanted) == len(_STARTS[:2]) and all(a.type.upper() == "DATE" for a in wanted)
    first, second = ([*told, "", ""])[:2]
    if dates and any(w in first for w in _STARTS) and any(second.endswith(w) or w in second.split("_") for w in _ENDS):
        return values
    return None


def _value(now: Parsed, value: str, argument: Argument, *, cast: bool) -> str:
    """One value as a macro takes it."""
    if argument.type.upper() != "DATE":
        return value
    if iso := _ISO.fullmatch(value):
        return f"DATE '{iso[1]}'"
    if packed := _PACKED.fullmatch(value):
        return f"DATE '{packed[1]}-{packed[2]}-{packed[3]}'"
    if dotted := _DOTTED.fullmatch(value):
        return f"DATE '{dotted[3]}-{dotted[2]}-{dotted[1]}'"
    tokens = list(lexer.tokens(value))
    if any(t.kind == "word" and t.text.lower() in _NOW for t in tokens):
        # A column of the engine's clock is refused here; what stands now is what stood on the day of the data.
        value = "".join(f"DATE '{now.as_of}'" if t.text.lower() in _NOW else t.text for t in tokens)
        value = value.replace(f"DATE '{now.as_of}'()", f"DATE '{now.as_of}'")
    value = _qualified(now, value)
    whole = re.fullmatch(r"DATE\s+'[^']*'|CAST\(.*AS\s+DATE\)|.*::date", value, re.IGNORECASE | re.DOTALL)
    whole = whole or re.fullmatch(r"-?[\d.]+|'[^']*'", value)  # no day, whatever its type
    return value if whole or not (cast or _MOVED.search(value)) else f"CAST({value} AS DATE)"


def _qualified(now: Parsed, value: str) -> str:
    """An argument with each bare column named with the one alias outside that gives it."""
    made: list[str] = []
    tokens = list(lexer.tokens(value))
    for at, token in enumerate(tokens):
        before, after = (tokens[n].text if 0 <= n < len(tokens) else "" for n in (at - 1, at + 1))
        named = before not in (".", "::") and after not in (
            ".",
            "(",
        )  # no function, no type, no column of a known alias
        bare = token.kind == "word" and named and not token.text[0].isdigit()
        holder = _holder(now, fold(token.text)) if bare else ""
        made.append(f"{holder}.{token.text}" if holder else token.text)
    return "".join(made)


def _holder(now: Parsed, column: str) -> str:
    """The one alias outside that gives a column; empty where there is not exactly one."""
    aliases = {alias for select in now.selects for alias, known in now.given(select) if column in known and alias}
    aliases |= {
        r.alias for select in now.selects for r in select.reads if column in r.names and r.relation.kind == "table"
    }
    return aliases.pop() if len(aliases) == 1 else ""


def _from_where(now: Parsed, site: Site, relation: Relation, *, likely: bool) -> Iterator[Edit]:
    """A macro without arguments whose day, or whose period, its WHERE tells: the values (before the text), and what goes from WHERE.

    likely: a period without an end goes up to the snapshot's day.
    """
    select = next((s for s in now.selects if any(n is site.node for n, _ in own(s.node.get("from_table")))), None)
    if select is None or len(select.reads) + select.blurred > 1:
        return
    conditions = list(bounds.conjunction(select.node.get("where_clause")))
    types = [a.type.upper() for a in relation.args]
    if types == ["DATE"]:
        for node in conditions:
            sides = node.get("left") or {}, node.get("right") or {}
            named = sides[0].get("class") == "COLUMN_REF" and last(sides[0]) in _DAYS_TOLD
            span = now.span(node)
            told = node.get("type") == "COMPARE_EQUAL" and named and bounds.DAY.fullmatch(literal(sides[1]))
            if told and span and last(sides[0]) not in {c.name for c in relation.columns}:
                yield Edit(-1, -1, f"DATE '{literal(sides[1])}'")
                yield Edit(*span, "TRUE")
                return
    elif types == bounds.PERIOD:
        first, final = bounds.asked(conditions, relation)
        final = final or (now.as_of if likely else "")
        if first and final:
            yield from (Edit(-1, -1, f"DATE '{day}'") for day in (first, final))
