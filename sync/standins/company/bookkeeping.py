"""Planted facts of bookkeeping: drafts and deletions, VAT rates, sales between own entities, stock, quiet customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sync.standins.company import documents as make
from sync.standins.company.model import Doc
from sync.standins.company.plot import Plot, money


def changed_papers(plot: Plot) -> None:
    """Fact 13: what must not count, and what changed between the two states."""
    stream = plot.stream(13)
    cards = [plot.party(13, i, "ТОО", f"Образец-{name}") for i, name in enumerate(("Черновик", "Получатель"))]
    mine, other = (plot.contract(stream, card, "sale", f"ЧР-{i + 1}", pay_days=14) for i, card in enumerate(cards))
    draft = plot.trade(stream, "sale", mine, date(2025, 11, 6), "111000", posted=False)
    dropped = plot.trade(stream, "sale", mine, date(2025, 11, 7), "222000", posted=False, deleted=True)
    again = plot.trade(stream, "sale", mine, date(2025, 11, 20), "333000")
    moved = plot.trade(stream, "sale", other, date(2025, 12, 3), "444000")
    undone = plot.trade(stream, "sale", mine, date(2025, 12, 8), "555000", posted=False)
    marked = plot.trade(stream, "sale", mine, date(2025, 12, 9), "666000", posted=False, deleted=True)
    gone = plot.trade(stream, "sale", mine, date(2025, 12, 11), "777000")
    plot.docs.remove(gone)
    plot.gone.append(gone)
    for i, doc in enumerate(plot.docs):
        if doc.ref in {again.ref, moved.ref, undone.ref, marked.ref}:
            plot.docs[i] = replace(doc, version=2)
    plot.was[again.ref] = {"version": 1}
    plot.was[moved.ref] = {"version": 1, "party": cards[0].ref, "contract": mine.ref}
    plot.was[undone.ref] = {"version": 1, "posted": True}
    plot.was[marked.ref] = {"version": 1, "posted": True, "deleted": False}
    plot.facts["13"] = {
        "party": cards[0].name,
        "moved_to": cards[1].name,
        "draft": draft.ref,
        "deleted": dropped.ref,
        "reposted": again.ref,
        "moved": moved.ref,
        "unposted": undone.ref,
        "marked": marked.ref,
        "vanished": gone.ref,
        "open_before_kzt": "2775000.00",
        "open_kzt": "333000.00",
        "moved_to_open_kzt": "444000.00",
    }


def vat_rates(plot: Plot) -> None:
    """Fact 18: 12 % on the last day of 2025 and 16 % on the first of 2026, exempt and 0 % rows, VAT on top."""
    ground = plot.ground
    stream = plot.stream(18)
    card = plot.party(18, 0, "ТОО", "Образец-Ставка")
    contract = plot.contract(stream, card, "sale", "СТ-1", pay_days=60)
    old = plot.trade(stream, "sale", contract, date(2025, 12, 31), "112000")
    new = plot.trade(stream, "sale", contract, date(2026, 1, 1), "116000")
    item = ground.services[1]
    rows = [make.line_of(item, 5_000_000, "none"), make.line_of(item, 7_000_000, "0")]
    moment = make.at(date(2026, 1, 6), 11)
    free = plot.add(make.trade(ground, "sale", stream.guid(), moment, contract, rows))
    rows = [make.line(item, 1000, 10_000_000, "16", inside=False)]
    on_top = plot.add(
        make.trade(ground, "sale", stream.guid(), make.at(date(2026, 1, 7), 11), contract, rows, inside=False)
    )
    plot.facts["18"] = {
        "party": card.name,
        "documents": [
            {"ref": doc.ref, "sum_doc": money(doc.total), "vat": vat, "rate": rate}
            for doc, vat, rate in (
                (old, "12000.00", "12.00"),
                (new, "16000.00", "16.00"),
                (free, "0.00", "0.00"),
                (on_top, "16000.00", "16.00"),
            )
        ],
        "open_kzt": "464000.00",
    }


def own_entities(plot: Plot) -> None:
    """Fact 19: the first own entity sells to the second, which books it, and to the third, which does not."""
    stream = plot.stream(19)
    orgs = plot.ground.orgs
    cards = [
        plot.party(19, i, "ТОО", org.name.removeprefix("ТОО «").removesuffix("»"), bin=org.bin, own_org=org.ref)
        for i, org in enumerate(orgs)
    ]
    to_second = plot.contract(stream, cards[1], "sale", "ВГ-1", org=0)
    from_first = plot.contract(stream, cards[0], "purchase", "ВГ-1", org=1)
    to_third = plot.contract(stream, cards[2], "sale", "ВГ-2", org=0)
    day = date(2025, 10, 15)
    sold = plot.trade(stream, "sale", to_second, day, "1000000")
    bought = plot.trade(stream, "purchase", from_first, day, "1000000")
    alone = plot.trade(stream, "sale", to_third, date(2025, 11, 17), "500000")
    plot.facts["19"] = {
        "parties": [card.name for card in cards],
        "mirrored": {"sale": sold.ref, "purchase": bought.ref, "amount": "1000000.00"},
        "not_mirrored": {"sale": alone.ref, "amount": "500000.00"},
        "intercompany_open_kzt": "1500000.00",
    }


def negative_stock(plot: Plot) -> None:
    """Fact 22: more was shipped from a store than ever came to it."""
    ground = plot.ground
    stream = plot.stream(22)
    card = plot.party(22, 0, "ТОО", "Образец-Склад")
    buying = plot.contract(stream, card, "purchase", "СК-1")
    selling = plot.contract(stream, card, "sale", "СК-2")
    item, store = ground.goods[5], ground.warehouses[3]

    def put(kind: str, day: date, qty: int) -> Doc:
        contract = buying if kind == "purchase" else selling
        row = make.line(item, qty, 4_000_000, make.vat_on(day))
        doc = make.trade(ground, kind, stream.guid(), make.at(day, 12), contract, [row])
        return plot.add(replace(doc, warehouse=store.ref))

    put("purchase", date(2025, 11, 3), 10_000)
    sale = put("sale", date(2025, 11, 4), 12_000)
    plot.facts["22"] = {"item": item.name, "warehouse": store.name, "on_hand": "-2.000", "sale": sale.ref}


def quiet_customers(plot: Plot) -> None:
    """Fact 23: a customer with nothing but an advance, one with nothing but a return, an org with a month of no sales."""
    stream = plot.stream(23)
    cards = [plot.party(23, i, "ТОО", f"Образец-{name}") for i, name in enumerate(("Предоплата", "Возврат"))]
    ahead, back = (plot.contract(stream, card, "sale", f"ТХ-{i + 1}", pay_days=20) for i, card in enumerate(cards))
    plot.pay(stream, "bank_in", ahead, date(2025, 12, 11), "500000")
    sale = plot.trade(stream, "sale", back, date(2025, 9, 10), "300000")
    plot.pay(stream, "bank_in", back, date(2025, 9, 18), "300000", sale)
    plot.trade(stream, "sale_return", back, date(2025, 10, 7), "300000", base=sale.ref)
    plot.facts["23"] = {
        "only_advances": {"party": cards[0].name, "advances_kzt": "500000.00"},
        "only_credits": {"party": cards[1].name, "credits_kzt": "300000.00"},
        "no_sales": {"org": plot.ground.orgs[2].name, "month": "2025-08"},
    }
