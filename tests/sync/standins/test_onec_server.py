"""The loopback 1C over real HTTP: what a client meets on the wire."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx

from sync.standins.onec import (
    PASSWORD,
    USER,
)
from tests.sync.standins.onec_company import EDM, EMPTY, GL, PARTIES, PAYMENTS, SALES, STOCK, Client, ref


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
