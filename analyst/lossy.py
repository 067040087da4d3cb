"""Sums that lose something on the way, and days that the mirror does not know: more cautions, each of one mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analyst.amounts import MONEY
from analyst.selects import Node, Read, Select, columns_of, deep, given, last, literal
from analyst.tree import fold

if TYPE_CHECKING:
    from analyst.sums import Statement

SUMS = frozenset({"sum", "fsum", "sum_no_overflow"})
ROUGH = frozenset(
    {"double", "float", "real", "float4", "float8", "int", "integer", "int4", "bigint", "int8", "hugeint"}
)
QUANTITIES = frozenset({"available", "base_qty", "incoming", "not_reserved", "on_hand", "ordered", "qty", "reserved"})
GOODS = frozenset({"article", "code", "item", "item_id", "name", "unit"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def days_unknown(now: Statement) -> Iterator[str]:
    """A macro asked for a day after the mirror's, or for a period whose ends are swapped."""
    ahead = {"cash_in_daily", "exposure_days", "atp"}  # these speak of days to come
    for read in (read for select in now.selects for read in select.reads):
        days = [day for argument in read.given if _DAY.fullmatch(day := literal(argument))]
        if len(days) > 1 and days[0] > days[1]:
            yield f"{read.relation.name} is asked for a period that ends before it begins: swap its two days"
        elif days and max(days) > now.as_of and read.relation.name not in ahead:
            yield f"{read.relation.name} is asked for {max(days)}, and the mirror ends on {now.as_of}: of the days between it knows next to nothing"


def _amounts(select: Select) -> Iterator[tuple[Node, Node, Read]]:
    """Every sum of money: the call, the column in it, and the relation it is of."""
    for call in select.sums:
        if call.name in SUMS:
            for column in columns_of(given(call.node)):
                if (read := select.owner(column)) is not None and MONEY.search(last(column)):
                    yield call.node, column, read


def equal_amounts(now: Statement) -> Iterator[str]:
    """Equal amounts counted once: a sum of DISTINCT ones, or over a UNION of bare amounts."""
    for select in now.selects:
        for call, column, _ in _amounts(select):
            if call.get("distinct"):
                yield f"sum(DISTINCT {last(column)}) counts equal amounts once: leave DISTINCT out"
        source = _subquery(select)
        if not source or source.get("type") != "SET_OPERATION_NODE" or source.get("setop_type") != "UNION":
            continue
        arms = source.get("children") or [source.get("left") or {}, source.get("right") or {}]
        bare = all(len(arm.get("select_list") or "12") == 1 for arm in arms)
        if bare and not source.get("setop_all") and any(call.name in SUMS for call in select.sums):
            yield "UNION drops equal amounts before they are added up: write UNION ALL"


def first_rows(now: Statement) -> Iterator[str]:
    """A sum over a LIMIT without an order: over whatever rows came first."""
    for select in now.selects:
        kinds = {part.get("type") for part in (_subquery(select) or {}).get("modifiers") or ()}
        if "LIMIT_MODIFIER" in kinds and "ORDER_MODIFIER" not in kinds and any(c.name in SUMS for c in select.sums):
            yield "this adds up whatever rows came first: leave the LIMIT out, or order before it"


def rough_money(now: Statement) -> Iterator[str]:
    """Money added up as a binary fraction or as whole tenge."""
    for select in now.selects:
        for call, column, _ in _amounts(select):
            casts = (
                part for part in deep(given(call)) if part.get("class") == "CAST" and column in list(columns_of(part))
            )
            if any(fold(str((part.get("type_expr") or {}).get("type_name"))) in ROUGH for part in casts):
                yield f"{last(column)} loses tiyn in this type: sum it as it is, a DECIMAL"


def moments(now: Statement) -> Iterator[str]:
    """A timestamp held against a day: the last day is left out but for its midnight."""
    for select in now.selects:
        timed = {
            c.name for read in select.reads for c in read.relation.columns if c.type.upper().startswith("TIMESTAMP")
        }
        for node in deep([select.node.get("where_clause")]):
            upper, inside = node.get("upper"), node.get("input")
            if node.get("type") == "COMPARE_EQUAL":
                upper, inside = node.get("right"), node.get("left")
            if node.get("type") in ("COMPARE_LESSTHANOREQUALTO", "COMPARE_LESSTHANOREQUAL"):
                upper, inside = node.get("right"), node.get("left")
            if (
                isinstance(inside, Mapping)
                and inside.get("class") == "COLUMN_REF"
                and last(inside) in timed
                and re.fullmatch(r"\d{4}-\d\d-\d\d", literal(upper or {}))
            ):
                yield f"{last(inside)} is a moment: up to {literal(upper or {})} leaves out most of that day; cast it, {last(inside)}::DATE"


def unlike_goods(now: Statement) -> Iterator[str]:
    """Quantities of unlike goods added up: tonnes and pieces."""
    for select in now.selects:
        for call in select.sums:
            for column in columns_of(given(call.node)) if call.name in SUMS else ():
                read = select.owner(column)
                if (
                    read is not None
                    and "item_id" in read.names
                    and last(column) in QUANTITIES
                    and not GOODS & select.told
                ):
                    yield f"{last(column)} of goods in unlike units does not add up: group or filter by item_id or unit"


def _subquery(select: Select) -> Node | None:
    """The query that a SELECT reads, where it reads one and nothing else."""
    source = select.node.get("from_table") or {}
    inner = (source.get("subquery") or {}).get("node") if source.get("type") == "SUBQUERY" else None
    return inner if isinstance(inner, Mapping) else None


RULES = (days_unknown, moments, equal_amounts, first_rows, rough_money, unlike_goods)
