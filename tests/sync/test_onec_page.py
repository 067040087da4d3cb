"""Bytes of a page into frames: exact money, typed columns, one broken row rejected alone."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import SourceChanged
from sync.sources.onec.page import read
from sync.sources.onec.shape import BrokenPageError, join, shape
from sync.sources.onec.tables import DOCUMENTS, FX_RATE
from sync.table import KEY, VERSION

SALE = shape(next(d for d in DOCUMENTS if d.table.name == "sale"))
REF = "8b9660f6-0000-4000-8000-00000000000"

# A live base's page, shortened: Int64 as strings, Double as numbers, padded code, sections inline, links beside.
LIVE = (
    '{"odata.metadata":"http://127.0.0.1/$metadata#Document_РеализацияТоваровУслуг","value":[{"Ref_Key":"8B9660F6-0000-4000-8000-000000000001",'
    '"DataVersion":"AAAACgAAAAA=","DeletionMark":false,"Number":"0000-000001   ","Date":"2021-12-22T17:22:08","Posted":false,'
    '"ВидОперации":"Товары","Организация_Key":"87fa0000-0000-4000-8000-000000000001","КурсВзаиморасчетов":1,'
    '"КратностьВзаиморасчетов":"1","СуммаВключаетНДС":true,"СуммаДокумента":150129,"НомерЧекаККМ":"0",'
    '"Товары":[{"Ref_Key":"8b9660f6-0000-4000-8000-000000000001","LineNumber":"1","Номенклатура_Key":"2d4f0000-0000-4000-8000-000000000001",'
    '"КоличествоМест":0,"Количество":25,"Цена":5455}],"Услуги":[],'
    '"Организация@navigationLinkUrl":"Document_РеализацияТоваровУслуг(guid\'8b96\')/Организация"}]}'
).encode()


def page(*rows: dict[str, Any] | object) -> bytes:
    return json.dumps({"odata.metadata": "x", "value": list(rows)}, ensure_ascii=False).encode()


def doc(n: int, **values: Any) -> dict[str, Any]:
    return {
        "Ref_Key": f"{REF}{n}",
        "DataVersion": "AAAAAQAAAAA=",
        "Date": "2025-03-01T12:00:00",
        "Товары": [],
        "Услуги": [],
    } | values


def priced(text: str) -> bytes:
    """A page of one document whose sum is exactly this JSON text."""
    return page(doc(1, СуммаДокумента="@")).replace(b'"@"', text.encode())


def test_a_live_page_is_read_with_its_own_oddities() -> None:
    rows = read(LIVE, SALE)
    row = rows.frame.row(0, named=True)
    assert row[KEY] == "8b9660f6-0000-4000-8000-000000000001"
    assert row[VERSION] == "AAAACgAAAAA="
    assert row["Number"] == "0000-000001"
    assert row["Date"] == datetime(2021, 12, 22, 17, 22, 8)
    assert row["СуммаДокумента"] == Decimal("150129.00")
    assert row["КратностьВзаиморасчетов"] == 1
    assert row["Комментарий"] is None
    assert rows.children["sale_goods"].row(0, named=True) == {
        KEY: "8b9660f6-0000-4000-8000-000000000001", "LineNumber": 1, "Номенклатура_Key": "2d4f0000-0000-4000-8000-000000000001",
        "Количество": Decimal(25), "Цена": Decimal(5455), "Сумма": None, "СтавкаНДС_Key": None, "СуммаНДС": None,
    }  # fmt: skip
    assert len(rows.children["sale_services"]) == 0
    assert (rows.count, rows.size) == (1, len(LIVE))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234567890123456.78", "1234567890123456.78"),
        ("9999999999999999.99", "9999999999999999.99"),
        ("-9999999999999999.99", "-9999999999999999.99"),
        ("0.1", "0.10"),
        ("1.005", "1.01"),
        ("2.675", "2.68"),
        ("-1.005", "-1.01"),
        ("0.30000000000000004", "0.30"),
        ("1E+3", "1000.00"),
        ("1e-9", "0.00"),
        ('"12.30"', "12.30"),
        ("34.7000000000000028421709430404007434844970703125", "34.70"),
    ],
)
def test_money_is_exact_from_its_text_and_rounded_half_up(text: str, value: str) -> None:
    rows = read(priced(text), SALE)
    assert not rows.rejects
    assert rows.frame["СуммаДокумента"].to_list() == [Decimal(value)]
    assert rows.frame.schema["СуммаДокумента"] == pl.Decimal(18, 2)


@given(
    st.decimals(min_value=-(10**16) + 1, max_value=10**16 - 1, places=2),
    st.decimals(min_value=0, max_value=10**9, places=6),
)
def test_any_amount_and_any_quantity_come_as_written(amount: Decimal, quantity: Decimal) -> None:
    body = page(doc(1, СуммаДокумента="@", Товары=[{"LineNumber": "1", "Количество": "#"}]))
    rows = read(body.replace(b'"@"', str(amount).encode()).replace(b'"#"', f"{quantity:f}".encode()), SALE)
    assert rows.frame["СуммаДокумента"].to_list() == [amount]
    assert rows.children["sale_goods"]["Количество"].to_list() == [quantity.quantize(Decimal("0.001"), ROUND_HALF_UP)]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"СуммаДокумента": "abc"}, "СуммаДокумента"),
        ({"СуммаДокумента": 10**17}, "СуммаДокумента"),
        ({"СуммаДокумента": True}, "СуммаДокумента"),
        ({"СуммаДокумента": "NaN"}, "СуммаДокумента"),
        ({"СуммаДокумента": "Infinity"}, "СуммаДокумента"),
        ({"Date": "2025-13-01T00:00:00"}, "Date"),
        ({"Date": 5}, "Date"),
        ({"Posted": "yes"}, "Posted"),
        ({"КратностьВзаиморасчетов": "1.5"}, "КратностьВзаиморасчетов"),
        ({"КратностьВзаиморасчетов": str(2**63)}, "КратностьВзаиморасчетов"),
        ({"Number": {"a": 1}}, "Number"),
        ({"Ref_Key": None}, "Ref_Key"),
        ({"Ref_Key": ""}, "Ref_Key"),
        ({"Товары": [{"LineNumber": "один"}]}, "Товары.LineNumber"),
        ({"Товары": [7]}, "Товары"),
    ],
)
def test_a_broken_row_is_rejected_alone(change: dict[str, Any], column: str) -> None:
    rows = read(page(doc(1, Number="А"), doc(2, **change), doc(3, Товары=[{"LineNumber": "1", "Сумма": 2.5}])), SALE)
    assert rows.frame[KEY].to_list() == [f"{REF}1", f"{REF}3"]
    assert rows.children["sale_goods"]["Сумма"].to_list() == [Decimal("2.50")]
    assert [r.table for r in rows.rejects] == ["sale"]
    assert rows.rejects[0].reason.startswith(column)
    assert rows.count == 3
    assert rows.frame.schema == read(LIVE, SALE).frame.schema


def test_a_row_that_is_no_object_is_rejected_under_a_name_of_its_own() -> None:
    rows = read(page(doc(1), "строка", [1]), SALE)
    assert len(rows.frame) == 1
    assert len({r.ref for r in rows.rejects}) == 2


def test_an_odd_value_elsewhere_in_the_page_does_not_change_good_rows() -> None:
    rows = [doc(1, СуммаДокумента=10.5, Number="А  ", Date="0001-01-01T00:00:00"), doc(2, СуммаДокумента=7)]
    quick = read(page(*rows), SALE)
    slow = read(page(*rows, {"Ref_Key": None}), SALE)
    assert slow.frame.equals(quick.frame)


def test_a_column_that_never_fits_is_a_changed_source() -> None:
    with pytest.raises(SourceChanged) as caught:
        read(page(doc(1, Posted="да"), doc(2, Posted="нет")), SALE)
    assert (caught.value.table, caught.value.column) == ("sale", "Posted")


@pytest.mark.parametrize("cut", [1, 20, 200, 400])
def test_a_page_cut_anywhere_is_broken_and_never_short(cut: int) -> None:
    with pytest.raises(BrokenPageError):
        read(LIVE[:-cut], SALE)


@pytest.mark.parametrize(
    "body", [b"{}", b'{"value":null}', b'{"value":{}}', b'{"value":[]}{"value":[]}', b"[]", b"x", b'{"value":[' * 9]
)
def test_what_is_no_page_is_broken(body: bytes) -> None:
    with pytest.raises(BrokenPageError):
        read(body, SALE)


def test_an_empty_page_is_an_empty_frame_with_the_same_columns() -> None:
    empty = read(page(), SALE)
    assert empty.frame.schema == read(LIVE, SALE).frame.schema
    assert {n: f.schema for n, f in empty.children.items()} == {
        n: f.schema for n, f in read(LIVE, SALE).children.items()
    }
    assert join((), SALE).frame.schema == empty.frame.schema


def test_pages_joined_keep_rows_rejects_and_sizes() -> None:
    parts = [read(LIVE, SALE), read(page(doc(2, Posted=1), doc(3)), SALE)]
    whole = join(parts, SALE)
    assert whole.frame[KEY].to_list() == ["8b9660f6-0000-4000-8000-000000000001", f"{REF}3"]
    assert (whole.count, len(whole.rejects), whole.size) == (3, 1, sum(p.size for p in parts))
    assert len(whole.children["sale_goods"]) == 1


def test_a_rate_is_keyed_by_its_day_and_currency() -> None:
    row = {"Period": "2026-01-05T00:00:00", "Валюта_Key": "AB", "Курс": 512.3456, "Кратность": "1"}
    rows = read(page(row), shape(FX_RATE))
    assert rows.frame[KEY].to_list() == ["2026-01-05T00:00:00|ab"]
    assert read(page(row, {}), shape(FX_RATE)).frame[KEY].to_list() == ["2026-01-05T00:00:00|ab"]
    assert rows.frame[VERSION].to_list() == [None]


def test_lines_of_documents_without_a_section_are_none() -> None:
    rows = read(page(doc(1, Товары=None), doc(2, Товары=[{"LineNumber": 3, "Сумма": 1}])), SALE)
    assert rows.children["sale_goods"].select(KEY, "LineNumber").rows() == [(f"{REF}2", 3)]
