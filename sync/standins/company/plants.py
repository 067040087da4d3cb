"""The planted facts of the company, in order; the tiny size holds the core ones."""

from __future__ import annotations

from collections.abc import Callable

from sync.standins.company import (
    bookkeeping,
    exchange,
    invoicing,
    naming,
    offsetting,
    paying,
    promising,
    selling,
    settling,
)
from sync.standins.company.ground import Ground
from sync.standins.company.model import Contract
from sync.standins.company.plot import Plot

_STOCK = "Начальный запас"

# number in the list of facts, whether the tiny size holds it too, what plants it
FACTS: tuple[tuple[int, bool, Callable[[Plot], None]], ...] = (
    (1, True, paying.paid_supplier),
    (2, True, settling.due_on_the_day),
    (3, True, paying.number_234),
    (4, False, promising.rebar),
    (5, True, settling.stages),
    (6, True, settling.one_tiyn),
    (7, True, settling.advances),
    (8, False, settling.returns),
    (9, False, offsetting.both_roles),
    (10, False, settling.write_off),
    (11, False, exchange.dollars),
    (12, True, paying.out_of_time),
    (13, True, bookkeeping.changed_papers),
    (14, False, paying.bank_differs),
    (16, False, naming.spellings),
    (17, True, invoicing.planted),
    (18, False, bookkeeping.vat_rates),
    (19, False, bookkeeping.own_entities),
    (20, False, selling.clocks),
    (21, False, offsetting.limits),
    (22, False, bookkeeping.negative_stock),
    (22, False, promising.over_promised),
    (23, False, bookkeeping.quiet_customers),
    (24, False, selling.stopped),
    (25, False, offsetting.crowds),
)


def lay(ground: Ground, size: str) -> Plot:
    """All planted facts of a size."""
    plot = Plot(ground)
    for _, core, plant in FACTS:
        if core or size != "tiny":
            plant(plot)
    if size != "tiny":
        _first_stock(plot)
    return plot


def _first_stock(plot: Plot) -> None:
    stream = plot.stream(99)
    seller = plot.party(99, 0, "ТОО", "Образец-Первый запас")
    for org in range(len(plot.ground.orgs)):
        plot.contract(stream, seller, "purchase", f"{_STOCK} {org + 1}", org=org)


def suppliers_of_stock(plot: Plot) -> list[Contract]:
    """The contracts of the first stock, one an org; none in the tiny size."""
    return [contract for contract in plot.circle.contracts if contract.number.startswith(_STOCK)]
