"""Documents with rows of goods and services, and payments with the rows that say what they pay."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.sql.raw_books import DAY, EMPTY, Books, ref

BUYER: dict[str, Any] = {"Контрагент_Key": ref("buyer")}


def put_lines(books: Books) -> None:
    books.document("sale", "vat inside", DAY, "112.00", **BUYER)
    books.document("sale", "vat on top", DAY, "116.00", СуммаВключаетНДС=False, **BUYER)
    books.document("sale", "no vat", DAY, "50.00", УчитыватьНДС=False, **BUYER)
    line: dict[str, Any] = {"Количество": Decimal(1), "Цена": Decimal(100)}
    books.put(
        "onec_sale_goods",
        "vat inside",
        LineNumber=1,
        Сумма=Decimal("56.00"),
        СтавкаНДС_Key=ref("12%"),
        СуммаНДС=Decimal("6.00"),
        **line,
    )
    books.put(
        "onec_sale_goods",
        "vat inside",
        LineNumber=2,
        Сумма=Decimal("6.00"),
        СтавкаНДС_Key=ref("Без НДС"),
        СуммаНДС=Decimal(0),
        **line,
    )
    books.put(
        "onec_sale_services",
        "vat inside",
        LineNumber=1,
        Сумма=Decimal("50.00"),
        СтавкаНДС_Key=ref("0%"),
        СуммаНДС=Decimal(0),
        **line,
    )
    books.put(
        "onec_sale_goods",
        "vat on top",
        LineNumber=1,
        Сумма=Decimal("100.00"),
        СтавкаНДС_Key=ref("16%"),
        СуммаНДС=Decimal("16.00"),
        **line,
    )
    books.put(
        "onec_sale_goods",
        "no vat",
        LineNumber=1,
        Сумма=Decimal("50.00"),
        СтавкаНДС_Key=EMPTY,
        СуммаНДС=Decimal("6.00"),
        **line,
    )
    books.put(
        "onec_sale_goods",
        "draft",
        LineNumber=1,
        Сумма=Decimal("1.00"),
        СтавкаНДС_Key=ref("12%"),
        СуммаНДС=Decimal("0.11"),
        **line,
    )


def put_payments(books: Books) -> None:
    paid: dict[str, Any] = {"ВидОперации": "ОплатаПокупателя", **BUYER}
    books.document("bank_in", "two rows", DAY, "0.02", ВалютаДокумента_Key=ref("USD"), **paid)
    usd: dict[str, Any] = {
        "ДоговорКонтрагента_Key": ref("dollars"),
        "КурсВзаиморасчетов": Decimal("505.53"),
        "КратностьВзаиморасчетов": 1,
    }
    books.put(
        "onec_bank_in_split",
        "two rows",
        LineNumber=1,
        СуммаПлатежа=Decimal("0.01"),
        СуммаВзаиморасчетов=Decimal("0.01"),
        Сделка=ref("usd own rate"),
        **usd,
    )
    books.put(
        "onec_bank_in_split",
        "two rows",
        LineNumber=2,
        СуммаПлатежа=Decimal("0.01"),
        СуммаВзаиморасчетов=Decimal("0.01"),
        Сделка=EMPTY,
        **usd,
    )
    books.document("bank_in", "two contracts", DAY, "30.00", **paid)
    books.put(
        "onec_bank_in_split",
        "two contracts",
        LineNumber=1,
        СуммаПлатежа=Decimal(10),
        ДоговорКонтрагента_Key=ref("plain"),
        СчетНаОплату_Key=ref("number 000000234"),
    )
    books.put(
        "onec_bank_in_split",
        "two contracts",
        LineNumber=2,
        СуммаПлатежа=Decimal(20),
        ДоговорКонтрагента_Key=ref("30 days"),
    )
    books.put("onec_ddc_item", "goods", Code="1", Description="Товары", DeletionMark=False)
    books.put("onec_ddc_item", "wages", Code="2", Description="Зарплата", DeletionMark=True, gone=True)
    books.document("bank_out", "items", DAY, "60.00", ВидОперации="ОплатаПоставщику", СтатьяДвиженияДенежныхСредств_Key=ref("goods"), **BUYER)  # fmt: skip
    for n, item in enumerate((EMPTY, ref("wages"), ref("lost")), 1):
        books.put(
            "onec_bank_out_split",
            "items",
            LineNumber=n,
            СуммаПлатежа=Decimal(20),
            СтатьяДвиженияДенежныхСредств_Key=item,
        )
    books.document("cash_out", "no items", DAY, "5.00", ВидОперации="ОплатаПоставщику", Касса_Key=ref("desk"))
    books.put("onec_cash_desk", "desk", Description="Касса", Owner_Key=ref("org"), ВалютаДенежныхСредств_Key=ref("KZT"))
    books.put("onec_cash_out_split", "no items", LineNumber=1, СуммаПлатежа=Decimal(5))
    books.document(
        "debt_adjust",
        "advance written off",
        DAY,
        "9.00",
        ВидОперации="СписаниеЗадолженности",
        КонтрагентКредитор_Key=ref("buyer"),
    )
    books.put(
        "onec_debt_adjust_split",
        "advance written off",
        LineNumber=1,
        ДоговорКонтрагента_Key=ref("plain"),
        ВидЗадолженности="Кредиторская",
        Сумма=Decimal(9),
    )
    books.document(
        "debt_adjust", "netting", DAY, "70.00", ВидОперации="ПроведениеВзаимозачета", КонтрагентДебитор_Key=ref("buyer"),
        КонтрагентКредитор_Key=ref("seller"),
    )  # fmt: skip
    books.put(
        "onec_debt_adjust_split",
        "netting",
        LineNumber=1,
        ДоговорКонтрагента_Key=ref("plain"),
        ВидЗадолженности="Дебиторская",
        Сумма=Decimal(70),
    )
    books.put(
        "onec_debt_adjust_split",
        "netting",
        LineNumber=2,
        ДоговорКонтрагента_Key=ref("purchase"),
        ВидЗадолженности="Кредиторская",
        Сумма=Decimal(70),
    )
    books.document(
        "cash_out",
        "refund",
        DAY,
        "5.00",
        ВидОперации="ВозвратПокупателю",
        Контрагент=ref("buyer"),
        Контрагент_Type="StandardODATA.Catalog_Контрагенты",
    )
    books.put(
        "onec_cash_out_split", "refund", LineNumber=1, СуммаПлатежа=Decimal(5), ДоговорКонтрагента_Key=ref("plain")
    )

    books.document("sale", "first", DAY, "10.00", **BUYER)
    issued: tuple[tuple[str, dict[str, Any]], ...] = (
        ("first", {"Number": "ДТ000000054"}),
        ("first", {"Number": "ДТ000000055", "Date": datetime(2026, 1, 8, 9), "ДатаСовершенияОборотаПоРеализации": datetime(2026, 1, 7)}),
        ("first", {"Number": "ДТ000000056", "Date": datetime(2026, 1, 9), "Posted": False}),
        ("first", {"Number": "ДТ000000057", "Date": datetime(2026, 1, 9), "gone": True}),
        ("no vat", {"Number": "ДТ000000060", "DeletionMark": True}),
        ("vat on top", {"Number": "ДТ000000061", "ДатаСовершенияОборотаПоРеализации": datetime(1, 1, 1)}),
        ("a purchase", {"Number": "ДТ000000062"}),
    )  # fmt: skip
    for n, (base, columns) in enumerate(issued):
        usual: dict[str, Any] = {
            "Date": datetime(2026, 1, 6, 18),
            "Posted": True,
            "DeletionMark": False,
            "ДокументОснование": ref(base),
        }
        books.put("onec_tax_invoice", f"tax invoice {n}", **(usual | columns))
    books.document(
        "sale_return",
        "second",
        DAY,
        "4.00",
        ДокументОснование=ref("first"),
        ДокументОснование_Type="StandardODATA.Document_РеализацияТоваровУслуг",
        **BUYER,
    )
