"""Electronic invoices: which state is the last, which of those that correct each other counts, and how they meet the documents of 1C."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

import sql
from tests.sql.raw_books import Books, bin_of

OURS, THEIRS, STRANGER = bin_of("12034000001"), bin_of("15054000002"), bin_of("16064000003")
REC = next(d for d in sql.read("mart") if d.name == "esf_rec")


def day(text: str) -> date:
    """02-10 of 2026."""
    return date.fromisoformat(f"2026-{text}")


def put(books: Books, reg: str, status: str, at: str, total: str, **columns: Any) -> None:
    usual: dict[str, Any] = {
        "reg_no": reg, "status": status, "updated_at": datetime.fromisoformat(f"2026-{at}:00"), "kind": "basic", "number": "7",
        "issue_date": day("02-10"), "turnover_date": day("02-09"), "seller_bin": OURS, "buyer_bin": THEIRS, "buyer_name": "ТОО «Бета»",
        "currency": "KZT", "total": Decimal(total), "vat": Decimal("16.00"), "input_at": None,
    }  # fmt: skip
    row = usual | columns
    books.put("esf_invoice", f"{reg}|{status}|{at}|{total}", base="inbox", **row)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    books = Books()
    books.card("buyer", "ТОО «Бета»", THEIRS)
    books.card("abroad", "Gamma GmbH")
    books.put("onec_fx_rate", "r", Period=datetime(2026, 2, 1), Валюта_Key=_usd(), Курс=Decimal("480.5"), Кратность=1)
    # the export that was made last was read first
    put(books, "A", "REVOKED", "02-20T10:00", "116", cancel_reason="ошибка")
    put(books, "A", "DELIVERED", "02-10T10:00", "116")
    # one moment, two states: withdrawn is the later one
    put(books, "B", "DELIVERED", "02-11T09:00", "100")
    put(books, "B", "DECLINED", "02-11T09:00", "100")
    # fixed twice, and an additional one that names the first
    put(books, "C", "DELIVERED", "02-10T10:00", "1000", number="31")
    put(books, "C1", "DELIVERED", "02-12T10:00", "1100", kind="fixed", related_reg_no="C", issue_date=day("02-12"))
    put(books, "C2", "DELIVERED", "02-14T10:00", "1200", kind="fixed", related_reg_no="C1", issue_date=day("02-14"))
    put(
        books,
        "C3",
        "DELIVERED",
        "02-16T10:00",
        "-200",
        kind="additional",
        related_number="31",
        related_date=day("02-10"),
        issue_date=day("02-16"),
    )
    # what replaced it was withdrawn again
    put(books, "D", "DELIVERED", "02-10T10:00", "50")
    put(books, "D1", "REVOKED", "02-13T10:00", "60", kind="fixed", related_reg_no="D", issue_date=day("02-12"))
    # two that name each other end somewhere
    put(books, "E1", "DELIVERED", "02-10T10:00", "1", kind="fixed", related_reg_no="E2")
    put(books, "E2", "DELIVERED", "02-10T10:00", "2", kind="fixed", related_reg_no="E1", issue_date=day("02-11"))
    put(books, "F", "DELIVERED", "02-10T10:00", "10", currency="USD", rate=Decimal("481.123456"), vat=Decimal("1.00"))
    put(
        books,
        "G",
        "DELIVERED",
        "02-10T10:00",
        "10",
        currency="USD",
        buyer_bin="",
        buyer_name="gamma gmbh",
        vat=Decimal("0.00"),
    )
    put(books, "H", "CREATED", "02-10T10:00", "10", buyer_bin=STRANGER, buyer_name="Gamma GmbH")
    books.build(tmp_path_factory.mktemp("sql"))
    return books


def _usd() -> str:
    from tests.sql.raw_books import ref  # noqa: PLC0415 - used here alone

    return ref("USD")


def told(books: Books, *names: str) -> list[tuple[Any, ...]]:
    wanted = ", ".join(f"'{name}'" for name in names)
    return books.rows(f"select reg_no, status, is_effective from esf where reg_no in ({wanted}) order by reg_no")


def test_the_state_that_came_last_is_the_state_whatever_was_read_first(books: Books) -> None:
    assert told(books, "A", "B") == [("A", "REVOKED", False), ("B", "DECLINED", False)]
    history = "select status, cancel_reason from esf_status join esf using (esf_id) where reg_no = 'A' order by since"
    assert books.rows(history.replace("select status, cancel_reason", "select esf_status.status, esf_status.cancel_reason")) == [
        ("DELIVERED", None), ("REVOKED", "ошибка"),
    ]  # fmt: skip


def test_of_those_that_correct_each_other_the_last_standing_counts_with_what_adds_to_it(books: Books) -> None:
    assert [(reg, counts) for reg, _, counts in told(books, "C", "C1", "C2", "C3")] == [
        ("C", False), ("C1", False), ("C2", True), ("C3", True),
    ]  # fmt: skip
    assert books.rows("select count(distinct root_id) from esf where starts_with(reg_no, 'C')") == [(1,)]
    assert told(books, "D", "D1") == [("D", "DELIVERED", True), ("D1", "REVOKED", False)]


def test_invoices_that_name_each_other_in_a_ring_do_not_hang_the_build(books: Books) -> None:
    assert len(told(books, "E1", "E2")) == 2


def test_an_amount_in_a_currency_is_told_in_tenge_at_its_own_rate_else_at_that_of_the_bank(books: Books) -> None:
    found = books.rows("select reg_no, sum_kzt, vat_kzt from esf where currency = 'USD' order by reg_no")
    assert found == [("F", Decimal("4811.23"), Decimal("481.12")), ("G", Decimal("4805.00"), Decimal("0.00"))]


def test_a_party_is_known_by_its_number_and_only_a_foreigner_by_name(books: Books) -> None:
    found = books.rows(
        "select reg_no, buyer_cp_id, seller_org_id is not null from esf where reg_no in ('A', 'G', 'H') order by reg_no"
    )
    assert found == [("A", books.cp("buyer"), True), ("G", books.cp("abroad"), True), ("H", None, True)]


TABLES = """
create table org (org_id varchar, vat_from date);
create table doc (doc_id varchar, type varchar, org_id varchar, cp_id varchar, number_short varchar, doc_date date, currency varchar,
    sum_doc decimal(18,2), sum_kzt decimal(18,2), vat_kzt decimal(18,2), base_doc_id varchar, in_number varchar, in_date date, comment varchar);
create table doc_line (doc_id varchar, vat_doc decimal(18,2));
create table tax_invoice (doc_id varchar, number_short varchar, turnover_date date);
create table esf (esf_id varchar, reg_no varchar, number_short varchar, kind varchar, status varchar, is_effective boolean, issue_date date,
    turnover_date date, seller_org_id varchar, buyer_org_id varchar, seller_cp_id varchar, buyer_cp_id varchar, currency varchar,
    sum_doc decimal(18,2), vat_doc decimal(18,2), sum_kzt decimal(18,2), vat_kzt decimal(18,2), related_date date, root_id varchar,
    delivery_number varchar, updated_at timestamp);
insert into org values ('us', date '2020-01-01'), ('no_vat', null);
"""


class Held:
    """A few sales and invoices; exports cover February 2026 to the 28th for `us`, unless a test says otherwise."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.esf("edge", "02-28", "1", effective=False, status="DRAFT", cp="edge")

    def _put(self, table: str, row: dict[str, Any]) -> None:
        marks = ", ".join("?" for _ in row)
        self.con.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))

    def doc(self, name: str, on: str, total: str, kind: str = "sale", vat: str = "16.00", **columns: Any) -> None:
        usual: dict[str, Any] = {"org_id": "us", "cp_id": "cp", "number_short": name, "currency": "KZT"}
        self._put("doc", {"doc_id": name, "type": kind, "doc_date": day(on), "sum_doc": Decimal(total), "sum_kzt": Decimal(total),
                          "vat_kzt": Decimal(vat)} | usual | columns)  # fmt: skip

    def paper(self, doc: str, number: str, on: str) -> None:
        """The tax invoice of 1C for a sale."""
        self._put("tax_invoice", {"doc_id": doc, "number_short": number, "turnover_date": day(on)})

    def esf(self, name: str, on: str, total: str, *, cp: str | None = "cp", effective: bool = True, issued: str = "", vat: str = "16.00",
            **columns: Any) -> None:  # fmt: skip
        usual: dict[str, Any] = {
            "esf_id": name, "reg_no": name, "number_short": name, "kind": "basic", "status": "DELIVERED", "is_effective": effective,
            "issue_date": day(issued or on), "turnover_date": day(on), "seller_org_id": "us", "buyer_cp_id": cp, "currency": "KZT",
            "sum_doc": Decimal(total), "vat_doc": Decimal(vat), "sum_kzt": Decimal(total), "vat_kzt": Decimal(vat), "root_id": name,
        }  # fmt: skip
        self._put("esf", usual | columns)

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        wanted = ", ".join(columns or ("outcome", "rule", "doc_id", "esf_id"))
        return self.con.execute(f"select {wanted} from ({REC.body}) order by doc_id nulls last, esf_id").fetchall()


@pytest.fixture
def held() -> Iterator[Held]:
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        con.execute(TABLES)
        yield Held(con)


def test_a_number_of_the_same_parties_and_day_makes_a_pair_and_the_waybill_goes_first(held: Held) -> None:
    held.doc("1", "02-03", "100")
    held.doc("2", "02-03", "200")
    held.esf("2", "02-03", "100", delivery_number="00001")
    held.esf("9", "02-03", "200", delivery_number="ДТ-0002")
    assert held.rows() == [("ok", "number", "1", "2"), ("ok", "number", "2", "9")]


def test_the_tax_invoice_of_1c_tells_the_pair_before_the_numbers_of_documents_do(held: Held) -> None:
    held.doc("1", "02-03", "100")
    held.doc("2", "02-03", "100")
    held.paper("2", "1", "02-03")
    held.esf("1", "02-03", "100", delivery_number="1")
    assert held.rows() == [("missing_esf", None, "1", None), ("ok", "number", "2", "1")]


@pytest.mark.parametrize(
    ("change", "pair"), [({}, True), ({"cp": "other"}, False), ({"on": "02-11"}, False), ({"name": "56"}, False)]
)
def test_the_tax_invoice_of_1c_leads_to_an_invoice_of_another_number_and_day(
    held: Held, change: dict[str, Any], *, pair: bool
) -> None:
    held.doc("1", "02-03", "100")
    held.paper("1", "55", "02-10")
    held.esf(**{"name": "55", "on": "02-10", "total": "100"} | change)
    assert held.rows("outcome", "rule") == (
        [("ok", "number")] if pair else [("missing_esf", None), ("missing_1c", None)]
    )


@pytest.mark.parametrize(
    ("change", "pair"), [({"cp": "other"}, False), ({"on": "02-04"}, True), ({"on": "02-07"}, False)]
)
def test_another_party_is_no_pair_and_another_day_is_one_only_near_and_by_its_amount(
    held: Held, change: dict[str, Any], *, pair: bool
) -> None:
    held.doc("1", "02-03", "100")
    held.esf(**{"name": "1", "on": "02-03", "total": "100.01"} | change)
    # of another total it meets nothing, so both sides stand alone
    assert held.rows("outcome", "rule") == [("missing_esf", None), ("missing_1c", None)]
    held.con.execute("update esf set sum_doc = 100, sum_kzt = 100 where esf_id = '1'")
    assert held.rows("outcome", "rule") == (
        [("ok", "amount")] if pair else [("missing_esf", None), ("missing_1c", None)]
    )


def test_an_amount_that_two_documents_have_pairs_with_neither(held: Held) -> None:
    held.doc("1", "02-03", "100")
    held.doc("2", "02-06", "100")
    held.esf("77", "02-05", "100")
    assert [row[0] for row in held.rows()] == ["missing_esf", "missing_esf", "missing_1c"]
    held.con.execute("update doc set doc_date = date '2026-02-09' where doc_id = '2'")
    assert held.rows() == [("ok", "amount", "1", "77"), ("missing_esf", None, "2", None)]
    held.esf("78", "02-04", "100")
    assert [row[0] for row in held.rows()] == ["missing_esf", "missing_esf", "missing_1c", "missing_1c"]


def test_a_registration_number_in_1c_goes_before_everything(held: Held) -> None:
    reg = f"ESF-{OURS}-20260203-00AB12CD"
    held.doc("1", "02-03", "100")
    held.doc("2", "02-05", "300", comment=f"эсф {reg.lower()}")
    held.esf("1", "02-03", "300", reg_no=reg)
    assert held.rows() == [("missing_esf", None, "1", None), ("ok", "reg_no", "2", "1")]


@pytest.mark.parametrize(
    ("sum_esf", "vat_esf", "issued", "outcome", "late"),
    [
        ("100", "16.00", "02-18", "ok", 0),  # the fifteenth day
        ("100", "16.00", "02-19", "late", 1),
        ("100.01", "16.00", "02-19", "sum_diff", 1),
        ("100", "15.99", "02-19", "vat_diff", 1),
    ],
)
def test_each_turnover_has_one_outcome(
    held: Held, sum_esf: str, vat_esf: str, issued: str, outcome: str, late: int
) -> None:
    held.doc("1", "02-03", "100")
    held.esf("1", "02-03", sum_esf, vat=vat_esf, issued=issued)
    assert held.rows("outcome", "days_late") == [(outcome, late)]


def test_what_has_no_invoice_is_missing_only_after_its_term(held: Held) -> None:
    held.doc("1", "02-12", "100")
    held.doc("2", "02-13", "100")  # its fifteenth day is the last that exports cover
    assert held.rows("doc_id", "outcome", "days_late") == [("1", "missing_esf", 1), ("2", "pending", 0)]


@pytest.mark.parametrize("status", ["REVOKED", "DECLINED", "CANCELED", "CANCELED_BY_OGD"])
def test_a_withdrawn_invoice_of_a_posted_document_is_told_and_one_of_nothing_is_not(held: Held, status: str) -> None:
    held.doc("1", "02-03", "100")
    held.esf("1", "02-03", "100", effective=False, status=status)
    held.esf("8", "02-03", "500", effective=False, status=status)
    assert held.rows("outcome", "esf_doc", "status") == [("cancelled_but_posted", Decimal("0.00"), status)]


def test_a_draft_is_no_invoice(held: Held) -> None:
    held.doc("1", "02-03", "100")
    held.esf("1", "02-03", "100", effective=False, status="DRAFT")
    assert held.rows("outcome") == [("missing_esf",)]


def test_a_fixed_one_is_in_time_when_its_basic_was_and_an_additional_one_meets_the_return(held: Held) -> None:
    held.doc("1", "02-03", "100")
    held.doc("2", "02-05", "30", "sale_return", vat="4.80", base_doc_id="1")
    held.esf("1", "02-03", "90", effective=False)
    held.esf("f", "02-03", "100", kind="fixed", root_id="1", issued="02-25")
    assert held.rows("outcome", "book_doc", "esf_doc") == [("sum_diff", Decimal("70.00"), Decimal("100.00"))]
    held.esf("a", "02-05", "-30", vat="-4.80", kind="additional", root_id="1")
    assert held.rows("outcome", "esf_id", "days_late") == [("ok", "f", 0)]


def test_a_return_whose_correction_may_still_come_is_pending(held: Held) -> None:
    held.doc("1", "02-03", "100")
    held.doc("2", "02-13", "30", "sale_return", vat="4.80", base_doc_id="1")
    held.esf("1", "02-03", "100")
    assert held.rows("outcome", "difference_doc") == [("pending", Decimal("30.00"))]
    held.con.execute("update doc set doc_date = date '2026-02-12' where doc_id = '2'")
    assert held.rows("outcome") == [("sum_diff",)]


def test_only_what_exports_cover_and_the_law_asks_for_is_missing(held: Held) -> None:
    held.doc("1", "01-31", "100")  # before the first month
    held.doc("2", "02-03", "100", org_id="no_vat")
    held.esf("n", "02-28", "5", seller_org_id="no_vat", cp="x", effective=False, status="DRAFT")
    held.doc("3", "02-03", "100", "purchase", vat="0")
    held.esf(
        "p",
        "02-28",
        "5",
        seller_org_id=None,
        buyer_org_id="us",
        seller_cp_id="x",
        cp=None,
        effective=False,
        status="DRAFT",
    )
    assert held.rows() == []
    held.doc("4", "02-03", "100", "purchase", in_number="П-4")
    assert held.rows("direction", "outcome", "doc_id") == [("in", "missing_esf", "4")]


def test_an_additional_invoice_of_one_that_no_export_holds_is_told_of_nothing(held: Held) -> None:
    held.esf("a", "02-05", "-30", kind="additional", root_id="gone")
    assert held.rows() == []


def test_a_suppliers_invoice_is_found_by_the_number_on_its_paper(held: Held) -> None:
    held.doc("1", "02-05", "100", "purchase", in_number="СФ-000815", in_date=day("02-03"))
    held.esf("815", "02-03", "100", seller_org_id=None, buyer_org_id="us", seller_cp_id="cp", cp=None)
    assert held.rows("direction", "outcome", "rule", "turnover_date") == [("in", "ok", "number", day("02-03"))]


def test_an_invoice_in_tenge_of_a_sale_in_dollars_is_compared_in_tenge(held: Held) -> None:
    held.doc("1", "02-03", "10", vat="0", currency="USD", sum_kzt=Decimal("4800.00"))
    held.esf("1", "02-03", "4800", vat="0")
    assert held.rows("outcome", "currency", "book_doc", "esf_doc") == [
        ("ok", "KZT", Decimal("4800.00"), Decimal("4800.00"))
    ]


def test_one_sale_between_own_entities_is_held_against_both_books(held: Held) -> None:
    held.doc("1", "02-03", "100", cp_id="them_cp")
    held.doc("2", "02-03", "100", "purchase", org_id="no_vat", cp_id="us_cp", in_number="1")
    held.esf("1", "02-03", "100", cp="them_cp", buyer_org_id="no_vat", seller_cp_id="us_cp")
    assert held.rows("direction", "outcome", "doc_id") == [("out", "ok", "1"), ("in", "ok", "2")]
