"""Virtual tables of the accumulation registers: goods in stores, which have balances, and sales, which have none."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from sync.standins.company.model import Doc, Line, StockMove
from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books, Times
from sync.standins.onec.field import EntitySet, Field, Function, number
from sync.standins.onec.sums import Asked, Key, Totals, group

CONDITIONS = (("Condition", "Edm.String"), ("Dimensions", "Edm.String"))
SPAN = (("EndPeriod", "Edm.DateTime"), ("StartPeriod", "Edm.DateTime"))

# name of a figure, the span it shows, which way: + in and out netted, i in, o out
BALANCE = (("КоличествоBalance", 0, "+"),)
TURNOVER = (("КоличествоTurnover", 0, "+"), ("КоличествоReceipt", 0, "i"), ("КоличествоExpense", 0, "o"))
BOTH = (
    ("КоличествоOpeningBalance", 0, "+"),
    ("КоличествоTurnover", 1, "+"),
    ("КоличествоReceipt", 1, "i"),
    ("КоличествоExpense", 1, "o"),
    ("КоличествоClosingBalance", 2, "+"),
)
Table = tuple[tuple[str, int, str], ...]
Result = tuple[tuple[Field, ...], list[Any]]


def stock_functions(books: Books, sets: dict[str, EntitySet]) -> tuple[Function, ...]:
    """Return the virtual tables of the goods register."""
    dimensions = _references(
        ("Организация_Key", names.ORGANIZATION), ("Товар_Key", names.ITEM), ("Склад_Key", names.WAREHOUSE)
    )

    def totals() -> Totals:
        return books.made("goods", lambda: Totals(books.stock, books.stock_times, dimensions, _moves))

    def balance(params: dict[str, str], select: tuple[str, ...]) -> Result:
        made = totals()
        return stock_table(made, [made.before(params, "Period")], BALANCE, Asked(params, select, sets))

    def turnovers(params: dict[str, str], select: tuple[str, ...]) -> Result:
        made = totals()
        return stock_table(made, [made.window(params)], TURNOVER, Asked(params, select, sets))

    def both(params: dict[str, str], select: tuple[str, ...]) -> Result:
        made = totals()
        low, high = made.window(params)
        return stock_table(made, [(0, low), (low, high), (0, high)], BOTH, Asked(params, select, sets))

    return (
        Function("Balance", (*CONDITIONS, ("Period", "Edm.DateTime")), dimensions + figures(BALANCE), balance),
        Function("Turnovers", (*CONDITIONS, *SPAN), dimensions + figures(TURNOVER), turnovers),
        Function("BalanceAndTurnovers", (*CONDITIONS, *SPAN), dimensions + figures(BOTH), both),
    )


def sales_functions(books: Books, sets: dict[str, EntitySet]) -> tuple[Function, ...]:
    """Return the virtual table of the sales register: turnovers, and no balance to ask for."""
    dimensions = _references(("Организация_Key", names.ORGANIZATION), ("Номенклатура_Key", names.ITEM))
    sums = tuple(Field(n, "Edm.Double", itemgetter(n)) for n in ("КоличествоTurnover", "СуммаTurnover"))

    def times() -> Times:
        return Times(books.sold(), lambda row: row[0].moment)

    def totals() -> Totals:
        return books.made("sales", lambda: Totals(books.sold, times, dimensions, _sales))

    def turnovers(params: dict[str, str], select: tuple[str, ...]) -> Result:
        made = totals()
        wanted, groups = group(made, [made.window(params)], Asked(params, select, sets))
        rows = [
            row | {"КоличествоTurnover": number(qty, 1000), "СуммаTurnover": number(total, 100)}
            for row, ((qty, total),) in groups
        ]
        return _named(wanted) + sums, rows

    return (Function("Turnovers", (*CONDITIONS, *SPAN), dimensions + sums, turnovers),)


def _references(*dimensions: tuple[str, str]) -> tuple[Field, ...]:
    return tuple(Field(name, "Edm.Guid", itemgetter(n), to=to) for n, (name, to) in enumerate(dimensions))


def _moves(move: StockMove) -> Iterator[tuple[Key, tuple[int, ...]]]:
    yield (move.org, move.item, move.warehouse), (move.qty, 0) if move.receipt else (0, move.qty)


def _sales(row: tuple[Doc, int, Line]) -> Iterator[tuple[Key, tuple[int, ...]]]:
    doc, _, line = row
    yield (doc.org, line.item), (line.qty, line.total)


def figures(table: Table) -> tuple[Field, ...]:
    """Return the fields of a table's figures."""
    return tuple(Field(name, "Edm.Double", itemgetter(name)) for name, _, _ in table)


def _named(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(Field(f.name, f.type, itemgetter(f.name), f.to) for f in fields)


def stock_table(
    totals: Totals,
    spans: list[tuple[int, int]],
    table: Table,
    asked: Asked,
) -> Result:
    """Return a virtual table of quantities: the dimensions asked for and the figures, rows of nothing but zeros left out."""
    wanted, groups = group(totals, spans, asked)
    rows: list[dict[str, Any]] = []
    for row, counted in groups:
        for name, span, way in table:
            came, went = counted[span]
            row[name] = number({"+": came - went, "i": came, "o": went}[way], 1000)
        if any(row[name] for name, _, _ in table):
            rows.append(row)
    return _named(wanted) + figures(table), rows
