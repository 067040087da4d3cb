"""Source data as the wire has it: entity sets of a 1C over OData, bank statement files, deals of a CRM. Nothing is reckoned here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from tests.oracle_money import dec

Row = Mapping[str, Any]
Wire = dict[str, list[dict[str, Any]]]

CATALOGS = (
    "Catalog_Организации",
    "Catalog_Контрагенты",
    "Catalog_ДоговорыКонтрагентов",
    "Catalog_Валюты",
    "Catalog_БанковскиеСчета",
    "Catalog_Кассы",
    "Catalog_СтатьиДвиженияДенежныхСредств",
    "ChartOfAccounts_Типовой",
)
DOCUMENTS = (
    "Document_СчетНаОплатуПокупателю",
    "Document_РеализацияТоваровУслуг",
    "Document_ВозвратТоваровОтПокупателя",
    "Document_ПоступлениеТоваровУслуг",
    "Document_ВозвратТоваровПоставщику",
    "Document_КорректировкаДолга",
    "Document_ПлатежноеПоручениеВходящее",
    "Document_ПлатежныйОрдерПоступлениеДенежныхСредств",
    "Document_ПлатежноеПоручениеИсходящее",
    "Document_ПлатежныйОрдерСписаниеДенежныхСредств",
    "Document_ПриходныйКассовыйОрдер",
    "Document_РасходныйКассовыйОрдер",
)
TAX_INVOICES = "Document_СчетФактураВыданный"
ENTRIES = "AccountingRegister_Типовой/RecordsWithExtDimensions"
EMPTY = "00000000-0000-0000-0000-000000000000"


def read_onec(url: str, user: str, password: str) -> Wire:
    """Every set that money needs, each whole and as JSON gives it; fractions are Decimal."""
    found: Wire = {}
    login = httpx.BasicAuth(user.encode(), password.encode())
    with httpx.Client(auth=login, timeout=60) as client:
        for name in (*CATALOGS, *DOCUMENTS, TAX_INVOICES, ENTRIES):
            answer = client.get(url + name, params={"$format": "json"}).raise_for_status()
            found[name] = json.loads(answer.text, parse_float=Decimal)["value"]
    return found


@dataclass(slots=True)
class Statement:
    """One account section of a bank file: the bank's own balances, and the lines of its days as (day, amount with sign)."""

    file: str
    account: str
    first: date
    last: date
    opening: Decimal
    came: Decimal
    went: Decimal
    closing: Decimal
    lines: list[tuple[date, Decimal]] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """The lines add up to the bank's own totals, and the totals lead from opening to closing."""
        came = sum((a for _, a in self.lines if a > 0), Decimal(0))
        went = -sum((a for _, a in self.lines if a < 0), Decimal(0))
        return (came, went) == (self.came, self.went) and self.opening + self.came - self.went == self.closing


def read_bank(files: Iterable[Path]) -> list[Statement]:
    """The statements of files that are sound from end to end; a file with one broken section is left out whole."""
    found: list[Statement] = []
    for file in sorted(files):
        sections = _sections(file)
        if all(s.sound for s in sections):
            found.extend(sections)
    return found


def _sections(file: Path) -> list[Statement]:
    heads, papers = _blocks(_text(file.read_bytes()))
    found = [
        Statement(
            file.name,
            head["РАСЧСЧЕТ"],
            _day(head["ДАТАНАЧАЛА"]),
            _day(head["ДАТАКОНЦА"]),
            dec(head["НАЧАЛЬНЫЙОСТАТОК"]),
            dec(head["ВСЕГОПОСТУПИЛО"]),
            dec(head["ВСЕГОСПИСАНО"]),
            dec(head["КОНЕЧНЫЙОСТАТОК"]),
        )
        for head in heads
    ]
    for paper in papers:
        day, amount = _movement(paper)
        home = next(s for s in found if s.first <= day <= s.last)
        home.lines.append((day, amount))
    return found


def _movement(paper: dict[str, str]) -> tuple[date, Decimal]:
    """Day and amount of a line: above zero when money came."""
    if paper.get("СУММАПРИХОД"):
        return _day(paper["ДАТАОПЕРАЦИИ"]), dec(paper["СУММАПРИХОД"])
    if paper.get("СУММАРАСХОД"):
        return _day(paper["ДАТАОПЕРАЦИИ"]), -dec(paper["СУММАРАСХОД"])
    if paper.get("ДАТАПОСТУПИЛО"):
        return _day(paper["ДАТАПОСТУПИЛО"]), dec(paper["СУММА"])
    return _day(paper["ДАТАСПИСАНО"]), -dec(paper["СУММА"])


def _blocks(text: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Account sections and documents of a file, keys in capitals."""
    heads: list[dict[str, str]] = []
    papers: list[dict[str, str]] = []
    block: dict[str, str] | None = None
    for line in text.splitlines():
        key, _, value = line.partition("=")
        word = key.strip().upper()
        if word in {"СЕКЦИЯРАСЧСЧЕТ", "СЕКЦИЯДОКУМЕНТ"}:
            block = {}
            (heads if word == "СЕКЦИЯРАСЧСЧЕТ" else papers).append(block)
        elif word.startswith("КОНЕЦ") and not value:
            block = None
        elif block is not None:
            block[word] = value.strip().strip('"')
    return heads, papers


def _text(raw: bytes) -> str:
    """The file in the code page that makes its section words readable."""
    for encoding in ("utf-8-sig", "cp1251", "cp866"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "СЕКЦИЯРАСЧСЧЕТ" in text.upper():
            return text
    raise ValueError(raw[:80])


def _day(text: str) -> date:
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))
