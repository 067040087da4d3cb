"""Virtual tables of the accounting register: Balance, Turnovers, BalanceAndTurnovers.

`Balance(Period=t)` takes what was before the moment t. Turnovers take StartPeriod ≤ Period ≤ EndPeriod.
`$select` groups: figures are summed over the dimensions that were not asked for.
A balance of an active account lies in Dr and of a passive one in Cr, whatever its sign; otherwise the sign decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

from sync.standins.company.model import Entry
from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books, currency_ref
from sync.standins.onec.field import UNDEFINED, EntitySet, Field, Function, number
from sync.standins.onec.sums import Asked, Key, Totals, group
from sync.standins.onec.vocabulary import guid

RESOURCES = ("Сумма", "ВалютнаяСумма")
CONDITIONS = (("AccountCondition", "Edm.String"), ("Condition", "Edm.String"), ("ExtraDimensions", "Edm.String"))
SPAN = (("EndPeriod", "Edm.DateTime"), ("StartPeriod", "Edm.DateTime"))

# per figure of a table: suffix, and which span's numbers it shows
BALANCE = (("Balance", 0), ("BalanceDr", 0), ("BalanceCr", 0))
TURNOVER = (("Turnover", 0), ("TurnoverDr", 0), ("TurnoverCr", 0))
BOTH = (
    ("OpeningBalance", 0),
    ("OpeningBalanceDr", 0),
    ("OpeningBalanceCr", 0),
    ("Turnover", 1),
    ("TurnoverDr", 1),
    ("TurnoverCr", 1),
    ("ClosingBalance", 2),
    ("ClosingBalanceDr", 2),
    ("ClosingBalanceCr", 2),
)

Rows = tuple[tuple[Field, ...], list[dict[str, Any]]]
Link = Callable[[tuple[str, str]], tuple[str, str]]


def ledger_functions(books: Books, sets: dict[str, EntitySet], link: Link) -> tuple[Function, ...]:
    """Return the virtual tables. `link` gives (guid, set) of a dimension's (kind, guid)."""
    dimensions = _dimensions(link)

    def totals() -> Totals:
        coarse = ("Account_Key", "Организация_Key", "Валюта_Key")
        return books.made("ledger", lambda: Totals(books.entries, books.entry_times, dimensions, _parts, coarse))

    def balance(params: dict[str, str], select: tuple[str, ...]) -> Rows:
        made = totals()
        return _table(made, [made.before(params, "Period")], BALANCE, Asked(params, select, sets))

    def turnovers(params: dict[str, str], select: tuple[str, ...]) -> Rows:
        made = totals()
        return _table(made, [made.window(params)], TURNOVER, Asked(params, select, sets))

    def both(params: dict[str, str], select: tuple[str, ...]) -> Rows:
        made = totals()
        low, high = made.window(params)
        return _table(made, [(0, low), (low, high), (0, high)], BOTH, Asked(params, select, sets))

    return (
        Function("Balance", (*CONDITIONS, ("Period", "Edm.DateTime")), dimensions + _figures(BALANCE), balance),
        Function("Turnovers", (*CONDITIONS, *SPAN), dimensions + _figures(TURNOVER), turnovers),
        Function("BalanceAndTurnovers", (*CONDITIONS, *SPAN), dimensions + _figures(BOTH), both),
    )


def _parts(entry: Entry) -> Iterator[tuple[Key, tuple[int, ...]]]:
    """Yield the two sides of an entry as (account, org, currency, dimensions) and (Dr, Cr, currency Dr, currency Cr)."""
    total = entry.total
    yield (
        (entry.debit, entry.org, entry.debit_currency, entry.debit_dims),
        (total, 0, entry.debit_total or 0, 0),
    )
    yield (
        (entry.credit, entry.org, entry.credit_currency, entry.credit_dims),
        (0, total, 0, entry.credit_total or 0),
    )


def _dimensions(link: Link) -> tuple[Field, ...]:
    fields = [
        Field("Account_Key", "Edm.Guid", lambda k: guid("account", k[0]), to=names.ACCOUNT),
        Field("Организация_Key", "Edm.Guid", lambda k: k[1], to=names.ORGANIZATION),
        Field("Валюта_Key", "Edm.Guid", lambda k: currency_ref(k[2]) or names.EMPTY_REF, to=names.CURRENCY),
    ]
    for slot in range(3):
        name = f"ExtDimension{slot + 1}"

        def value(key: Key, slot: int = slot) -> str:
            return link(key[3][slot])[0] if slot < len(key[3]) else ""

        def kind(key: Key, slot: int = slot) -> str:
            target = link(key[3][slot])[1] if slot < len(key[3]) else ""
            return f"StandardODATA.{target}" if target else UNDEFINED

        fields += [Field(name, "Edm.String", value, composite=True), Field(name + "_Type", "Edm.String", kind)]
    return tuple(fields)


def _figures(table: tuple[tuple[str, int], ...]) -> tuple[Field, ...]:
    return tuple(
        Field(resource + suffix, "Edm.Double", itemgetter(resource + suffix))
        for resource in RESOURCES
        for suffix, _ in table
    )


def _table(
    totals: Totals,
    spans: list[tuple[int, int]],
    table: tuple[tuple[str, int], ...],
    asked: Asked,
) -> Rows:
    types = {guid("account", code): names.account_type(code) for code in _codes(totals)}
    wanted, groups = group(totals, spans, asked)
    rows: list[dict[str, Any]] = []
    for row, figures in groups:
        side = types.get(row.get("Account_Key", ""), "ActivePassive")
        for n, resource in enumerate(RESOURCES):
            for suffix, span in table:
                debit, credit = figures[span][2 * n : 2 * n + 2]
                row[resource + suffix] = number(_figure(suffix, debit, credit, side), 100)
        if any(row[r + suffix] for r in RESOURCES for suffix, _ in table):  # 1C leaves out what is all zero
            rows.append(row)
    dimensions = tuple(Field(f.name, f.type, itemgetter(f.name), f.to, f.composite) for f in wanted)
    return dimensions + _figures(table), rows


def _codes(totals: Totals) -> set[str]:
    return {key[0] for _, _, month in totals.by_month(coarse=True) for key in month}


def _figure(suffix: str, debit: int, credit: int, side: str) -> int:
    if suffix.startswith("Turnover"):
        return {"Turnover": debit - credit, "TurnoverDr": debit, "TurnoverCr": credit}[suffix]
    net = debit - credit
    if suffix.endswith("Balance"):
        return net
    in_debit = side == "Active" or (side == "ActivePassive" and net > 0)
    if suffix.endswith("Dr"):
        return net if in_debit else 0
    return 0 if in_debit else -net
