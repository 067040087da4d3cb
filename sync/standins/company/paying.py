"""Planted facts of payment: a supplier paid in many ways, number 234, payments out of time, a bank that differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sync.standins.company import documents as make
from sync.standins.company import treasury
from sync.standins.company.banking import BankLine
from sync.standins.company.ground import to_kzt
from sync.standins.company.itemised import GOODS, SERVICES
from sync.standins.company.model import Adjustment, Contract, Doc
from sync.standins.company.plot import Plot, money, tiyn
from sync.standins.company.stream import Stream

NUMBER = "00000000234"


def paid_supplier(plot: Plot) -> None:
    """Fact 1: exactly 48,250,000.00 in 2025-Q4 by seven bank payments (one in dollars) and one from the cash desk."""
    stream = plot.stream(1)
    card = plot.party(1, 0, "ТОО", "Образец-Бетон")
    main = plot.contract(stream, card, "purchase", "БТ-1", pay_days=30)
    dollars = plot.contract(stream, card, "purchase", "БТ-2", pay_days=30, currency="USD")
    sold = plot.contract(stream, card, "sale", "БТ-3", pay_days=30)
    first = plot.trade(stream, "purchase", main, date(2025, 9, 15), "30000000")
    plot.trade(stream, "purchase", dollars, date(2025, 10, 1), "10000", vat="0")
    plot.trade(stream, "purchase", main, date(2025, 10, 20), "18000000")
    plot.trade(stream, "purchase", main, date(2025, 12, 10), "6000000")
    sale = plot.trade(stream, "sale", sold, date(2025, 11, 10), "1200000")
    plot.pay(stream, "bank_out", main, date(2025, 9, 29), "5000000", first)
    in_quarter = [
        plot.pay(stream, "bank_out", main, date(2025, 10, 6), "9000000", first),
        plot.pay(stream, "bank_out", dollars, date(2025, 10, 15), "10000"),
        _of_two_items(plot, stream, main),
        plot.pay(stream, "bank_out", main, date(2025, 11, 5), "6250000"),
        plot.pay(stream, "bank_out_order", main, date(2025, 11, 18), "5000000"),
        plot.pay(stream, "cash_out", main, date(2025, 11, 27), "1500000"),
        plot.pay(stream, "bank_out", main, date(2025, 12, 2), "4000000"),
    ]
    so_far = sum(to_kzt(doc.total, doc.rate, doc.mult) for doc in in_quarter)
    last = plot.pay(stream, "bank_out", main, date(2025, 12, 19), money(tiyn("48250000") - so_far))
    refund = plot.pay(stream, "bank_in", main, date(2025, 12, 24), "250000", operation=make.IN_SUPPLIER)
    plot.pay(stream, "bank_out", main, date(2026, 1, 12), "2000000")
    rows = [
        Adjustment(card.ref, sold.ref, sale.ref, tiyn("1200000"), "receivable"),
        Adjustment(card.ref, main.ref, None, tiyn("1200000"), "payable"),
    ]
    offset = plot.add(make.adjust(stream.guid(), make.at(date(2025, 11, 28), 17), make.OFFSET, main.org, rows))
    plot.facts["1"] = {
        "party": card.name,
        "period": "2025-Q4",
        "paid": "48250000.00",
        "refunds": "250000.00",
        "offset": offset.ref,
        "offset_kzt": "1200000.00",
        "payments": 8,
        "usd_payment": in_quarter[1].ref,
        "of_two_items": in_quarter[2].ref,
        # in less out: 48,250,000 less what is below, less the refund; the cash of 1,500,000 has no item
        "items": {GOODS: "-44000000.01", SERVICES: "-2499999.99", "": "-1500000.00"},
    }
    plot.cash_items |= {doc.ref: (None, GOODS) for doc in (*in_quarter, last, refund)}
    plot.cash_items |= {
        in_quarter[1].ref: (GOODS, None),
        in_quarter[2].ref: (GOODS, None, SERVICES),
        in_quarter[5].ref: (None, None),
    }


def _of_two_items(plot: Plot, stream: Stream, contract: Contract) -> Doc:
    """A payment of 7,500,000 in two rows: the first of the head's cash flow item, the second of its own."""
    rows = [(tiyn(tenge), None, None) for tenge in ("5000000.01", "2499999.99")]
    moment = make.at(date(2025, 10, 17), 16)
    return plot.add(make.payment(plot.ground, "bank_out", stream.guid(), moment, contract, rows))


def number_234(plot: Plot) -> None:
    """Fact 3: one number on an invoice of 2024 (paid), an invoice of 2025 (part-paid) and a sale."""
    stream = plot.stream(3)
    cards = [plot.party(3, i, "ТОО", f"Образец-{name}") for i, name in enumerate(("Насос", "Кабель", "Краска"))]
    pumps, cables, paints = (plot.contract(stream, card, "sale", f"СЧ-{i + 1}") for i, card in enumerate(cards))
    older = plot.trade(stream, "invoice_out", pumps, date(2024, 5, 14), "3500000", number=NUMBER)
    shipped = plot.trade(stream, "sale", pumps, date(2024, 5, 16), "3500000", base=older.ref)
    plot.pay(stream, "bank_in", pumps, date(2024, 6, 3), "3500000", shipped, older)
    newer = plot.trade(stream, "invoice_out", cables, date(2025, 6, 18), "2000000", number=NUMBER)
    plot.trade(stream, "sale", cables, date(2025, 6, 20), "2000000", base=newer.ref)
    plot.pay(stream, "bank_in", cables, date(2025, 7, 9), "750000", invoice=newer)
    sale = plot.trade(stream, "sale", paints, date(2025, 4, 8), "990000", number=NUMBER)
    plot.pay(stream, "bank_in", paints, date(2025, 4, 28), "990000")
    plot.facts["3"] = {
        "number": "234",
        "candidates": [
            {"ref": doc.ref, "type": doc.kind, "name": card.name, "doc_date": doc.moment.date().isoformat(),
             "sum_doc": money(doc.total), "paid": money(paid), "open": money(doc.total - paid), "status": status}
            for doc, card, paid, status in (
                (older, cards[0], older.total, "paid"),
                (sale, cards[2], sale.total, "paid"),
                (newer, cards[1], 75_000_000, "part"),
            )
        ],
    }  # fmt: skip


def out_of_time(plot: Plot) -> None:
    """Fact 12: a payment after the as-of day, one linked to a later sale, a sale entered twenty days late."""
    stream = plot.stream(12)
    card = plot.party(12, 0, "ТОО", "Образец-Трасса")
    after = plot.contract(stream, card, "sale", "ТР-1", pay_days=10)
    ahead = plot.contract(stream, card, "sale", "ТР-2", pay_days=10)
    backdated = plot.contract(stream, card, "sale", "ТР-3", pay_days=10)
    waiting = plot.trade(stream, "sale", after, date(2026, 1, 12), "600000")
    plot.pay(stream, "bank_in", after, date(2026, 2, 10), "600000", waiting)
    plot.trade(stream, "sale", ahead, date(2025, 12, 22), "450000")
    coming = plot.trade(stream, "sale", ahead, date(2026, 2, 5), "300000")
    reserved = plot.pay(stream, "bank_in", ahead, date(2026, 1, 15), "300000", coming)
    late = plot.trade(stream, "sale", backdated, date(2026, 1, 8), "350000")
    plot.late.add(late.ref)
    plot.facts["12"] = {
        "party": card.name,
        "open_kzt": "1400000.00",
        "overdue_kzt": "1400000.00",
        "advances_kzt": "300000.00",
        "paid_after": "600000.00",
        "future_sale": coming.ref,
        "reserved_payment": reserved.ref,
        "entered_late": late.ref,
    }


def bank_differs(plot: Plot) -> None:
    """Fact 14: a bank line without a document, a payment without a line, one line for two, a transfer at midnight."""
    ground, quirks = plot.ground, plot.quirks
    stream = plot.stream(14)
    card = plot.party(14, 0, "ТОО", "Образец-Платеж")
    contract = plot.contract(stream, card, "sale", "ПЛ-1", pay_days=15)
    plot.trade(stream, "sale", contract, date(2025, 10, 1), "360000")
    unseen = plot.pay(stream, "bank_in", contract, date(2025, 10, 22), "210000")
    halves = [plot.pay(stream, "bank_in", contract, date(2025, 12, 4), tenge) for tenge in ("100000", "50000")]
    quirks.absent.add(unseen.ref)
    quirks.merged[halves[1].ref] = halves[0].ref
    kaspi, halyk, *_, dollars = ground.accounts
    stranger = BankLine(
        halyk.ref, make.at(date(2025, 11, 12), 14, 5), True, tiyn("123456"), "77041", "ТОО НЕИЗВЕСТНЫЙ ОБРАЗЕЦ", "", "", "",
        "Возврат по акту сверки", "710",
    )  # fmt: skip
    quirks.extra.append(stranger)
    out, into = treasury.transfer(ground, stream, make.at(date(2025, 11, 20), 23, 58), kaspi, halyk, tiyn("7000000"))
    into = replace(into, moment=make.at(date(2025, 11, 21), 0, 3), in_date=date(2025, 11, 21))
    pair = treasury.conversion(ground, stream, make.at(date(2025, 11, 25), 11), kaspi, dollars)
    for doc in (out, into, *pair):
        plot.add(doc)
    plot.facts["14"] = {
        "party": card.name,
        "line_without_document": {"iban": halyk.iban, "day": "2025-11-12", "amount": "123456.00"},
        "document_without_line": {"ref": unseen.ref, "iban": kaspi.iban, "amount": "210000.00"},
        "one_line_two_documents": {"refs": [doc.ref for doc in halves], "day": "2025-12-04", "amount": "150000.00"},
        "transfer": {"out": out.ref, "in": into.ref, "amount": "7000000.00"},
        "conversion": {"out": pair[0].ref, "in": pair[1].ref, "kzt": money(pair[0].total), "usd": money(pair[1].total)},
    }
