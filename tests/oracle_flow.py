"""The flow of money by cash flow item, from the papers of 1C alone: what a row names, else the head, else the kind of operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.oracle_case import Case
from tests.oracle_money import day_of, dec, in_kzt
from tests.oracle_wire import EMPTY, Row

ITEM = "СтатьяДвиженияДенежныхСредств_Key"
CAME = ("Document_ПлатежноеПоручениеВходящее", "Document_ПлатежныйОрдерПоступлениеДенежныхСредств", "Document_ПриходныйКассовыйОрдер")  # fmt: skip
WENT = ("Document_ПлатежноеПоручениеИсходящее", "Document_ПлатежныйОрдерСписаниеДенежныхСредств", "Document_РасходныйКассовыйОрдер")  # fmt: skip
OWN = {"ПереводСобственныхСредств", "ПокупкаВалюты", "ПолучениеНаличныхВБанке", "ВзносНаличнымиВБанк"}
WORDS = {
    "ОплатаПокупателя": "customers",
    "ВозвратПокупателю": "customers",
    "ОплатаПоставщику": "suppliers",
    "ВозвратОтПоставщика": "suppliers",
    "КомиссияБанка": "bank_fees",
}


@dataclass(frozen=True, slots=True)
class Flow:
    """A part of a movement: in tenge, above zero when money came."""

    document: str
    day: date
    party: str
    place: str  # account or cash desk
    item: str  # name; empty where neither row nor head has one
    operation: str
    knp: str
    kzt: Decimal


def flows(case: Case, first: date, last: date) -> Iterator[Flow]:
    """Every part of every movement of a period that changes the money of the company."""
    names = {row["Ref_Key"]: row["Description"] for row in case.wire["Catalog_СтатьиДвиженияДенежныхСредств"]}
    for sign, sets in ((1, CAME), (-1, WENT)):
        for row in (row for name in sets for row in case.wire[name]):
            day = day_of(row.get("ДатаВыписки")) or day_of(row["Date"])
            counts = row["Posted"] and not row["DeletionMark"] and row.get("Оплачено", True)
            if not counts or day is None or not first <= day <= last or row["ВидОперации"] in OWN:
                continue
            paper = case.books.papers.get(row["Ref_Key"])
            party = paper.party if paper else ""
            if case.ours(party):
                continue
            place = row.get("СчетОрганизации_Key") or row.get("Касса_Key") or ""
            for key, kzt in _parts(case, row):
                yield Flow(row["Ref_Key"], day, party, place, names.get(key, ""), row["ВидОперации"], row.get("КодНазначенияПлатежа") or "", sign * kzt)  # fmt: skip


def _parts(case: Case, row: Row) -> Iterator[tuple[str, Decimal]]:
    """Key of the item and tenge of each row, rounded on what is paid up to it, so that the parts are the payment."""
    paper = case.books.papers.get(row["Ref_Key"])
    rate, mult = (paper.rate, paper.mult) if paper else (Decimal(1), Decimal(1))
    told = upto = Decimal(0)
    for line in row["РасшифровкаПлатежа"]:
        upto += dec(line["СуммаПлатежа"])
        worth = in_kzt(upto, rate, mult)
        yield (line[ITEM] if line[ITEM] != EMPTY else row[ITEM]), worth - told
        told = worth
    if rest := in_kzt(dec(row["СуммаДокумента"]), rate, mult) - told:
        yield row[ITEM], rest


Key = tuple[int, int, str, str, str]


def by_item(case: Case, first: date, last: date) -> list[tuple[*Key, Decimal, Decimal, int]]:
    """By month: category, what names it, payment purpose code where it is the operation, money in, money out, documents."""
    came: dict[Key, Decimal] = defaultdict(Decimal)
    went: dict[Key, Decimal] = defaultdict(Decimal)
    papers: dict[Key, set[str]] = defaultdict(set)
    for flow in flows(case, first, last):
        word, by, knp = (
            (flow.item, "item", "") if flow.item else (WORDS.get(flow.operation, "other"), "operation", flow.knp)
        )
        key = flow.day.year, flow.day.month, word, by, knp
        papers[key].add(flow.document)
        (came if flow.kzt > 0 else went)[key] += abs(flow.kzt)
    return [(*key, came[key], went[key], len(found)) for key, found in papers.items()]


def on_its_way(case: Case) -> list[tuple[int, int, Decimal]]:
    """By month in which it changed: by how much money between own places (1020, 1021) has grown, by the ledger."""
    grown: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for entry in case.books.entries:
        if entry.account in {"1020", "1021"}:
            grown[entry.day.year, entry.day.month] += entry.kzt
    return [(*month, total) for month, total in grown.items() if total]
