"""What the company earned on its sales: revenue without VAT less the cost of the same goods, from the documents alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sync.standins.company.ground import Ground, to_kzt
from sync.standins.company.model import Company, Doc, Party
from sync.standins.company.plot import money

_SIGN = {"sale": 1, "sale_return": -1}


def margin(now: Company, base: Ground, first: date, last: date) -> tuple[int, int]:
    """(revenue, cost) of a period, both days inside, in tiyn of KZT; sales to own entities left out."""
    parties: Mapping[str, Party] = {party.ref: party for party in now.parties}
    revenue = cost = 0
    for doc in now.docs:
        sign = _SIGN.get(doc.kind, 0)
        counts = sign and doc.posted and not doc.deleted and first <= doc.moment.date() <= last
        if counts and parties[doc.party or ""].own_org is None:
            revenue += sign * _net(doc)
            cost += sign * sum(base.prices[row.item][1] * row.qty // 1000 for row in doc.goods)
    return revenue, cost


def _net(doc: Doc) -> int:
    vat = sum(row.vat_total for row in doc.goods + doc.services)
    return to_kzt(doc.total, doc.rate, doc.mult) - to_kzt(vat, doc.rate, doc.mult)


def closed(now: Company, base: Ground, first: date, last: date) -> dict[str, str | int | None]:
    """The row that tells of a period whose months are all closed."""
    revenue, cost = margin(now, base, first, last)
    return {
        "value": money(revenue - cost),
        "reason": None,
        "revenue_kzt": money(revenue),
        "cost_kzt": money(cost),
        "open_months": 0,
        "closed_kzt": money(revenue - cost),
    }


def half_closed(now: Company, base: Ground, first: date, last: date, end: date) -> dict[str, str | int | None]:
    """The row that tells of a period whose last month is open; `end` is the last day that is closed."""
    revenue, cost = margin(now, base, first, end)
    return {
        "value": None,
        "reason": "month_not_closed",
        "revenue_kzt": money(margin(now, base, first, last)[0]),
        "cost_kzt": None,
        "open_months": 1,
        "open_list": last.strftime("%Y-%m"),
        "closed_kzt": money(revenue - cost),
        "closed_to": end.isoformat(),
    }
