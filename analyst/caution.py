"""What is likely wrong with a statement although it runs: one function a mistake, each saying in a line what to do instead.

It reads the guard's tree of a statement that has passed. A caution never refuses; it stands in the answer's header beside the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from analyst import ahead, lossy, valued
from analyst.amounts import (
    CLOCK,
    CURRENCIES,
    FLOWS,
    FOREIGN,
    INSTEAD,
    KINDS,
    MONEY,
    MONEY_SIDES,
    ONE_CURRENCY,
    OWED,
    PAID,
    PARTIES,
    STANDING,
    STANDING_IN,
    TEXT_NUMBERS,
    UNUSED,
    WAYS,
    WITHOUT_OWN,
)
from analyst.catalog import Catalog
from analyst.mixtures import by_hand, hoped
from analyst.selects import Select, columns_of, deep, given, is_call, last, literal, selects, type_of
from analyst.sums import Statement, added, united
from analyst.tree import Site, fold

_BY = ("is_flow", "type", "direction", "line_side", "stage_kind", "side", "is_effective")  # what it tells to filter by
_NO_AMOUNTS = ("DATE", "TIMESTAMP", "VARCHAR", "BOOLEAN")
TOLD = 3  # cautions of one answer at most


def of(sites: Sequence[Site], catalog: Catalog, as_of: str) -> tuple[str, ...]:
    """What to tell the asker of a statement; empty when nothing looks wrong. as_of: the snapshot's day."""
    statement = Statement(sites[0].node, selects(sites, catalog), catalog, as_of)
    try:
        told = dict.fromkeys(line for rule in RULES for line in rule(statement))
    except (KeyError, TypeError, AttributeError, IndexError):
        return ()  # a shape of the parse that the rules were not written for: it has passed the guard, so it runs without advice
    return tuple(told)[:TOLD]


def mixed_kinds(now: Statement) -> Iterator[str]:
    """Amounts of opposite or unlike kinds added up: documents of every type, money in and out, debit and credit."""
    for select in now.selects:
        signed = any(is_call(node, "-") for call in select.sums for node in deep(given(call.node)))
        mixed = not signed and _both_ways(select)
        for column, read in added(select, "sum", "avg"):
            apart = KINDS.get(read.relation.name)
            if mixed and last(column) in FLOWS and read.relation.name in ("doc", "pay"):
                yield f"money in and money out are added up: filter one type, or {INSTEAD[read.relation.name]}"
            if apart and MONEY.search(last(column)) and not apart & select.told and not signed:
                by = next(k for k in _BY if k in apart)
                yield f"{read.relation.name} holds unlike rows that add up to nothing: filter {by}, or {INSTEAD.get(read.relation.name, 'see its card')}"


def _both_ways(select: Select) -> bool:
    """Whether a list or a pattern of types in WHERE lets money in and money out pass, and nothing tells them apart."""
    apart = [
        select.node.get("group_expressions"),
        select.node.get("select_list"),
        [s.node.get("filter") for s in select.sums],
    ]
    if {"type", "direction"} & {last(c) for c in columns_of(apart)}:
        return False
    for node in deep([select.node.get("where_clause")]):
        parts = [*(node.get("children") or ()), *(given(node) if node.get("function_name") == "~~" else ())]
        if len(parts) > 1 and parts[0].get("class") == "COLUMN_REF" and last(parts[0]) in ("type", "direction"):
            told = [literal(part) for part in parts[1:]]
            if all(any(_likes(one, kind) for one in told for kind in way) for way in WAYS):
                return True
    return False


def _likes(pattern: str, text: str) -> bool:
    """Whether a literal is this text, or a pattern of LIKE that it fits and a sale does not."""
    if "%" not in pattern:
        return pattern == text
    form = ".*".join(map(re.escape, pattern.split("%")))
    return bool(re.fullmatch(form, text)) and not re.fullmatch(form, "sale")


def requests_to_pay(now: Statement) -> Iterator[str]:
    """Customer invoices (счёт на оплату) added up as if they were revenue or debt."""
    for select in now.selects:
        summed = [read for _, read in added(select, "sum", "avg") if read.relation.name == "doc"]
        kinds = (literal(node) for node in deep([select.node.get("where_clause")]))
        if summed and any(_likes(kind, "invoice_out") for kind in kinds):
            yield "an invoice_out is a request to pay, neither revenue nor debt: metric revenue, ar_total or invoice_status"


def inactive(now: Statement) -> Iterator[str]:
    """Documents that do not count, counted."""
    for select in now.selects:
        names = {read.relation.name for read in select.reads}
        if "doc_inactive" in names and any(read.relation.name == "doc_inactive" for _, read in added(select)):
            yield "doc_inactive holds drafts and deleted documents: they are part of no total"
            return
    if {"doc", "doc_inactive"} <= {read.relation.name for s in now.selects for read in s.reads} and united(
        now, {"doc"}, {"doc_inactive"}
    ):
        yield "doc_inactive holds drafts and deleted documents: leave them out of doc"


def clock(now: Statement) -> Iterator[str]:
    """The clock of the engine instead of the day that the mirror speaks of."""
    for node in now.nodes:
        bare = node.get("class") == "COLUMN_REF" and len(node["column_names"]) == 1 and last(node) in CLOCK
        if bare or is_call(node, *CLOCK) or (is_call(node, "age") and len(given(node)) == 1):
            yield f"the mirror speaks of {now.as_of}, not of today: write DATE '{now.as_of}'"
            return


def repeated(now: Statement) -> Iterator[str]:
    """A sum over rows that a join has repeated."""
    for select in now.selects:
        for column, read in added(select, "sum", "avg"):
            if type_of(read, column).startswith(_NO_AMOUNTS):
                continue
            for other in select.reads:
                told = select.fixed(other) | select.grouped_by(other)
                if other is not read and not other.once and other.keys and not other.keys <= told:
                    yield f"the join repeats rows of {read.relation.name} ({other.relation.name} has several a match): {last(column)} is counted twice; sum {other.relation.name} in a subquery first"
                    break


def netted(now: Statement) -> Iterator[str]:
    """Advances or credits taken off what is owed."""
    made: dict[str, set[str]] = {}
    for item in (item for select in now.selects for item in select.node["select_list"] if item.get("alias")):
        made.setdefault(fold(str(item["alias"])), set()).update(last(c) for c in columns_of(item))
    for node in now.nodes:
        if is_call(node, "-") and len(given(node)) == 2:  # noqa: PLR2004 (its two sides)
            named = [{last(c) for c in deep(side) if c.get("class") == "COLUMN_REF"} for side in given(node)]
            left, right = (side.union(*(made.get(name, set()) for name in side)) for side in named)
            if (left & OWED and right & UNUSED) or (left & UNUSED and right & OWED):
                yield "advances and credits are not netted against debt: show them beside it (metric ar_total, advances_total); by contract: credit_exposure"
                return


def mixed_currencies(now: Statement) -> Iterator[str]:
    """Amounts of several currencies added up."""
    for select in now.selects:
        for column, read in added(select, "sum", "avg"):
            name = last(column)
            if FOREIGN.search(name) and read.relation.name not in ONE_CURRENCY and not CURRENCIES & select.told:
                better = next(
                    (c for c in (name.replace("_doc", "_kzt"), f"{name}_kzt") if c in read.names and c != name), ""
                )
                yield f"{name} is in the currency of its row: {f'sum {better}, or ' if better else ''}group or filter by currency"


def mean_of_ratios(now: Statement) -> Iterator[str]:
    """A mean of ratios or percentages."""
    for select in now.selects:
        for call in select.sums:
            if call.name in ("avg", "mean"):
                ratio = any(
                    last(c).endswith("_ratio") or last(c) in ("vat_rate", "probability", "score")
                    for c in columns_of(given(call.node))
                )
                divided = any(is_call(node, "/") for node in deep(given(call.node)) if any(columns_of(node)))
                if ratio or divided:
                    yield "a mean of ratios is not the ratio: divide the sums, sum(a) / sum(b)"


def standing(now: Statement) -> Iterator[str]:
    """What stands at a moment added up over several moments."""
    line = "a balance at several moments does not add up: take one day, or group by the day"
    for select in now.selects:
        for column, read in added(select):
            if (
                last(column) in STANDING
                and read.relation.name in STANDING_IN
                and not {"first_day", "last_day", "day", "month_from"} & select.told
            ):
                yield line
            days = {last(c) for a in read.given for c in columns_of(a)}
            if days and not days & select.told and (len(select.reads) > 1 or select.blurred):
                yield line
        source = select.node.get("from_table") or {}
        if source.get("type") == "SUBQUERY" and not select.grouped and any(c.name == "sum" for c in select.sums):
            days_of: dict[str, set[str]] = {}
            for node in deep(source):
                call = node.get("function") if node.get("type") == "TABLE_FUNCTION" else None
                if call and len(call["arguments"]) == 1:
                    days_of.setdefault(fold(call["function_name"]), set()).add(
                        literal(call["arguments"][0]["expression"])
                    )
            if any(len(days) > 1 and "" not in days for days in days_of.values()) and any(
                n.get("type") == "SET_OPERATION_NODE" for n in deep(source)
            ):
                yield line


def twice_paid(now: Statement) -> Iterator[str]:
    """The bank's line and the payment of 1C added up: the same money twice."""
    if united(now, *MONEY_SIDES):
        yield "a bank line and a payment of 1C are the same money seen twice: take one of them; bank_rec and metric bank_reconciliation hold them together"


def own_entities(now: Statement) -> Iterator[str]:
    """A company total that counts what own entities owe each other."""
    for select in now.selects:
        for column, read in added(select):
            if (
                "is_intercompany" in read.names
                and MONEY.search(last(column))
                and not PARTIES & select.told
                and not select.blurred
            ):
                yield f"own entities are in this total: AND NOT is_intercompany; or metric {WITHOUT_OWN.get(read.relation.name, 'ar_total')}"


def numbers_as_text(now: Statement) -> Iterator[str]:
    """Numbers of documents compared as text, or a short number looked for among whole ones."""
    ordered = {
        "COMPARE_GREATERTHAN",
        "COMPARE_LESSTHAN",
        "COMPARE_GREATERTHANOREQUALTO",
        "COMPARE_LESSTHANOREQUALTO",
        "COMPARE_BETWEEN",
    }
    for node in now.nodes:
        if is_call(node, "max", "min") and any(last(c) in TEXT_NUMBERS - {"bin_iin"} for c in columns_of(given(node))):
            yield "a number of a document is text: its greatest is not the newest; order by doc_date"
        kind = node.get("type")
        if kind not in ordered and kind not in ("COMPARE_EQUAL", "COMPARE_IN"):
            continue
        sides = [s for s in (node.get("left"), node.get("input"), node.get("right")) if isinstance(s, Mapping)]
        sides += node.get("children") or () if kind == "COMPARE_IN" else ()
        named = [last(s) for s in sides if s.get("class") == "COLUMN_REF" and last(s) in TEXT_NUMBERS]
        if not named or (len(named) > 1 and kind == "COMPARE_EQUAL"):
            continue
        if kind in ordered:
            yield f"{named[0]} is text: '9' stands after '10'; compare with =, or order by doc_date"
        elif (
            kind in ("COMPARE_EQUAL", "COMPARE_IN")
            and named[0] in ("number", "doc_number")
            and any(re.fullmatch(r"\d{1,6}", literal(s)) for s in sides)
        ):
            yield f"{named[0]} has leading zeros or a prefix: use number_short = '…', or metric invoice_status"


def later_payments(now: Statement) -> Iterator[str]:
    """Debt of a past day beside payments without an end: those made after it are counted, too."""
    past = {
        day
        for s in now.selects
        for r in s.reads
        for a in r.given
        if r.relation.name in ("ar_open", "ap_open", "ageing", "ap_ageing")
        and re.fullmatch(r"\d{4}-\d\d-\d\d", day := literal(a))
        and day < now.as_of
    }
    for select in now.selects:
        less = any(
            is_call(n, "-") and {last(c) for c in columns_of(given(n))} & {"sum_doc", "sum_kzt"}
            for n in deep([select.node["select_list"]])
        )
        for _, read in added(select):
            date = PAID.get(read.relation.name, "")
            if date and date not in select.told and (past or (read.relation.name == "settlement" and less)):
                yield f"{read.relation.name} goes on after the day asked for: filter {date} <= that day; what was owed on a day: ar_open(day)"


RULES: tuple[Callable[[Statement], Iterator[str]], ...] = (
    requests_to_pay, mixed_kinds, inactive, repeated, netted, twice_paid, standing, mixed_currencies, later_payments,
    hoped, by_hand, valued.never, valued.weekdays, clock, numbers_as_text, mean_of_ratios, *lossy.RULES, own_entities, ahead.entered_ahead,
)  # fmt: skip
