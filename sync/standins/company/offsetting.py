"""Planted facts of offsets, limits and crowds: debts closed without money, a limit broken for ten days, one party with 12,000 items."""

from __future__ import annotations

from datetime import date, timedelta

from sync.standins.company import documents as make
from sync.standins.company.ground import TODAY
from sync.standins.company.model import Adjustment, Doc
from sync.standins.company.plot import Plot, money, tiyn

_SALES, _STAGES = 240, 50  # of the party that pays in instalments: 12,000 open items


def both_roles(plot: Plot) -> None:
    """Fact 9: a party that is customer and supplier, and a debt to one party paid with the debt of another."""
    stream = plot.stream(9)
    names = ("Взаимный", "Должник", "Подрядчик")
    both, debtor, creditor = (plot.party(9, i, "ТОО", f"Образец-{name}") for i, name in enumerate(names))
    sold = plot.contract(stream, both, "sale", "ВЗ-1", pay_days=30)
    bought = plot.contract(stream, both, "purchase", "ВЗ-2", pay_days=30)
    claim = plot.contract(stream, debtor, "sale", "ВЗ-3", pay_days=30)
    debt = plot.contract(stream, creditor, "purchase", "ВЗ-4", pay_days=30)
    sale = plot.trade(stream, "sale", sold, date(2025, 10, 6), "900000")
    purchase = plot.trade(stream, "purchase", bought, date(2025, 10, 13), "700000")
    owed = plot.trade(stream, "sale", claim, date(2025, 10, 7), "500000")
    owing = plot.trade(stream, "purchase", debt, date(2025, 10, 14), "800000")

    def offset(day: date, tenge: str, left: Doc, right: Doc) -> Doc:
        sides = zip((left, right), ("receivable", "payable"), strict=True)
        rows = [Adjustment(doc.party or "", doc.contract or "", doc.ref, tiyn(tenge), side) for doc, side in sides]
        return plot.add(make.adjust(stream.guid(), make.at(day, 17), make.OFFSET, sold.org, rows))

    inner = offset(date(2025, 11, 5), "700000", sale, purchase)
    third = offset(date(2025, 11, 6), "500000", owed, owing)
    plot.facts["9"] = {
        "party": both.name,
        "offset": inner.ref,
        "offset_kzt": "700000.00",
        "open_kzt": "200000.00",
        "payable_kzt": "0.00",
        "three": {
            "debtor": debtor.name,
            "creditor": creditor.name,
            "offset": third.ref,
            "offset_kzt": "500000.00",
            "open_kzt": "0.00",
            "payable_kzt": "300000.00",
        },
    }


def limits(plot: Plot) -> None:
    """Fact 21: a limit that was broken from 17 to 27 November and is kept today, one that nobody set, one of zero."""
    stream = plot.stream(21)
    card = plot.party(21, 0, "ТОО", "Образец-Лимит")
    kept = plot.contract(stream, card, "sale", "ЛМ-1", pay_days=30, limit=tiyn("1000000"))
    unset = plot.contract(stream, card, "sale", "ЛМ-2", pay_days=30)
    zero = plot.contract(stream, card, "sale", "ЛМ-3", pay_days=30, limit=0)
    plot.trade(stream, "sale", kept, date(2025, 11, 3), "800000")
    plot.trade(stream, "sale", kept, date(2025, 11, 17), "400000")
    plot.pay(stream, "bank_in", kept, date(2025, 11, 28), "700000")
    plot.trade(stream, "sale", unset, date(2025, 11, 4), "3000000")
    plot.trade(stream, "sale", zero, date(2025, 11, 5), "200000")
    plot.facts["21"] = {
        "party": card.name,
        "broken": {"contract": kept.number, "limit_kzt": "1000000.00", "first": "2025-11-17", "last": "2025-11-27",
                   "peak_kzt": "1200000.00", "exposure_kzt": "500000.00"},
        "without_limit": {"contract": unset.number, "exposure_kzt": "3000000.00"},
        "limit_of_zero": {"contract": zero.number, "exposure_kzt": "200000.00"},
        "open_kzt": "3700000.00",
    }  # fmt: skip


def crowds(plot: Plot) -> None:
    """Fact 25: 12,000 open items of one party, a party with one document, an own entity with none."""
    stream = plot.stream(25)
    card = plot.party(25, 0, "ТОО", "Образец-Рассрочка")
    lone = plot.party(25, 1, "ТОО", "Образец-Одиночка")
    share = 100 // _STAGES
    terms = ", ".join(f"{share}% через {7 * week} дней" for week in range(_STAGES))
    weekly = plot.contract(stream, card, "sale", "РС-1", pay_days=None, terms=terms)
    once = plot.contract(stream, lone, "sale", "ОД-1", pay_days=30)
    first = TODAY - timedelta(days=_SALES)
    overdue = 0
    for n in range(_SALES):
        day = first + timedelta(days=n)
        plot.trade(stream, "sale", weekly, day, "25000")
        overdue += sum(day + timedelta(days=7 * week) < TODAY for week in range(_STAGES)) * tiyn("500")
    single = plot.trade(stream, "sale", once, date(2026, 1, 5), "123456.78")
    plot.facts["25"] = {
        "party": card.name,
        "items": _SALES * _STAGES,
        "open_kzt": money(_SALES * tiyn("25000")),
        "overdue_kzt": money(overdue),
        "empty_org": plot.ground.idle.name,
        "single": {"party": lone.name, "document": single.ref, "open_kzt": "123456.78"},
    }
