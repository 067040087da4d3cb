"""Planted facts of the CRM: moments around the change of the clock, deals that stop on their way to money, a deal in dollars."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sync.standins.company.crm import Noted, utc
from sync.standins.company.documents import at
from sync.standins.company.plot import Plot, tiyn

# in UTC, and what the clock of Almaty showed: six hours ahead up to 2024-02-29T18:00Z, five from then on
_CLOCKS = (
    ("до перевода часов", datetime(2024, 2, 28, 18, 30, tzinfo=UTC), "2024-02-29 00:30:00"),
    ("в ночь перевода часов", datetime(2024, 2, 29, 18, 30, tzinfo=UTC), "2024-02-29 23:30:00"),
    ("после перевода часов", datetime(2024, 3, 31, 18, 30, tzinfo=UTC), "2024-03-31 23:30:00"),
)


def clocks(plot: Plot) -> None:
    """Fact 20: three deals lost at half past six in the evening by UTC."""
    stream = plot.stream(20)
    card = plot.party(20, 0, "ТОО", "Образец-Полночь")
    plot.contract(stream, card, "sale", "ПН-1")
    begun = at(date(2024, 2, 12), 10)
    for n, (when, moment, shown) in enumerate(_CLOCKS):
        local = date.fromisoformat(shown[:10])
        plot.deals.append(
            Noted(
                card.ref, f"Закрыта {when}", "LOSE", tiyn("1500000") + n, "KZT", utc(begun), moment, begun.date(), local
            )
        )
    plot.facts["20"] = {
        "company": card.name,
        "deals": [
            {"title": f"Закрыта {when}", "utc": moment.isoformat(), "local": shown} for when, moment, shown in _CLOCKS
        ],
    }


def stopped(plot: Plot) -> None:
    """Fact 24: a deal won without an invoice, one whose invoice was never shipped, one in dollars that is still open."""
    stream = plot.stream(24)
    card = plot.party(24, 0, "ТОО", "Образец-Сделка")
    contract = plot.contract(stream, card, "sale", "СД-9")
    invoice = plot.trade(stream, "invoice_out", contract, date(2025, 12, 8), "640000")
    asked, won = at(date(2025, 12, 1), 10), at(date(2025, 12, 9), 15)
    for title, step, total, currency, number in (
        ("Выиграна и забыта", "WON", tiyn("777777.77"), "KZT", None),
        ("Счет без отгрузки", "WON", invoice.total, "KZT", invoice.ref),
        ("Запрос в долларах", "NEW", tiyn("10000"), "USD", None),
    ):
        begin = date(2025, 12, 10) if step == "NEW" else asked.date()
        start = at(begin, 10)
        moved = start if step == "NEW" else won
        plot.deals.append(
            Noted(card.ref, title, step, total, currency, utc(start), utc(moved), begin, date(2026, 2, 27) if step == "NEW" else won.date(), number)
        )  # fmt: skip
    plot.facts["24"] = {
        "company": card.name,
        "won_without_invoice": {"title": "Выиграна и забыта", "amount_kzt": "777777.77"},
        "not_shipped": {"title": "Счет без отгрузки", "invoice": invoice.ref, "amount_kzt": "640000.00"},
        "in_dollars": {"title": "Запрос в долларах", "amount": "10000.00", "amount_kzt": "4900000.00"},
    }
