"""Exports of the portal of electronic invoices, pulled by the real source: what becomes rows, what is told apart, what is turned away."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from sync.sources import bank
from sync.sources.esf import TABLES, source
from sync.standins.company.einvoice import ADDITIONAL, BASIC, FIXED, Export, Invoice, Row, Side, State
from sync.standins.einvoices import encoded
from sync.table import Reject, Since
from tests.sync.inbox import NOW, Pulled, pulled

SENT, SEEN = datetime(2026, 1, 5, 9, 40), datetime(2026, 1, 5, 11, 5)
OFF = datetime(2026, 1, 20, 15)
BASIC_ONE = Invoice(
    BASIC, Side("990140000017", "ТОО «Демо & Проба»"), Side("990240000023", "ТОО «Пример»"), date(2026, 1, 5), date(2026, 1, 4), "KZT", 10_000, 1,
    (Row("Насос <дренажный>", "шт", 2500, 11_600, "16", 1_600), Row("Доставка", "усл", 1000, 50, "none", 0)), "00000000234", "doc", 0xAB,
    (State(SENT, "CREATED"), State(SEEN, "DELIVERED")), "77",
)  # fmt: skip
REVOKED = replace(BASIC_ONE, states=(*BASIC_ONE.states, State(OFF, "REVOKED", "ошибка в сумме")))


def export(file: str, *invoices: Invoice, day: date = date(2026, 1, 31)) -> Export:
    return Export(file, day, invoices)


def write(folder: Path, *exports: Export) -> None:
    for one in exports:
        (folder / one.file).write_bytes(encoded(one))


def pull(inbox: Path, before: Pulled | None = None, *, full: bool = False) -> Pulled:
    return pulled(source(inbox), before, full=full)


def test_an_invoice_is_a_row_with_everything_that_it_says(tmp_path: Path) -> None:
    fixed = replace(REVOKED, kind=FIXED, issued=date(2026, 1, 20), serial=0xCD, related=BASIC_ONE, number="78", currency="USD", rate=4_805_000,
                    states=(State(OFF, "CREATED"),))  # fmt: skip
    write(tmp_path, export("a.xml", REVOKED, fixed))
    got = pull(tmp_path)
    first, second = got.rows["invoice"].sort("reg_no").rows(named=True)
    assert {key: value for key, value in first.items() if key != "src_ref"} == {
        "src_version": None, "reg_no": "ESF-990140000017-20260105-000000AB", "invoice_id": "1000000171", "status": "REVOKED", "updated_at": OFF,
        "input_at": SENT, "cancel_reason": "ошибка в сумме", "kind": "basic", "number": "77", "issue_date": date(2026, 1, 5),
        "turnover_date": date(2026, 1, 4), "related_reg_no": "", "related_number": "", "related_date": None,
        "seller_bin": "990140000017", "seller_name": "ТОО «Демо & Проба»", "buyer_bin": "990240000023", "buyer_name": "ТОО «Пример»",
        "currency": "KZT", "rate": None, "total": Decimal("116.50"), "vat": Decimal("16.00"), "delivery_number": "00000000234",
        "delivery_date": date(2026, 1, 4), "products": 2,
    }  # fmt: skip
    assert (second["kind"], second["related_reg_no"], second["related_number"], second["related_date"]) == (
        "fixed", first["reg_no"], "77", date(2026, 1, 5),
    )  # fmt: skip
    assert (second["currency"], second["rate"]) == ("USD", Decimal("480.500000"))
    for table in TABLES:
        kinds = {
            "VARCHAR": pl.String,
            "DATE": pl.Date,
            "INTEGER": pl.Int32,
            "TIMESTAMP": pl.Datetime("us"),
            "DECIMAL(18,2)": pl.Decimal(18, 2),
        }
        told = [kinds.get(kind, pl.Decimal(18, 6)) for kind in table.columns.values()]
        assert list(got.rows[table.name].schema.values()) == [pl.String, pl.String, *told]
    assert got.order[-1] == "file", "a file must not be known before its invoices are in"
    sha = hashlib.sha256((tmp_path / "a.xml").read_bytes()).hexdigest()
    assert got.rows["file"].row(0) == (sha, sha, "a.xml", 2, 0, date(2026, 1, 5), date(2026, 1, 20))
    assert (got.done.watermark, got.done.data_to) == ("2026-01-20", "2026-01-20")


def test_a_state_is_a_row_and_the_same_state_again_is_none_more(tmp_path: Path) -> None:
    write(tmp_path, export("early.xml", REVOKED, day=date(2026, 1, 10)))
    first = pull(tmp_path)
    again = pull(tmp_path, first)
    assert (again.order, again.done) == ([], first.done)
    other = replace(BASIC_ONE, serial=0xEE, number="79")
    write(tmp_path, export("late.xml", REVOKED, other), export("b_wider.xml", BASIC_ONE, other, day=date(2026, 1, 12)))
    second = pull(tmp_path, again)
    states = second.rows["invoice"].sort("number", "updated_at").select("number", "status", "cancel_reason").rows()
    assert states == [("77", "DELIVERED", ""), ("77", "REVOKED", "ошибка в сумме"), ("79", "DELIVERED", "")]
    (tmp_path / "copy.xml").write_bytes((tmp_path / "late.xml").read_bytes())
    full = pull(tmp_path, second, full=True)
    assert full.rows["invoice"].sort("src_ref").equals(second.rows["invoice"].sort("src_ref"))
    assert full.rows["file"]["name"].len() == 3


def test_the_banks_files_and_the_invoices_lie_in_one_folder_and_leave_each_other_alone(tmp_path: Path) -> None:
    write(tmp_path, export("A.XML", BASIC_ONE))
    (tmp_path / "kaspi.txt").write_text("1CClientBankExchange", encoding="utf-8")
    (tmp_path / "half.xml.part").write_bytes(b"<esf")
    assert pull(tmp_path).rejects == []
    bank_items = list(bank.source(tmp_path).pull(Since(True, NOW, None, {})))
    assert [item.text for item in bank_items if isinstance(item, Reject)] == ["kaspi.txt"]


def body(**changes: str) -> str:
    """An export of one invoice with parts of its text changed; names are what stands there."""
    text = encoded(export("x.xml", BASIC_ONE)).decode()
    for old, new in changes.items():
        wanted = PARTS[old]
        assert wanted in text, wanted
        text = text.replace(wanted, new)
    return text


PARTS = {
    "registration": "<registrationNumber>ESF-990140000017-20260105-000000AB</registrationNumber>",
    "own_id": "<invoiceId>1000000171</invoiceId>",
    "status": "<invoiceStatus>DELIVERED</invoiceStatus>",
    "kind": "<invoiceType>ORDINARY_INVOICE</invoiceType>",
    "day": "<date>05.01.2026</date>",
    "turnover": "<turnoverDate>04.01.2026</turnoverDate>",
    "seller": "<tin>990140000017</tin>",
    "buyer": "<tin>990240000023</tin>",
    "total": "<totalPriceWithTax>116.5</totalPriceWithTax>",
    "vat": "<totalNdsAmount>16</totalNdsAmount>",
    "changed": "<lastUpdateDate>2026-01-05T11:05:00.000+05:00</lastUpdateDate>",
    "end": "</v2:invoice>",
    "start": "<invoiceBody><![CDATA[",
    "head": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    "tail": "</esf:invoiceInfoContainer>",
    "seller_name": "ТОО «Демо &amp; Проба»",
}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"registration": "", "own_id": ""}, "no registration number"),
        ({"status": ""}, "no invoiceStatus"),
        ({"kind": "<invoiceType>DRAFT_INVOICE</invoiceType>"}, "invoiceType is 'DRAFT_INVOICE'"),
        ({"kind": "<invoiceType>FIXED_INVOICE</invoiceType>"}, "does not say which"),
        ({"day": "<date>31.02.2026</date>"}, "date is '31.02.2026', which is no date"),
        ({"turnover": ""}, "it has no turnoverDate"),
        ({"seller": ""}, "it has no sellers/seller/tin"),
        (
            {"total": "<totalPriceWithTax>116.49</totalPriceWithTax>"},
            "totalPriceWithTax is 116.49, but its 2 lines add up to 116.50",
        ),
        ({"vat": "<totalNdsAmount>1e40</totalNdsAmount>"}, "which is no amount"),
        ({"changed": "<lastUpdateDate>yesterday</lastUpdateDate>"}, "which is no moment"),
        ({"end": ""}, "invoiceBody is not whole XML"),
    ],
)
def test_a_broken_invoice_is_turned_away_alone_and_says_why(tmp_path: Path, changes: dict[str, str], why: str) -> None:
    good = encoded(export("x.xml", replace(BASIC_ONE, serial=0xEE))).decode()
    broken = body(**changes)
    info = broken[broken.index("<invoiceInfo>") : broken.index("</invoiceSet>")]
    (tmp_path / "a.xml").write_text(good.replace("<invoiceInfo>", f"{info}<invoiceInfo>", 1), encoding="utf-8")
    got = pull(tmp_path)
    assert got.rows["invoice"]["reg_no"].to_list() == ["ESF-990140000017-20260105-000000EE"]
    assert got.rows["file"].select("invoices", "rejected").row(0) == (1, 1)
    (reject,) = got.rejects
    assert (reject.table, why in reject.reason, "a.xml, invoice " in reject.reason) == ("invoice", True, True), (
        reject.reason
    )


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.promise("sync.plain_files")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (body(tail=""), "not whole XML"),
        (body(head=f"<?xml version='1.0'?>{ENTITY}", seller_name="&b;"), "document type definition"),
        (body(start=f"<invoiceBody><![CDATA[{ENTITY}"), "document type definition"),
        (body(head='<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">'), "document type definition"),
        ("<esf:invoiceContainer xmlns:esf='esf'><invoiceSet/></esf:invoiceContainer>", "a package for upload"),
        ("<html><body>Вход</body></html>", "no registered invoice is in it"),
        ("<a>" * 100 + "</a>" * 100, "deeper than 64"),
        ("", "not whole XML"),
    ],
)
def test_a_file_that_cannot_be_taken_is_turned_away_whole_and_the_next_is_read(
    tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    write(tmp_path, export("b.xml", BASIC_ONE))
    got = pull(tmp_path)
    (reject,) = got.rejects
    assert (reject.table, reject.text, reject.ref) == (
        "file",
        "a.xml",
        hashlib.sha256((tmp_path / "a.xml").read_bytes()).hexdigest(),
    )
    assert why in reject.reason
    assert got.rows["file"]["name"].to_list() == ["b.xml"]


@pytest.mark.promise("sync.plain_files")
def test_a_definition_in_another_encoding_is_not_let_through(tmp_path: Path) -> None:
    for name, encoding in (("a.xml", "utf-16"), ("b.xml", "utf-16-be"), ("c.xml", "utf-7")):
        text = body(head=f"<?xml version='1.0' encoding='{encoding}'?>{ENTITY}", seller_name="&b;")
        (tmp_path / name).write_bytes(text.encode(encoding))
    got = pull(tmp_path)
    assert [r.text for r in got.rejects] == ["a.xml", "b.xml", "c.xml"]
    assert "invoice" not in got.rows


@pytest.mark.promise("sync.plain_files")
def test_an_escaped_body_with_entities_expands_nothing(tmp_path: Path) -> None:
    text = body(start="<invoiceBody>", end="&lt;/v2:invoice&gt;").replace("]]></invoiceBody>", "</invoiceBody>")
    start, end = text.index("<invoiceBody>") + len("<invoiceBody>"), text.index("</invoiceBody>")
    inner = text[start:end].replace("&lt;", "<").replace("&gt;", ">")
    bomb = (ENTITY + inner.replace("&amp;", "&b;")).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    (tmp_path / "a.xml").write_text(text[:start] + bomb + text[end:], encoding="utf-8")
    (reject,) = pull(tmp_path).rejects
    assert "document type definition" in reject.reason


def test_other_shapes_of_an_export_are_read_the_same(tmp_path: Path) -> None:
    plain = body(
        status="<invoiceStatus> delivered </invoiceStatus>", changed="<lastUpdateDate>05.01.2026 11:05</lastUpdateDate>"
    )
    answer = plain.replace("esf:invoiceInfoContainer", "esf:queryInvoiceResponse").replace(
        "invoiceSet", "invoiceInfoList"
    )
    elements = answer.replace("<![CDATA[", "").replace("]]>", "")
    (tmp_path / "a.xml").write_text("\ufeff" + elements, encoding="utf-8")
    (tmp_path / "b.xml").write_bytes(plain.replace('encoding="UTF-8"', 'encoding="windows-1251"').encode("cp1251"))
    (tmp_path / "c.xml").write_text(
        body(changed="<lastUpdateDate>2026-01-05T06:05:00Z</lastUpdateDate>", total="", vat=""), encoding="utf-8"
    )
    got = pull(tmp_path)
    assert got.rejects == []
    assert got.rows["invoice"].select("status", "updated_at", "seller_name", "total").rows() == [
        ("DELIVERED", SEEN, "ТОО «Демо & Проба»", Decimal("116.50"))
    ]


def test_a_buyer_without_a_number_and_a_correction_below_zero_are_taken(tmp_path: Path) -> None:
    less = tuple(replace(row, qty=-row.qty, gross=-row.gross, vat_total=-row.vat_total) for row in BASIC_ONE.rows)
    back = replace(
        BASIC_ONE, kind=ADDITIONAL, serial=0xDD, rows=less, buyer=Side("", "Gamma GmbH"), related=BASIC_ONE, delivery=""
    )
    write(tmp_path, export("a.xml", back))
    row = pull(tmp_path).rows["invoice"].row(0, named=True)
    assert (row["kind"], row["buyer_bin"], row["total"], row["vat"]) == (
        "additional",
        "",
        Decimal("-116.50"),
        Decimal("-16.00"),
    )


def test_names_lose_what_hides_or_turns_text(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(body(seller_name="ТОО\u202e «А»\u200b\n Б"), encoding="utf-8")
    assert pull(tmp_path).rows["invoice"]["seller_name"].to_list() == ["ТОО «А»  Б"]
