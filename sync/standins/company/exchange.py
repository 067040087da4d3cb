"""Planted fact of foreign currency: dollars sold and bought at 480, carried at 485 at the month's end, paid at 475.

The tenge that the payment leaves of a debt are exchange difference, whether it pays the debt in full or in part.
"""

from __future__ import annotations

from datetime import date

from sync.standins.company.plot import Plot

_SOLD, _PAID = date(2025, 12, 10), date(2026, 1, 14)


def dollars(plot: Plot) -> None:
    """Fact 11: a sale paid in full, one paid in part, a purchase paid in full; 10,000 dollars each."""
    stream = plot.stream(11)
    card = plot.party(11, 0, "ТОО", "Образец-Экспорт")
    seller = plot.party(11, 1, "ТОО", "Образец-Импорт")
    whole = plot.contract(stream, card, "sale", "ВЛ-1", pay_days=30, currency="USD")
    part = plot.contract(stream, card, "sale", "ВЛ-2", pay_days=30, currency="USD")
    bought = plot.contract(stream, seller, "purchase", "ВЛ-3", pay_days=30, currency="USD")
    closed = plot.trade(stream, "sale", whole, _SOLD, "10000", vat="0")
    left = plot.trade(stream, "sale", part, _SOLD, "10000", vat="0")
    owed = plot.trade(stream, "purchase", bought, _SOLD, "10000", vat="0")
    in_full = plot.pay(stream, "bank_in", whole, _PAID, "10000")
    in_part = plot.pay(stream, "bank_in", part, _PAID, "4000", left)
    out = plot.pay(stream, "bank_out", bought, _PAID, "10000", owed)
    plot.facts["11"] = {
        "party": card.name,
        "supplier": seller.name,
        "revalued_on": "2025-12-31",
        "documents": [
            {"ref": doc.ref, "payment": paid.ref, "booked_kzt": "4800000.00", "revalued_kzt": "50000.00",
             "paid_kzt": money, "fx_close_kzt": gap}
            for doc, paid, money, gap in (
                (closed, in_full, "4750000.00", "100000.00"),
                (left, in_part, "1900000.00", "40000.00"),
                (owed, out, "4750000.00", "100000.00"),
            )
        ],
        "open_doc": "6000.00",
        "open_kzt": "2910000.00",
        "overdue_kzt": "2910000.00",
        "open_kzt_now": "2940000.00",
    }  # fmt: skip
