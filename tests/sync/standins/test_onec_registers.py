"""The registers of the loopback 1C and their virtual tables: entries, balances, stock, rates, and the whole demo company."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

import pytest

from sync.standins.company import generate
from sync.standins.company.model import (
    Company,
)
from sync.standins.onec import (
    OnecServer,
)
from tests.sync.standins.onec_company import GL, SALES, STOCK, Client, ref


def test_records_with_dimensions_take_both_ends_of_a_window(onec: Client) -> None:
    window = "StartPeriod=datetime'2025-10-01T10:00:00',EndPeriod=datetime'2025-10-31T23:59:59'"
    rows = onec.rows(f"{GL}/RecordsWithExtDimensions({window})")
    assert [r["Recorder"] for r in rows] == [ref(100), ref(100), ref(101)]
    assert rows[0]["Recorder_Type"] == f"StandardODATA.{SALES}"
    assert (rows[0]["ExtDimensionDr2"], rows[0]["ExtDimensionDr2_Type"]) == (
        ref(20),
        "StandardODATA.Catalog_ДоговорыКонтрагентов",
    )
    assert (rows[0]["ExtDimensionCr1"], rows[0]["ExtDimensionCr1_Type"]) == ("", "StandardODATA.Undefined")
    assert (rows[0]["ВалютнаяСуммаDr"], rows[1]["ВалютнаяСуммаDr"]) == (0, None)
    by_account = f"Condition='AccountCr_Key eq guid''{account(onec, '3130')}'''"
    assert [r["LineNumber"] for r in onec.rows(f"{GL}/RecordsWithExtDimensions({by_account})")] == ["2"]
    by_recorder = f"Condition='Recorder eq guid''{ref(100)}'''"
    assert onec.error(f"{GL}/RecordsWithExtDimensions({by_recorder})") == (500, "-1")
    assert len(onec.rows(f"{GL}/RecordsWithExtDimensions(Top=2)")) == 2
    flat = onec.rows(GL + "_RecordType", orderby="Period")
    assert len(flat) == 5
    assert not any(key.startswith("ExtDimension") for key in flat[0])
    assert [len(s["RecordSet"]) for s in onec.rows(GL, filter=f"Recorder eq cast(guid'{ref(100)}','{SALES}')")] == [2]


def account(client: Client, code: str) -> str:
    key: str = client.rows("ChartOfAccounts_Типовой", filter=f"Code eq '{code}'")[0]["Ref_Key"]
    return key


def test_a_balance_is_what_was_before_the_moment(onec: Client) -> None:
    key = account(onec, "1210")

    def balance(moment: str) -> list[tuple[str, Decimal]]:
        rows = onec.rows(f"{GL}/Balance(AccountCondition='Account_Key eq guid''{key}''',Period=datetime'{moment}')")
        return [(r["ExtDimension1"], r["СуммаBalanceDr"]) for r in rows]

    assert balance("2025-10-31T23:59:59") == [(ref(10), Decimal("13637.5"))]
    assert balance("2025-11-01T00:00:00") == [(ref(10), Decimal("13637.5")), (ref(11), 5)]
    by_query = onec.http.get(f"{onec.server.url}{quote(GL)}/Balance?Period=datetime'2025-10-01T10:00:00'&$format=json")
    assert by_query.json()["value"] == []


def test_select_groups_a_virtual_table(onec: Client) -> None:
    fields = "Account_Key,Организация_Key,СуммаOpeningBalanceDr,СуммаTurnoverDr,СуммаTurnoverCr,СуммаClosingBalanceDr"
    window = "StartPeriod=datetime'2025-11-01T00:00:00',EndPeriod=datetime'2025-11-30T23:59:59'"
    rows = onec.rows(f"{GL}/BalanceAndTurnovers({window})", select=fields)
    assert {tuple(r) for r in rows} == {tuple(fields.split(","))}
    trade = next(r for r in rows if r["Account_Key"] == account(onec, "1210"))
    assert list(trade.values())[2:] == [Decimal("13642.5"), 0, 107, Decimal("13535.5")]
    bank = onec.rows(f"{GL}/Turnovers({window})", filter=f"Account_Key eq guid'{account(onec, '1030')}'")[0]
    assert (bank["СуммаTurnoverDr"], bank["ВалютнаяСуммаTurnoverDr"]) == (100, Decimal("0.2"))


def test_stock_has_movements_and_a_balance(onec: Client) -> None:
    moves = onec.rows(STOCK + "_RecordType", orderby="Period")
    assert [(m["RecordType"], m["Количество"]) for m in moves] == [("Receipt", 10), ("Expense", Decimal("2.5"))]
    assert onec.rows(STOCK + "/Balance")[0]["КоличествоBalance"] == Decimal("7.5")
    window = "StartPeriod=datetime'2025-10-01T00:00:00',EndPeriod=datetime'2025-10-31T23:59:59'"
    both = onec.rows(f"{STOCK}/BalanceAndTurnovers({window},Dimensions='Товар')")[0]
    assert list(both.values()) == [ref(40), 10, Decimal("-2.5"), 0, Decimal("2.5"), Decimal("7.5")]
    spent = onec.rows(f"{STOCK}/Turnovers({window},Condition='Склад_Key eq guid''{ref(50)}''')")[0]
    assert spent["КоличествоExpense"] == Decimal("2.5")
    assert onec.rows("AccumulationRegister_РеализацияТМЗ/Turnovers")[0]["КоличествоTurnover"] == Decimal("7.5")


def test_rates_are_a_flat_register_with_slices(onec: Client) -> None:
    rates = onec.rows(
        "InformationRegister_КурсыВалют", filter="Period ge datetime'2025-11-10T00:00:00'", orderby="Period"
    )
    assert [(r["Курс"], r["Кратность"]) for r in rates] == [(520, "1"), (530, "1")]
    last = onec.rows("InformationRegister_КурсыВалют/SliceLast(Period=datetime'2025-11-30T00:00:00')")
    assert [r["Period"] for r in last] == ["2025-11-10T00:00:00"]
    key = f"Period=datetime'2025-12-01T00:00:00',Валюта_Key=guid'{rates[0]['Валюта_Key']}'"
    assert onec.get(f"InformationRegister_КурсыВалют({key})").json()["Курс"] == 530


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[Client, Company]]:
    company = generate("demo", 42).now
    with OnecServer(company) as server:
        client = Client(server)
        with client.http:
            yield client, company


def test_every_document_of_the_demo_company_is_served_once(demo: tuple[Client, Company]) -> None:
    client, company = demo
    served: list[str] = []
    for name in client.server.service.sets:
        if name.startswith("Document_") and name.count("_") == 1:
            count = int(client.get(name + "/$count").content.decode("utf-8-sig"))
            for skip in range(0, count, 500):
                rows = client.rows(name, orderby="Ref_Key", top="500", skip=str(skip), select="Ref_Key,DataVersion")
                served.extend(r["Ref_Key"] for r in rows)
    made = [*(d.ref for d in company.docs), *(o.ref for o in company.orders), *(p.ref for p in company.papers)]
    assert sorted(served) == sorted(made)


def test_turnovers_of_the_demo_company_are_its_entries(demo: tuple[Client, Company]) -> None:
    client, company = demo
    rows = client.rows(
        f"{GL}/BalanceAndTurnovers", select="Account_Key,СуммаTurnoverDr,СуммаTurnoverCr,СуммаClosingBalance"
    )
    total = Decimal(sum(e.total for e in company.entries)) / 100
    assert sum(r["СуммаTurnoverDr"] for r in rows) == sum(r["СуммаTurnoverCr"] for r in rows) == total
    balance = client.rows(f"{GL}/Balance")
    assert sum(r["СуммаBalanceDr"] - r["СуммаBalanceCr"] for r in balance) == 0
    codes = {a["Ref_Key"]: a["Code"] for a in client.rows("ChartOfAccounts_Типовой")}
    owed = sum(r["СуммаBalance"] for r in balance if codes[r["Account_Key"]] == "1210")
    entries = [((e.debit == "1210") - (e.credit == "1210")) * e.total for e in company.entries]
    assert owed == Decimal(sum(entries)) / 100
