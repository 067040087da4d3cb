"""What a host may offer while someone types an argument of a prompt: names and numbers out of the mirror."""

from __future__ import annotations

from datetime import timedelta

from analyst import period
from analyst.errors import AnalystError
from analyst.tools import Analyst

OFFERED = 20

_COUNTERPARTY = """
SELECT c.name FROM cp AS c LEFT JOIN doc AS d ON d.cp_id = c.cp_id {only}
WHERE starts_with(c.bin_iin, $text) OR contains(lower(c.name), lower($text))
GROUP BY c.cp_id, c.name ORDER BY coalesce(sum(d.sum_kzt), 0) DESC, c.name LIMIT 20
"""
_STATEMENTS = {
    "org": "SELECT name FROM org WHERE contains(lower(name), lower($text)) ORDER BY name LIMIT 20",
    "counterparty": _COUNTERPARTY.format(only=""),
    "supplier": _COUNTERPARTY.format(only="AND d.type = 'pay_out'"),
    "number": "SELECT number FROM doc WHERE type IN ('invoice_out', 'sale') AND (ends_with(number, $text) OR starts_with(number_short, $text)) "
    "GROUP BY number ORDER BY max(doc_date) DESC, number DESC LIMIT 20",
}


async def offers(analyst: Analyst, kind: str, text: str) -> list[str]:
    """At most 20 values of a kind that fit what was typed so far."""
    if kind in _STATEMENTS:
        return await analyst.names(_STATEMENTS[kind], {"text": text.strip()})
    try:
        day = analyst.mirror.current().as_of
    except AnalystError:
        return []
    if kind == "day":
        last = day.replace(day=1) - timedelta(days=1)
        values = [day.isoformat()]
        for _ in range(6):
            values.append(last.isoformat())
            last = last.replace(day=1) - timedelta(days=1)
    elif kind == "year":
        values = [str(day.year - back) for back in range(4)]
    elif kind == "period":
        values = period.recent(day)
    else:
        values = []
    return [value for value in values if value.startswith(text.strip())][:OFFERED]
