"""Planted facts of settlement: due dates, stages, a tiyn too much or too little, advances, returns, a written-off debt."""

from __future__ import annotations

from datetime import date

from sync.standins.company import documents as make
from sync.standins.company.model import Adjustment
from sync.standins.company.plot import Plot


def due_on_the_day(plot: Plot) -> None:
    """Fact 2: two documents overdue, one due yesterday, one due on the as-of day itself, an advance on the side."""
    stream = plot.stream(2)
    card = plot.party(2, 0, "ТОО", "Образец-Кровля")
    main = plot.contract(stream, card, "sale", "КР-1", pay_days=30)
    side = plot.contract(stream, card, "sale", "КР-2", pay_days=30)
    old = plot.trade(stream, "sale", main, date(2025, 11, 14), "2400000")
    plot.trade(stream, "sale", main, date(2025, 12, 10), "1150000.50")
    yesterday = plot.trade(stream, "sale", main, date(2025, 12, 31), "600000")
    today = plot.trade(stream, "sale", main, date(2026, 1, 1), "800000")
    plot.pay(stream, "bank_in", main, date(2025, 12, 18), "400000", old)
    plot.pay(stream, "bank_in", side, date(2025, 12, 22), "150000")
    plot.facts["2"] = {
        "party": card.name,
        "open_kzt": "4550000.50",
        "overdue_kzt": "3750000.50",
        "not_due_kzt": "800000.00",
        "advances_kzt": "150000.00",
        "due_today": today.ref,
        "due_yesterday": yesterday.ref,
    }


def stages(plot: Plot) -> None:
    """Fact 5: 30/50/20 stages and a payment of 40 without a link: 10 spill over to the second stage."""
    stream = plot.stream(5)
    card = plot.party(5, 0, "ТОО", "Образец-Проект")
    terms = "30% через 0 дней, 50% через 30 дней, 20% через 60 дней"
    contract = plot.contract(stream, card, "sale", "ПР-1", pay_days=None, terms=terms)
    sale = plot.trade(stream, "sale", contract, date(2025, 12, 15), "1000000")
    plot.pay(stream, "bank_in", contract, date(2025, 12, 22), "400000")
    plot.facts["5"] = {
        "party": card.name,
        "sale": sale.ref,
        "stages": [
            {"stage": 1, "due": "2025-12-15", "amount": "300000.00", "open": "0.00"},
            {"stage": 2, "due": "2026-01-14", "amount": "500000.00", "open": "400000.00"},
            {"stage": 3, "due": "2026-02-13", "amount": "200000.00", "open": "200000.00"},
        ],
        "overdue_kzt": "400000.00",
        "open_kzt": "600000.00",
    }


def one_tiyn(plot: Plot) -> None:
    """Fact 6: one payment is 0.01 too large, another 0.01 too small."""
    stream = plot.stream(6)
    card = plot.party(6, 0, "ТОО", "Образец-Болт")
    over = plot.contract(stream, card, "sale", "БЛ-1", pay_days=15)
    under = plot.contract(stream, card, "sale", "БЛ-2", pay_days=15)
    first = plot.trade(stream, "sale", over, date(2025, 10, 6), "500000")
    second = plot.trade(stream, "sale", under, date(2025, 10, 7), "700000")
    plot.pay(stream, "bank_in", over, date(2025, 10, 20), "500000.01", first)
    plot.pay(stream, "bank_in", under, date(2025, 10, 21), "699999.99", second)
    plot.facts["6"] = {"party": card.name, "open_kzt": "0.01", "overdue_kzt": "0.01", "advances_kzt": "0.01"}


def advances(plot: Plot) -> None:
    """Fact 7: an advance before its shipment, and what is left of it beside a debt on another contract."""
    stream = plot.stream(7)
    card = plot.party(7, 0, "ТОО", "Образец-Сервис")
    first = plot.contract(stream, card, "sale", "СВ-1", pay_days=14)
    second = plot.contract(stream, card, "sale", "СВ-2", pay_days=14)
    plot.trade(stream, "sale", second, date(2025, 12, 1), "400000")
    plot.pay(stream, "bank_in", first, date(2025, 12, 5), "300000")
    sale = plot.trade(stream, "sale", first, date(2025, 12, 19), "250000")
    plot.facts["7"] = {
        "party": card.name,
        "paid_in_advance": sale.ref,
        "open_kzt": "400000.00",
        "overdue_kzt": "400000.00",
        "advances_kzt": "50000.00",
    }


def returns(plot: Plot) -> None:
    """Fact 8: part of a paid sale comes back, a part-paid sale comes back whole, a return next year at the old rate."""
    stream = plot.stream(8)
    card = plot.party(8, 0, "ТОО", "Образец-Фасад")
    paid = plot.contract(stream, card, "sale", "ФС-1", pay_days=20)
    part = plot.contract(stream, card, "sale", "ФС-2", pay_days=20)
    late = plot.contract(stream, card, "sale", "ФС-3", pay_days=20)
    first = plot.trade(stream, "sale", paid, date(2025, 9, 1), "1120000")
    plot.pay(stream, "bank_in", paid, date(2025, 9, 10), "1120000", first)
    plot.trade(stream, "sale_return", paid, date(2025, 9, 25), "280000", base=first.ref)
    second = plot.trade(stream, "sale", part, date(2025, 10, 1), "560000")
    plot.pay(stream, "bank_in", part, date(2025, 10, 8), "160000", second)
    plot.trade(stream, "sale_return", part, date(2025, 10, 20), "560000", base=second.ref)
    third = plot.trade(stream, "sale", late, date(2025, 12, 15), "224000")
    back = plot.trade(stream, "sale_return", late, date(2026, 1, 14), "112000", base=third.ref, vat="12")
    plot.facts["8"] = {
        "party": card.name,
        "open_kzt": "112000.00",
        "overdue_kzt": "112000.00",
        "credits_kzt": "440000.00",
        "return_next_year": back.ref,
        "return_vat_rate": "12.00",
        "return_vat": "12000.00",
    }


def write_off(plot: Plot) -> None:
    """Fact 10: a debt of four years is written off; a part of it is restored and paid later."""
    stream = plot.stream(10)
    card = plot.party(10, 0, "ТОО", "Образец-Старый долг")
    contract = plot.contract(stream, card, "sale", "СД-1", pay_days=30)
    sale = plot.trade(stream, "sale", contract, date(2022, 1, 17), "900000")
    org = contract.org
    lost = Adjustment(card.ref, contract.ref, sale.ref, 90_000_000, "receivable")
    off = plot.add(make.adjust(stream.guid(), make.at(date(2026, 1, 19), 17), make.WRITE_OFF, org, [lost]))
    found = Adjustment(card.ref, contract.ref, None, 20_000_000, "receivable")
    again = plot.add(make.adjust(stream.guid(), make.at(date(2026, 1, 27), 10), make.RESTORE, org, [found]))
    plot.pay(stream, "bank_in", contract, date(2026, 1, 27), "200000")
    plot.facts["10"] = {
        "party": card.name,
        "sale": sale.ref,
        "written_off": off.ref,
        "written_off_kzt": "900000.00",
        "restored": again.ref,
        "recovered_kzt": "200000.00",
        "open_kzt": "0.00",
    }
