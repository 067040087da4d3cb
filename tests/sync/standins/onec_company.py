"""Three sales, a dollar payment, an offset, five entries: a company small enough to add up by hand, and a client of its 1C."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import httpx

from sync.standins.company.model import (
    Adjustment,
    Allocation,
    BankAccount,
    Company,
    Contract,
    Doc,
    Entry,
    Item,
    Line,
    Org,
    Party,
    Rate,
    StockMove,
    Warehouse,
)
from sync.standins.onec import (
    PASSWORD,
    USER,
    OnecServer,
)

EMPTY = "00000000-0000-0000-0000-000000000000"
SALES = "Document_РеализацияТоваровУслуг"
PAYMENTS = "Document_ПлатежноеПоручениеВходящее"
PARTIES = "Catalog_Контрагенты"
GL = "AccountingRegister_Типовой"
STOCK = "AccumulationRegister_ТоварыОрганизацийБУ"
EDM = "{http://schemas.microsoft.com/ado/2009/11/edm}"


def ref(n: int) -> str:
    return f"00000000-0000-4000-8000-{n:012x}"


def small_company() -> Company:
    """Return three sales, a dollar payment, an offset, five entries: figures small enough to add up by hand."""
    lines = (Line(ref(40), 2500, 545500, 1363750, "12", 146116),)
    sale = Doc(
        ref(100),
        "sale",
        "СРЕ00000001",
        datetime(2025, 10, 1, 10, 0),
        ref(1),
        ref(10),
        ref(20),
        "KZT",
        10_000,
        1,
        1363750,
        goods=lines,
        warehouse=ref(50),
        comment='«Кавычки», "двойные"\nи новая строка',
    )
    later = replace(sale, ref=ref(101), number="СРЕ00000002", moment=datetime(2025, 10, 31, 23, 59, 59), party=ref(11))
    draft = replace(sale, ref=ref(102), number="СРЕ00000003", moment=datetime(2025, 11, 5, 9, 0), posted=False)
    huge = replace(
        sale, ref=ref(103), number="СРЕ00000004", moment=datetime(2025, 12, 5, 9, 0), total=123456789012345678
    )
    paid = Allocation(ref(21), 10000, target=ref(100))
    payment = Doc(
        ref(110),
        "bank_in",
        "СРЕ00000001",
        datetime(2025, 11, 10, 12, 0),
        ref(1),
        ref(10),
        ref(21),
        "KZT",
        10_000,
        1,
        10000,
        operation="ОплатаПокупателя",
        allocations=(paid,),
        bank_account=ref(60),
        knp="710",
    )
    cash = Doc(
        ref(120),
        "cash_in",
        "СРЕ00000001",
        datetime(2025, 11, 11, 12, 0),
        ref(1),
        ref(10),
        ref(20),
        "KZT",
        10_000,
        1,
        5000,
        operation="ОплатаПокупателя",
        allocations=(Allocation(ref(20), 5000),),
    )
    offset = Doc(
        ref(130),
        "debt_adjust",
        "СРЕ00000001",
        datetime(2025, 11, 12),
        ref(1),
        ref(10),
        None,
        "KZT",
        10_000,
        1,
        700,
        operation="ПроведениеВзаимозачета",
        adjustments=(
            Adjustment(ref(10), ref(20), ref(100), 700, "receivable"),
            Adjustment(ref(11), ref(22), None, 700, "payable"),
        ),
    )
    dims = (("party", ref(10)), ("contract", ref(20)))
    entries = [
        Entry(ref(100), 1, sale.moment, ref(1), "1210", "6010", dims, (), 1217634),
        Entry(ref(100), 2, sale.moment, ref(1), "1210", "3130", dims, (), 146116),
        Entry(ref(101), 1, later.moment, ref(1), "1210", "6010", (("party", ref(11)), ("contract", ref(22))), (), 500),
        Entry(
            ref(110),
            1,
            payment.moment,
            ref(1),
            "1030",
            "1210",
            (("bank_account", ref(60)),),
            dims,
            10000,
            debit_currency="USD",
            debit_total=20,
        ),
        Entry(
            ref(130), 1, offset.moment, ref(1), "3310", "1210", (("party", ref(11)), ("contract", ref(22))), dims, 700
        ),
    ]
    return Company(
        size="hand", seed=0, today=date(2026, 1, 31),
        orgs=[Org(ref(1), "000000001", "ТОО Выдуманная Опора", "ТОО Выдуманная Опора", "000000000000", "СРЕ", date(2020, 1, 1))],
        parties=[
            Party(ref(10), "000000002", "Яблоня выдуманная", "ТОО Яблоня выдуманная", "", "company"),
            Party(ref(11), "000000001", "Абрикос выдуманный", "ИП Абрикос выдуманный", "", "entrepreneur", parent=ref(10)),
        ],
        contracts=[
            Contract(ref(20), "000000001", ref(10), ref(1), "1", date(2025, 1, 1), "KZT", "sale", 14, "", "by_document"),
            Contract(ref(21), "000000002", ref(10), ref(1), "2", date(2025, 1, 1), "USD", "sale", None, "", "by_contract"),
            Contract(ref(22), "000000003", ref(11), ref(1), "3", date(2025, 1, 1), "KZT", "purchase", None, "", "by_contract"),
        ],
        bank_accounts=[BankAccount(ref(60), "000000001", ref(1), True, "KZ000000000000000001", ref(70), "KZT")],
        items=[Item(ref(40), "000000001", "А-1", "Товар выдуманный", "шт", False, "12")],
        warehouses=[Warehouse(ref(50), "000000001", "Склад выдуманный")],
        rates=[
            Rate(date(2025, 11, 1), "USD", 5_000_000, 1),
            Rate(date(2025, 11, 10), "USD", 5_200_000, 1),
            Rate(date(2025, 12, 1), "USD", 5_300_000, 1),
        ],
        docs=[huge, draft, later, sale, payment, cash, offset],
        entries=entries,
        stock=[
            StockMove(ref(99), 1, datetime(2025, 9, 1), ref(1), ref(40), ref(50), 10_000, True),
            StockMove(ref(100), 1, sale.moment, ref(1), ref(40), ref(50), 2_500, False),
        ],
    )  # fmt: skip


class Client:
    """A plain client that writes addresses the way 1C reads them."""

    def __init__(self, server: OnecServer) -> None:
        self.server = server
        self.http = httpx.Client(auth=httpx.BasicAuth(USER, PASSWORD))

    def get(self, path: str, **options: str) -> httpx.Response:
        options = {"format": "json", **options}
        asked = "&".join(f"${name}={quote(value, safe='()=,:/*')}" for name, value in options.items() if value)
        return self.http.get(f"{self.server.url}{quote(path, safe='()=,:/$')}?{asked}")

    def rows(self, path: str, **options: str) -> list[dict[str, Any]]:
        response = self.get(path, **options)
        assert response.status_code == 200, response.text
        rows: list[dict[str, Any]] = json.loads(response.text, parse_float=Decimal)["value"]
        return rows

    def error(self, path: str, **options: str) -> tuple[int, str]:
        response = self.get(path, **options)
        return response.status_code, response.json()["odata.error"]["code"]
