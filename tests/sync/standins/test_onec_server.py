"""The loopback 1C over real HTTP: what a client meets on the wire."""

# 1C keeps naive wall clock

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx
import pytest

from sync.standins.company import generate
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
    Fault,
    Html200,
    InsertBetweenPages,
    OnecServer,
    Reset,
    Slow,
    Status,
    TooLarge,
    Truncated,
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


@pytest.fixture
def onec() -> Iterator[Client]:
    with OnecServer(small_company()) as server:
        client = Client(server)
        with client.http:
            yield client


def strike(client: Client, fault: Fault) -> None:
    client.server.faults.append(fault)


def test_only_the_right_login_in_utf8_gets_in(onec: Client) -> None:
    url = f"{onec.server.url}{quote(PARTIES)}?$format=json"
    wrong = base64.b64encode(f"{USER}:{PASSWORD}".encode("cp1251")).decode()
    assert onec.http.get(url).status_code == 200
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, auth=httpx.BasicAuth(USER, "другой")).headers["WWW-Authenticate"].startswith("Basic")
    assert httpx.get(url, headers={"Authorization": f"Basic {wrong}"}).status_code == 401


def test_without_format_a_feed_comes_and_json_has_two_envelopes(onec: Client) -> None:
    feed = onec.get(PARTIES, format="")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert len(ET.fromstring(feed.content).findall("{http://www.w3.org/2005/Atom}entry")) == 2
    assert ET.fromstring(onec.get("Catalog_Нет", format="").content).tag.endswith("error")
    sale = ET.fromstring(onec.get(SALES, format="", top="1", orderby="Date").content)
    lines = next(e for e in sale.iter() if e.tag.endswith("}Товары"))
    assert [e.text for e in lines.iter() if e.tag.endswith("}Сумма")] == ["13637.5"]
    assert onec.get("", format="").text.count("<collection") == len(onec.get("").json()["value"])
    light = onec.get(PARTIES).json()
    assert light["odata.metadata"].endswith(f"$metadata#{PARTIES}")
    bare = onec.get(PARTIES, format="application/json;odata=nometadata").json()
    assert list(bare) == ["value"]
    assert not any("navigationLinkUrl" in key for key in bare["value"][0])


def test_integers_are_text_and_fractions_are_exact_numbers(onec: Client) -> None:
    body = onec.get(SALES, orderby="Date").text
    assert '"КратностьВзаиморасчетов":"1"' in body
    assert '"LineNumber":"1"' in body
    assert '"Количество":2.5,"Цена":5455,"Сумма":13637.5' in body
    assert '"СуммаДокумента":1234567890123456.78' in body
    rows = json.loads(body, parse_float=Decimal)["value"]
    assert rows[3]["СуммаДокумента"] == Decimal("1234567890123456.78")


def test_a_document_has_its_head_sections_and_links_of_what_is_filled(onec: Client) -> None:
    first = onec.rows(SALES, orderby="Date", top="1")[0]
    assert first["DataVersion"] == "AAAAAQAAAAA="
    assert first["Date"] == "2025-10-01T10:00:00"
    assert first["Комментарий"] == '«Кавычки», "двойные"\nи новая строка'
    assert first["ДокументОснование_Type"] == "StandardODATA.Undefined"
    assert first["ВидОперации"] == ""
    assert first["Товары"][0]["СуммаНДС"] == Decimal("1461.16")
    assert first["Услуги"] == []
    assert first["Контрагент@navigationLinkUrl"] == f"{SALES}(guid'{ref(100)}')/Контрагент"
    assert "Сделка@navigationLinkUrl" not in first
    assert onec.get(first["Контрагент@navigationLinkUrl"]).json()["Description"] == "Яблоня выдуманная"
    own = onec.rows(SALES + "_Товары")
    assert len(own) == 4
    assert onec.get(f"{SALES}_Товары(Ref_Key=guid'{ref(101)}',LineNumber=1)").json()["Ref_Key"] == ref(101)


def test_a_payment_splits_into_the_currency_of_the_contract(onec: Client) -> None:
    payment = onec.rows(PAYMENTS)[0]
    assert (payment["Оплачено"], payment["ДатаВыписки"]) == (True, "2025-11-10T00:00:00")
    row = payment["РасшифровкаПлатежа"][0]
    assert (row["Сделка"], row["Сделка_Type"]) == (ref(100), f"StandardODATA.{SALES}")
    assert (row["СуммаПлатежа"], row["СуммаВзаиморасчетов"]) == (100, Decimal("0.19"))  # 100 KZT at 520 KZT per USD
    assert (row["КурсВзаиморасчетов"], row["СчетНаОплату_Key"]) == (520, EMPTY)


def test_an_offset_names_both_parties(onec: Client) -> None:
    offset = onec.rows("Document_КорректировкаДолга")[0]
    assert (offset["КонтрагентДебитор_Key"], offset["КонтрагентКредитор_Key"]) == (ref(10), ref(11))
    assert [r["ВидЗадолженности"] for r in offset["СуммыДолга"]] == ["Дебиторская", "Кредиторская"]


def test_catalogs_carry_owners_terms_and_padded_codes(onec: Client) -> None:
    contracts = onec.rows("Catalog_ДоговорыКонтрагентов", orderby="Code")
    assert [(c["УстановленСрокОплаты"], c["СрокОплаты"]) for c in contracts] == [
        (True, "14"),
        (False, "0"),
        (False, "0"),
    ]
    assert contracts[0]["ДатаОкончанияДействияДоговора"] == "0001-01-01T00:00:00"
    account = onec.rows("Catalog_БанковскиеСчета")[0]
    assert (account["Owner"], account["Owner_Type"]) == (ref(1), "StandardODATA.Catalog_Организации")
    assert {u["Code"] for u in onec.rows("Catalog_КлассификаторЕдиницИзмерения")} >= {"796 ", "168 "}
    chart = {a["Code"]: a for a in onec.rows("ChartOfAccounts_Типовой")}
    assert chart["1210"]["Parent_Key"] == chart["1200"]["Ref_Key"]
    assert chart["1030"]["Type"] == "Active"


def test_count_starts_with_a_mark_and_inlinecount_gives_all(onec: Client) -> None:
    assert onec.get(SALES + "/$count", filter="Posted eq true").content == "\ufeff3".encode()
    page = onec.get(SALES, top="1", skip="2", inlinecount="allpages").json()
    assert page["odata.count"] == "4"
    assert len(page["value"]) == 4
    assert "odata.nextLink" not in onec.get(SALES, top="1", orderby="Date").json()


def test_ref_key_sorts_by_presentation_and_no_order_is_no_order(onec: Client) -> None:
    assert [p["Code"] for p in onec.rows(PARTIES, orderby="Ref_Key")] == ["000000001", "000000002"]
    pages = [onec.rows(SALES, orderby="Ref_Key", top="2", skip=s)[n]["Ref_Key"] for s in ("0", "2") for n in (0, 1)]
    assert pages == [ref(100), ref(101), ref(102), ref(103)]
    assert len({onec.rows(SALES, top="1")[0]["Ref_Key"] for _ in range(8)}) > 1
    assert [d["Number"][-1] for d in onec.rows(SALES, orderby="Date desc", top="2")] == ["4", "3"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Date ge datetime'2025-10-01T10:00:00' and Date lt datetime'2025-10-31T23:59:59'", [100]),
        ("Date gt datetime'2025-10-01T10:00:00' and Date le datetime'2025-10-31T23:59:59'", [101]),
        (f"Ref_Key eq guid'{ref(101)}' or Ref_Key eq guid'{ref(102)}'", [101, 102]),
        (f"(Posted eq false or Контрагент_Key eq guid'{ref(11)}') and not (Number eq 'СРЕ00000003')", [101]),
        ("СуммаДокумента gt 13637.5", [103]),
        ("startswith(Number,'СРЕ') and endswith(Number,'2')", [101]),
        ("substringof('Кавычки',Комментарий) and month(Date) eq 12", [103]),
        ("like(Number,'%03')", [102]),
        ("Контрагент/Description eq 'Абрикос выдуманный'", [101]),
        ("Комментарий eq 'it''s'", []),
        ("not Posted and КратностьВзаиморасчетов ge 1", [102]),
        ("datetime'2025-12-01T00:00:00' lt Date", [103]),
        ("Комментарий eq null", []),
    ],
)
def test_a_filter_finds(onec: Client, text: str, found: list[int]) -> None:
    assert [d["Ref_Key"] for d in onec.rows(SALES, filter=text, orderby="Date", select="Ref_Key")] == [
        ref(n) for n in found
    ]


def test_greater_between_references_is_500_and_with_a_string_nonsense(onec: Client) -> None:
    response = onec.get(SALES, filter=f"Ref_Key gt guid'{ref(100)}'")
    assert response.status_code == 500
    assert "Нельзя сравнивать поля неограниченной длины" in response.json()["odata.error"]["message"]["value"]
    assert onec.get(SALES, filter=f"Ref_Key gt '{ref(100)}'").status_code == 200


def test_a_composite_field_equals_only_a_typed_reference(onec: Client) -> None:
    cash = "Document_ПриходныйКассовыйОрдер"
    assert onec.rows(cash, filter=f"Контрагент eq guid'{ref(10)}'") == []
    assert len(onec.rows(cash, filter=f"Контрагент eq cast(guid'{ref(10)}','{PARTIES}')")) == 1
    assert onec.rows(cash, filter=f"Контрагент eq cast(guid'{ref(10)}','Catalog_Организации')") == []


@pytest.mark.parametrize(
    ("path", "options", "expected"),
    [
        (SALES, {"select": "Ref_Key,Нет"}, (400, "6")),
        (SALES, {"search": "x"}, (400, "0")),
        (SALES, {"top": "много"}, (400, "4")),
        (SALES, {"filter": "Date ge"}, (400, "14")),
        (SALES, {"filter": "Нет eq 1"}, (400, "10")),
        (SALES, {"filter": "contains(Number,'1')"}, (400, "11")),
        ("Catalog_Партнеры", {}, (404, "8")),
        (f"{SALES}(guid'{ref(999)}')", {}, (404, "9")),
        (f"{SALES}_Товары(Ref_Key=guid'{ref(100)}')", {}, (400, "7")),
        (f"{SALES}(guid'{ref(100)}')/Нет", {}, (400, "6")),
        (f"{SALES}(guid'{ref(100)}')/Сделка", {}, (404, "9")),
        (f"{SALES}_Товары(Ref_Key=guid'{ref(100)}',LineNumber=9)", {}, (404, "9")),
        (SALES, {"inlinecount": "all"}, (400, "4")),
        (SALES, {"orderby": "Date backwards"}, (400, "14")),
        (SALES, {"filter": "Date gt 'x'"}, (500, "-1")),
        (f"{SALES}(guid'{ref(100)}')", {"expand": "Контрагент"}, (400, "14")),
        ("AccumulationRegister_РеализацияТМЗ/Balance", {}, (400, "6")),
        (f"{GL}/RecordsWithExtDimensions", {"skip": "1"}, (400, "0")),
        (f"{GL}/RecordsWithExtDimensions(Top=много)", {}, (400, "4")),
        (f"{GL}/Balance(Period='вчера')", {}, (400, "4")),
        (f"{GL}/Balance(Moment=1)", {}, (400, "6")),
        (f"{GL}/Balance(Period=", {}, (400, "6")),
    ],
)
def test_a_refusal_has_its_status_and_code(
    onec: Client, path: str, options: dict[str, str], expected: tuple[int, str]
) -> None:
    assert onec.error(path, **options) == expected


def test_a_plus_is_no_space_and_a_long_segment_is_the_web_servers(onec: Client) -> None:
    plus = onec.http.get(f"{onec.server.url}{quote(SALES)}?$format=json&$filter=Posted+eq+true")
    assert (plus.status_code, plus.json()["odata.error"]["code"]) == (400, "14")
    long = onec.get(f"{GL}/Balance(Condition='{'x' * 260}')")
    assert (long.status_code, long.headers["Content-Type"]) == (400, "text/html;charset=us-ascii")
    assert onec.http.post(onec.server.url + quote(SALES), content=b"{}").status_code == 405
    assert onec.http.head(onec.server.url).status_code == 405


def test_expand_puts_the_object_beside_its_key(onec: Client) -> None:
    sale = onec.rows(SALES, expand="Контрагент,НетТакого", orderby="Date", top="1")[0]
    assert sale["Контрагент"]["Description"] == "Яблоня выдуманная"
    assert "НетТакого" not in sale


def test_hidden_records_refuse_or_go_missing(onec: Client) -> None:
    onec.server.hidden.add(ref(11))
    assert onec.error(PARTIES) == (401, "20")
    url = f"{onec.server.url}{quote(PARTIES)}?$format=json&allowedOnly=true"
    assert [p["Ref_Key"] for p in onec.http.get(url).json()["value"]] == [ref(10)]


def test_an_unpublished_set_is_not_found_anywhere(onec: Client) -> None:
    onec.server.unpublished.add(SALES)
    assert onec.error(SALES) == (404, "8")
    assert onec.error(SALES + "_Товары") == (404, "8")
    assert SALES not in onec.get("$metadata").text
    names = [s["name"] for s in onec.get("").json()["value"]]
    assert PAYMENTS in names
    assert SALES not in names


def test_metadata_describes_every_set_and_function(onec: Client) -> None:
    response = onec.get("$metadata", format="")
    schema = ET.fromstring(response.content).find(f".//{EDM}Schema")
    assert schema is not None
    assert schema.get("Namespace") == "StandardODATA"
    types = {t.get("Name"): t for t in schema.findall(f"{EDM}EntityType")}
    complex_types = {t.get("Name") for t in schema.findall(f"{EDM}ComplexType")}
    container = schema.find(f"{EDM}EntityContainer")
    assert container is not None
    assert container.get("Name") == "EnterpriseV8"
    assert container.find(f"{EDM}AssociationSet") is None
    for entity in container.findall(f"{EDM}EntitySet"):
        name = entity.get("Name")
        assert name
        row = onec.rows(name, top="1") or [{}]
        declared = {p.get("Name"): p.get("Type", "") for p in types[name].findall(f"{EDM}Property")}
        assert {k for k in row[0] if "@" not in k} <= set(declared)
        for kind in declared.values():
            assert kind.startswith("Edm.") or kind[len("Collection(StandardODATA.") : -1] in complex_types
    functions = {
        (f.findall(f"{EDM}Parameter")[0].get("Type"), f.get("Name")): [
            p.get("Name") for p in f.findall(f"{EDM}Parameter")
        ]
        for f in container.findall(f"{EDM}FunctionImport")
    }
    assert functions[f"StandardODATA.{GL}", "Balance"][1:] == [
        "AccountCondition",
        "Condition",
        "ExtraDimensions",
        "Period",
    ]
    assert (f"StandardODATA.{STOCK}", "BalanceAndTurnovers") in functions


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


def test_sessions_start_fill_up_and_go_stale(onec: Client) -> None:
    start = {"IBSession": "start"}
    url = f"{onec.server.url}{quote(PARTIES)}?$format=json"
    onec.server.sessions.size = 1
    first = onec.http.get(url, headers=start)
    assert first.headers["Set-Cookie"].startswith("ibsession=")
    assert onec.http.get(url).status_code == 200
    assert httpx.get(url, headers=start, auth=httpx.BasicAuth(USER, PASSWORD)).status_code == 406
    onec.server.sessions.expire()
    assert onec.http.get(url).status_code == 400
    assert onec.http.get(url, headers=start).status_code == 200
    assert onec.http.get(url, headers={"IBSession": "finish"}).status_code == 200
    assert not onec.server.sessions.live


def test_a_rewrite_without_a_change_moves_the_version_only(onec: Client) -> None:
    before = onec.rows(SALES, orderby="Date")[0]
    onec.server.touch(ref(100))
    after = onec.rows(SALES, orderby="Date")[0]
    assert {k for k in before if before[k] != after[k]} == {"DataVersion"}


def test_a_vanished_document_leaves_a_broken_reference(onec: Client) -> None:
    company = small_company()
    company.docs = [d for d in company.docs if d.ref != ref(100)]
    onec.server.load(company)
    row = onec.rows(PAYMENTS)[0]["РасшифровкаПлатежа"][0]
    assert (row["Сделка"], row["Сделка_Type"]) == (ref(100), f"StandardODATA.{SALES}")
    assert onec.error(f"{SALES}(guid'{ref(100)}')") == (404, "9")


def test_faults_strike_as_often_as_told_and_where_told(onec: Client) -> None:
    strike(onec, Status(503, "занято", where=SALES, times=2, after=1))
    codes = [onec.get(path).status_code for path in (SALES, PARTIES, SALES, SALES, SALES)]
    assert codes == [200, 200, 503, 503, 200]
    assert onec.server.faults == []
    assert onec.server.requests[2][0::2] == ("GET", 503)
    assert SALES in onec.server.requests[2][1]


def test_html_with_status_200_is_served(onec: Client) -> None:
    strike(onec, Html200())
    response = onec.get(PARTIES)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html;charset=utf-8")
    assert response.content.startswith(b"<")


def test_bodies_are_cut_with_and_without_saying_so(onec: Client) -> None:
    strike(onec, Truncated(honest=True))
    with pytest.raises(json.JSONDecodeError):
        onec.get(PARTIES).json()
    strike(onec, Truncated())
    with pytest.raises(httpx.RemoteProtocolError):
        onec.get(PARTIES)
    strike(onec, Reset())
    with pytest.raises(httpx.TransportError):
        onec.get(PARTIES)
    assert onec.get(PARTIES).status_code == 200


def test_a_slow_answer_outlasts_an_impatient_client(onec: Client) -> None:
    strike(onec, Slow(30))
    with pytest.raises(httpx.ReadTimeout):
        onec.http.get(f"{onec.server.url}{quote(PARTIES)}?$format=json", timeout=0.1)


def test_large_pages_fill_the_disk(onec: Client) -> None:
    strike(onec, TooLarge(rows=2, where=SALES))
    full = onec.get(SALES)
    assert full.status_code == 500
    assert "device is full" in full.json()["odata.error"]["message"]["value"]
    assert len(onec.rows(SALES, top="2", orderby="Date")) == 2
    assert onec.get(SALES, top="3", orderby="Date").status_code == 500


def test_the_company_changes_between_two_pages(onec: Client) -> None:
    def insert(company: Company) -> Company:
        changed = small_company()
        changed.parties = [*company.parties, replace(company.parties[0], ref=ref(12), name="Айва выдуманная")]
        return changed

    strike(onec, InsertBetweenPages(insert, where=PARTIES, after=1))
    names = [onec.rows(PARTIES, orderby="Ref_Key", top="1", skip=s)[0]["Description"] for s in ("0", "1", "2")]
    assert names == ["Абрикос выдуманный", "Айва выдуманная", "Яблоня выдуманная"]


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
    assert sorted(served) == sorted([*(d.ref for d in company.docs), *(o.ref for o in company.orders)])


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
