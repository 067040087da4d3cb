"""Documents of every kind and oddity, for the tests of what core makes of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.sql.raw_books import DAY, SECOND_LOAD, Books, ref
from tests.sql.section_books import BUYER, put_lines, put_payments

INCOMING = {
    "ОплатаПокупателя": "pay_in",
    "ВозвратОтПоставщика": "refund_in",
    "ПереводСобственныхСредств": "transfer_in",
    "ПрочееПоступление": "other_in",
    "": "other_in",
}
OUTGOING = {
    "ОплатаПоставщику": "pay_out",
    "ВозвратПокупателю": "refund_out",
    "ПереводСобственныхСредств": "transfer_out",
    "КомиссияБанка": "fee",
    "ПокупкаВалюты": "other_out",
    "ПрочееСписание": "other_out",
}
ADJUSTMENTS = {
    "ПроведениеВзаимозачета": "offset",
    "СписаниеЗадолженности": "writeoff",
    "ПереносЗадолженности": "debt_adjust",
    "ВосстановлениеЗадолженности": "debt_adjust",
}


def put_agreements(books: Books) -> None:
    books.card("buyer", "ТОО «Выдуманный покупатель»")
    books.card("seller", "ТОО «Выдуманный поставщик»")
    books.contract("plain", "buyer")
    books.contract("30 days", "buyer", УстановленСрокОплаты=True, СрокОплаты=30)
    books.contract("days without a term", "buyer", УстановленСрокОплаты=False, СрокОплаты=45)
    staged = "30% через 0 дней, 50% через 30 дней, 20% через 60 дней"
    books.contract("staged", "buyer", УсловияОплаты=staged, УстановленСрокОплаты=True, СрокОплаты=90)
    books.contract("late part first", "buyer", УсловияОплаты="Оплата: 66,5 % через 10 дней и 33,5% через 5 дней")
    books.contract(
        "90 per cent",
        "buyer",
        УсловияОплаты="30% через 0 дней, 60% через 30 дней",
        УстановленСрокОплаты=True,
        СрокОплаты=7,
    )
    books.contract("dollars", "buyer", ВалютаВзаиморасчетов_Key=ref("USD"))
    books.contract("purchase", "seller", ВидДоговора="СПоставщиком", ВедениеВзаиморасчетов="ПоРасчетнымДокументам")
    books.put(
        "onec_fx_rate",
        "a|usd",
        Period=datetime(2025, 12, 31),
        Валюта_Key=ref("USD"),
        Курс=Decimal("505.53"),
        Кратность=1,
    )
    books.put(
        "onec_fx_rate", "b|usd", Period=datetime(2026, 1, 6), Валюта_Key=ref("USD"), Курс=Decimal("510.07"), Кратность=1
    )
    books.put(
        "onec_fx_rate",
        "c|rub",
        Period=datetime(2026, 1, 1),
        Валюта_Key=ref("RUB"),
        Курс=Decimal("632.5"),
        Кратность=100,
    )


def put_one_of_each_kind(books: Books) -> None:
    for table in ("invoice_out", "sale", "sale_return", "purchase", "purchase_return"):
        books.document(table, f"a {table}", DAY, "1.00", **BUYER)
    for operation in INCOMING:
        for table in ("bank_in", "bank_in_order"):
            books.document(table, f"{table} {operation}", DAY, "1.00", ВидОперации=operation, **BUYER)
        books.document(
            "cash_in", f"cash_in {operation}", DAY, "1.00", ВидОперации=operation, Контрагент=ref("buyer"),
            Контрагент_Type="StandardODATA.Catalog_Контрагенты",
        )  # fmt: skip
    for operation in OUTGOING:
        for table in ("bank_out", "bank_out_order"):
            books.document(table, f"{table} {operation}", DAY, "1.00", ВидОперации=operation, **BUYER)
        books.document("cash_out", f"cash_out {operation}", DAY, "1.00", ВидОперации=operation)
    for operation in ADJUSTMENTS:
        books.document(
            "debt_adjust",
            f"debt_adjust {operation}",
            DAY,
            "1.00",
            ВидОперации=operation,
            КонтрагентДебитор_Key=ref("buyer"),
        )


def put_due(books: Books) -> None:
    for contract in ("plain", "30 days", "days without a term", "staged", "late part first", "90 per cent"):
        books.document("sale", f"sale {contract}", DAY, "1000.01", ДоговорКонтрагента_Key=ref(contract), **BUYER)
    books.document("sale", "sale of one tiyn", DAY, "0.01", ДоговорКонтрагента_Key=ref("staged"), **BUYER)


def put_currencies(books: Books) -> None:
    dollars: dict[str, Any] = {"ВалютаДокумента_Key": ref("USD"), "ДоговорКонтрагента_Key": ref("dollars"), **BUYER}
    books.document(
        "sale", "usd own rate", DAY, "0.50", КурсВзаиморасчетов=Decimal("505.53"), КратностьВзаиморасчетов=1, **dollars
    )
    books.document(
        "sale",
        "usd without rate",
        date(2026, 1, 7),
        "100.00",
        КурсВзаиморасчетов=0,
        КратностьВзаиморасчетов=0,
        **dollars,
    )
    books.document(
        "sale",
        "tenge under a dollar contract",
        DAY,
        "100.00",
        КурсВзаиморасчетов=Decimal("505.53"),
        ДоговорКонтрагента_Key=ref("dollars"),
        **BUYER,
    )
    books.document(
        "sale",
        "roubles",
        DAY,
        "10.10",
        ВалютаДокумента_Key=ref("RUB"),
        КурсВзаиморасчетов=Decimal("632.5"),
        КратностьВзаиморасчетов=100,
        **BUYER,
    )
    books.document(
        "sale",
        "a trillion",
        DAY,
        "999999999999.99",
        ВалютаДокумента_Key=ref("USD"),
        КурсВзаиморасчетов=Decimal("505.53"),
        **BUYER,
    )


def put_odd(books: Books) -> None:
    books.document("sale", "draft", DAY, "1.00", Posted=False, **BUYER)
    books.document("sale", "marked", DAY, "1.00", DeletionMark=True, **BUYER)
    books.document("sale", "vanished", DAY, "1.00", gone=True, **BUYER)
    books.document("bank_in", "not carried out", DAY, "1.00", Оплачено=False, ВидОперации="ОплатаПокупателя", **BUYER)
    books.document(
        "bank_in",
        "carried out later",
        DAY,
        "1.00",
        ВидОперации="ОплатаПокупателя",
        ДатаВыписки=datetime(2026, 1, 8),
        **BUYER,
    )
    books.document("bank_in", "from nobody", DAY, "1.00", ВидОперации="ОплатаПокупателя")
    books.document(
        "bank_in", "from a lost card", DAY, "1.00", ВидОперации="ПрочееПоступление", Контрагент_Key=ref("lost")
    )
    for number in ("АЛ000000234", "000000234", "00234/1", "б/н", "0000"):
        books.document("invoice_out", f"number {number}", DAY, "1.00", Number=number, **BUYER)
    books.document("sale", "entered late", date(2026, 1, 9), "1.00", seen=SECOND_LOAD, **BUYER)
    books.document("sale", "dated the day of the first load", date(2026, 1, 10), "1.00", seen=SECOND_LOAD, **BUYER)
    books.document("sale", "dated between the loads", date(2026, 1, 12), "1.00", seen=SECOND_LOAD, **BUYER)
    books.document("sale", "on time", date(2026, 1, 30), "1.00", seen=SECOND_LOAD, **BUYER)


def made(folder: Path) -> Books:
    """All of it, built."""
    books = Books()
    put_agreements(books)
    put_one_of_each_kind(books)
    put_due(books)
    put_currencies(books)
    put_odd(books)
    put_lines(books)
    put_payments(books)
    books.build(folder)
    return books


def one(books: Books, key: str, columns: str) -> tuple[Any, ...]:
    """Columns of one document that counts."""
    (row,) = books.rows(f"select {columns} from doc where doc_id = '{books.doc(key)}'")
    return row
