"""Deals in local time and in tenge, statements and their lines, ledger sides and balances, freshness."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.sql.raw_books import EMPTY, Books, ref

ACCOUNTS = ("1030", "1210", "3510")
CP, CONTRACT = "StandardODATA.Catalog_Контрагенты", "StandardODATA.Catalog_ДоговорыКонтрагентов"


def deal(books: Books, id_: int, created: datetime, **columns: Any) -> None:
    usual: dict[str, Any] = {
        "title": "Проба", "categoryId": 0, "stageId": "NEW", "stageSemanticId": "P", "opportunity": Decimal("100.00"), "currencyId": "KZT",
        "probability": 40, "companyId": 1, "assignedById": 3, "begindate": date(2026, 1, 5), "closedate": date(2026, 1, 20),
    }  # fmt: skip
    books.put(
        "bitrix_deal",
        str(id_),
        id=id_,
        createdTime=created,
        updatedTime=created,
        movedTime=created,
        **(usual | columns),
    )


def entry(books: Books, line: int, debit: str, credit: str, total: str, *, active: bool = True, **columns: Any) -> None:
    books.put(
        "onec_gl", f"{ref('sale')}|{line}", Period=datetime(2026, 1, 5, 23, 59, 59), Recorder=ref("sale"),
        Recorder_Type="StandardODATA.Document_РеализацияТоваровУслуг", LineNumber=line, Active=active, AccountDr_Key=ref(debit),
        AccountCr_Key=ref(credit), Организация_Key=ref("org"), ВалютаDr_Key=columns.pop("dr_currency", EMPTY),
        ВалютаCr_Key=columns.pop("cr_currency", EMPTY), Сумма=Decimal(total), **columns,
    )  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    books = Books()
    books.card("buyer", "ТОО «Выдуманный покупатель»")
    books.contract("agreed", "buyer")
    for account in ACCOUNTS:
        books.put("onec_account", account, Code=account, Description=f"Счёт {account}")
    books.put(
        "onec_fx_rate", "a|usd", Period=datetime(2026, 1, 1), Валюта_Key=ref("USD"), Курс=Decimal(500), Кратность=1
    )
    books.put(
        "onec_fx_rate",
        "b|usd",
        Period=datetime(2026, 1, 20),
        Валюта_Key=ref("USD"),
        Курс=Decimal("510.55"),
        Кратность=1,
    )

    books.put("bitrix_category", "0", id=0, name="Продажи")
    books.put("bitrix_category", "2", id=2, name="Сервис")
    for entity, stage, name, semantics in (
        ("DEAL_STAGE", "NEW", "Новая", ""), ("DEAL_STAGE", "WON", "Успех", "S"), ("DEAL_STAGE_2", "C2:LOSE", "Провал", "F"),
        ("SMART_INVOICE_STAGE_1", "DT31_1:P", "Оплачен", "S"),
    ):  # fmt: skip
        books.put(
            "bitrix_stage", f"{entity}:{stage}", STATUS_ID=stage, ENTITY_ID=entity, NAME=name, SEMANTICS=semantics
        )
    books.put("bitrix_company", "1", id=1, title="Выдуманный покупатель")
    books.put("bitrix_user", "3", ID=3, NAME="Проба", LAST_NAME="Продавцова", ACTIVE=True)
    deal(books, 1, datetime(2024, 2, 29, 17, 30))
    deal(books, 2, datetime(2024, 2, 29, 18, 30))
    deal(books, 3, datetime(2024, 3, 31, 18, 30))
    deal(books, 4, datetime(2026, 1, 1), stageId="WON", stageSemanticId="S", currencyId="USD", ufCrmInvoiceNumber="234")
    deal(
        books,
        5,
        datetime(2026, 1, 1),
        categoryId=2,
        stageId="C2:LOSE",
        stageSemanticId=None,
        currencyId="USD",
        begindate=date(2025, 12, 1),
        closedate=date(2025, 12, 2),
    )
    deal(books, 6, datetime(2026, 1, 1), currencyId="USD", companyId=0)
    invoice: dict[str, Any] = {
        "title": "Счёт",
        "opportunity": Decimal("100.00"),
        "currencyId": "KZT",
        "begindate": date(2026, 1, 5),
        "closedate": date(2026, 1, 9),
    }
    books.put("bitrix_invoice", "7", id=7, accountNumber="С-7", parentId2=4, companyId=1, stageId="DT31_1:P", **invoice)
    books.put("bitrix_invoice", "8", id=8, accountNumber="С-8", parentId2=0, companyId=0, stageId="DT31_1:N", **invoice)

    books.put(
        "onec_bank_account", "own", Description="Основной", Owner=ref("org"), Owner_Type="StandardODATA.Catalog_Организации",
        НомерСчета="KZ00OWN00000000001", ВалютаДенежныхСредств_Key=ref("KZT"),
    )  # fmt: skip
    for iban, key in (("KZ00OWN00000000001", "known"), ("KZ00NEW00000000001", "unknown")):
        books.put("bank_file", key, base="inbox", name=f"{key}.txt", dialect="ru", account=iban)
        books.put(
            "bank_stmt", f"{iban}|2026-01-05|2026-01-05", base="inbox", file_sha=key, account=iban, currency="KZT", first_day=date(2026, 1, 5),
            last_day=date(2026, 1, 5), opening=Decimal(10), closing=Decimal(12), total_in=Decimal(3), total_out=Decimal(1),
        )  # fmt: skip

    books.document("sale", "sale", date(2026, 1, 5), "10.00", Контрагент_Key=ref("buyer"))
    third: dict[str, Any] = {
        "ExtDimensionDr1": ref("agreed"),
        "ExtDimensionDr1_Type": CONTRACT,
        "ExtDimensionDr3": ref("buyer"),
        "ExtDimensionDr3_Type": CP,
    }
    entry(books, 1, "1210", "3510", "5055.30", dr_currency=ref("USD"), ВалютнаяСуммаDr=Decimal("10.00"), **third)
    entry(books, 2, "1030", "1210", "-7.00", ExtDimensionCr1=ref("lost"), ExtDimensionCr1_Type=CP)
    entry(books, 3, "1030", "1210", "9.00", active=False)
    for ordinal, contract in (("1", "agreed"), ("2", "agreed"), ("3", "")):
        books.put(
            "onec_gl_balance", ordinal, as_of=date(2026, 1, 31), Account_Key=ref("1210"), Организация_Key=ref("org"), Валюта_Key=EMPTY,
            ExtDimension1=ref("buyer"), ExtDimension1_Type=CP, ExtDimension2=ref(contract), ExtDimension2_Type=CONTRACT if contract else "",
            СуммаBalanceDr=Decimal("1.10"), СуммаBalanceCr=Decimal(0),
        )  # fmt: skip
    books.con.execute(
        "insert into meta.sync_state (source, src_base, status, rows) values ('onec', 'main', 'ok', 5), ('bank', 'inbox', 'never', 0)"
    )
    books.build(tmp_path_factory.mktemp("sql"))
    return books


def test_moments_of_the_crm_become_local_by_the_zone_of_their_day(books: Books) -> None:
    # Almaty put its clocks from +6 to +5 at the midnight that began 1 March 2024, 18:00 UTC
    assert books.rows(
        "select deal_id, created_at from deal where deal_id in ('deal_1', 'deal_2', 'deal_3') order by 1"
    ) == [
        ("deal_1", datetime(2024, 2, 29, 23, 30)),
        ("deal_2", datetime(2024, 2, 29, 23, 30)),
        ("deal_3", datetime(2024, 3, 31, 23, 30)),
    ]


def test_a_deal_says_where_it_stands_and_what_it_is_worth(books: Books) -> None:
    buyer = books.cp("buyer")
    assert books.cp("1") == buyer
    found = books.rows(
        "select deal_id, pipeline, stage, stage_kind, amount_kzt, cp_id, owner, invoice_number from deal order by deal_id offset 2"
    )
    assert found == [
        ("deal_3", "Продажи", "Новая", "process", Decimal("100.00"), buyer, "Проба Продавцова", None),
        ("deal_4", "Продажи", "Успех", "won", Decimal("51055.00"), buyer, "Проба Продавцова", "234"),
        ("deal_5", "Сервис", "Провал", "lost", None, buyer, "Проба Продавцова", None),
        ("deal_6", "Продажи", "Новая", "process", Decimal("50000.00"), None, "Проба Продавцова", None),
    ]


def test_a_smart_invoice_belongs_to_its_deal_and_party(books: Books) -> None:
    found = books.rows("select crm_invoice_id, number, deal_id, cp_id, stage_kind, due_on from crm_invoice order by 1")
    assert found == [
        ("ci_7", "С-7", "deal_4", books.cp("buyer"), "won", date(2026, 1, 9)),
        ("ci_8", "С-8", None, None, "process", date(2026, 1, 9)),
    ]


def test_an_account_that_only_a_statement_knows_is_there_without_an_owner(books: Books) -> None:
    accounts = books.rows("select iban, org_id, currency from bank_account order by iban")
    assert accounts == [("KZ00NEW00000000001", None, "KZT"), ("KZ00OWN00000000001", "org_1", "KZT")]
    statements = books.rows(
        "select a.iban, s.closing, s.file from bank_stmt s join bank_account a using (bank_account_id) order by 1"
    )
    assert statements == [
        ("KZ00NEW00000000001", Decimal(12), "unknown.txt"),
        ("KZ00OWN00000000001", Decimal(12), "known.txt"),
    ]


def test_an_entry_has_two_sides_each_with_its_own_party_and_currency(books: Books) -> None:
    doc, buyer = books.doc("sale"), books.cp("buyer")
    (contract,) = books.rows("select contract_id from contract")[0]
    found = books.rows(
        "select entry_id, line_side, account, corr_account, cp_id, contract_id, doc_id, dt, amount_kzt, amount_doc, currency from gl order by all"
    )
    day = date(2026, 1, 5)
    assert found == [
        (f"{doc}_1", "cr", "3510", "1210", None, None, doc, day, Decimal("5055.30"), Decimal("5055.30"), "KZT"),
        (f"{doc}_1", "dr", "1210", "3510", buyer, contract, doc, day, Decimal("5055.30"), Decimal("10.00"), "USD"),
        (f"{doc}_2", "cr", "1210", "1030", "cp_unknown", None, doc, day, Decimal("-7.00"), Decimal("-7.00"), "KZT"),
        (f"{doc}_2", "dr", "1030", "1210", None, None, doc, day, Decimal("-7.00"), Decimal("-7.00"), "KZT"),
    ]


def test_a_balance_is_one_row_a_party_and_contract(books: Books) -> None:
    found = books.rows(
        "select account, cp_id, contract_id is null, currency, debit_kzt, credit_kzt, debit_doc, as_of from gl_balance order by debit_kzt"
    )
    buyer, day = books.cp("buyer"), date(2026, 1, 31)
    assert found == [
        ("1210", buyer, True, "KZT", Decimal("1.10"), Decimal(0), Decimal("1.10"), day),
        ("1210", buyer, False, "KZT", Decimal("2.20"), Decimal(0), Decimal("2.20"), day),
    ]


def test_a_source_that_was_never_read_says_so(books: Books) -> None:
    assert books.rows("select source, status, last_ok_at, rows from freshness order by source") == [
        ("bank", "never", None, 0),
        ("onec", "ok", None, 5),
    ]
