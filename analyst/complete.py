"""What a host may offer while someone types an argument of a prompt: names and numbers out of the mirror, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from analyst import fold, period
from analyst.argument import Argument
from analyst.errors import AnalystError
from analyst.tools import Analyst

OFFERED = 20

# A name is found by the starts of its words in any order, as people remember it; the label carries what tells namesakes apart.
_COUNTERPARTY = """
WITH asked AS (SELECT $words AS words),
fitting AS (
    SELECT c.cp_id, c.name, c.bin_iin FROM cp AS c, asked
    WHERE $text = '' OR starts_with(c.bin_iin, $text) OR contains(lower(c.name), lower($text))
        OR (asked.words <> '' AND len(list_filter(string_split(asked.words, ' '), lambda w: NOT contains(' ' || c.name_norm, ' ' || w))) = 0)
)
SELECT concat(f.name, ' (', coalesce(nullif(f.bin_iin, ''), f.cp_id), ')')
FROM fitting AS f LEFT JOIN doc AS d ON d.cp_id = f.cp_id {turnover}
GROUP BY f.cp_id, f.name, f.bin_iin ORDER BY coalesce(sum(d.sum_kzt), 0) DESC, f.name LIMIT 20
"""
_RECENT = "AND d.doc_date > CAST($since AS DATE)"
_FITS = "contains(lower({0}), lower($text))"
_ITEM = f"SELECT concat(name, ' (', item_id, ')') FROM item WHERE {_FITS.format('name')} OR starts_with(lower(coalesce(code, '')), lower($text)) ORDER BY is_service, name LIMIT 20"
_STATEMENTS = {
    "org": f"SELECT concat(name, ' (', coalesce(nullif(bin, ''), org_id), ')') FROM org WHERE {_FITS.format('name')} OR starts_with(bin, $text) "
    "OR org_id = lower($text) ORDER BY name, org_id LIMIT 20",
    "customer": _COUNTERPARTY.format(turnover=f"AND d.type = 'sale' {_RECENT}"),
    "supplier": _COUNTERPARTY.format(turnover=f"AND d.type = 'pay_out' {_RECENT}"),
    "counterparty": _COUNTERPARTY.format(turnover=_RECENT),
    "number": "SELECT number FROM doc WHERE type IN ('invoice_out', 'sale') AND (ends_with(number, $text) OR starts_with(number_short, $text)) "
    "GROUP BY number ORDER BY max(doc_date) DESC, number DESC LIMIT 20",
    "manager": f"SELECT owner FROM deal WHERE {_FITS.format('owner')} GROUP BY owner ORDER BY count(*) DESC, owner LIMIT 20",
    "owner": f"SELECT owner FROM deal WHERE {_FITS.format('owner')} GROUP BY owner ORDER BY count(*) DESC, owner LIMIT 20",
    "account": f"SELECT iban FROM bank_account WHERE iban IS NOT NULL AND ({_FITS.format('iban')} OR {_FITS.format('coalesce(bank, name)')}) "
    "ORDER BY closed_on IS NOT NULL, currency <> 'KZT', iban LIMIT 20",
    "item": _ITEM,
    # Only units that the item's card has a factor for: another one could not be converted.
    "unit": f"SELECT u.unit FROM unit_conv AS u JOIN item AS i USING (item_id) WHERE u.factor IS NOT NULL AND {_FITS.format('u.unit')} "
    "AND ($item = '' OR ends_with($item, concat('(', i.item_id, ')')) OR contains(lower(i.name), lower($item))) "
    "GROUP BY u.unit ORDER BY bool_or(u.is_base) DESC, u.unit LIMIT 20",
    "warehouse": f"SELECT name FROM warehouse WHERE {_FITS.format('name')} ORDER BY name LIMIT 20",
    "place": f"SELECT name FROM (SELECT name FROM warehouse UNION SELECT place FROM lead_time) WHERE {_FITS.format('name')} ORDER BY name LIMIT 20",
    "contract": f"SELECT k.number FROM contract AS k JOIN cp AS c USING (cp_id) WHERE {_FITS.format('k.number')} AND k.number IS NOT NULL "
    "AND ($counterparty = '' OR c.cp_id = $counterparty OR c.bin_iin = $counterparty OR contains(lower(c.name), lower($counterparty)) "
    "OR ends_with($counterparty, concat('(', coalesce(nullif(c.bin_iin, ''), c.cp_id), ')'))) "
    "GROUP BY k.number ORDER BY max(k.contract_date) DESC NULLS LAST, k.number LIMIT 20",
}
_BESIDE = {"unit": "item", "contract": "counterparty"}


async def offers(analyst: Analyst, argument: Argument, text: str, chosen: Mapping[str, str]) -> list[str]:
    """At most 20 values of an argument that fit what was typed so far. chosen: the other arguments that have a value."""
    text = text.strip()
    if argument.choices:
        return [value for value in argument.choices if value.startswith(text)][:OFFERED]
    try:
        snapshot = analyst.mirror.current()
    except AnalystError:
        return []
    day = snapshot.as_of
    if (statement := _STATEMENTS.get(argument.source)) is not None:
        parameters = {"text": text}
        if "$since" in statement:
            parameters["since"] = (day - timedelta(days=365)).isoformat()
            parameters["words"] = fold.folded(text)
        if other := _BESIDE.get(argument.source):
            parameters[other] = chosen.get(other, "").strip()
        return (await analyst.names(statement, parameters))[:OFFERED]
    if argument.source == "day":
        last = day.replace(day=1) - timedelta(days=1)
        values = [day.isoformat()]
        for _ in range(6):
            values.append(last.isoformat())
            last = last.replace(day=1) - timedelta(days=1)
    elif argument.source == "year":
        values = [str(day.year - back) for back in range(4)]
    elif argument.source == "period":
        values = period.recent(day)
    else:
        values = []
    return [value for value in values if value.startswith(text)][:OFFERED]
