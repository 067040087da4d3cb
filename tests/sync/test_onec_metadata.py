"""$metadata: recognised or refused, and held against what is declared before a single row is asked for."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sync.errors import SourceChanged, SourceRefused, SourceUnavailable
from sync.sources.onec.metadata import PUBLISH, check, read
from sync.sources.onec.tables import SETS
from sync.standins.company.model import Company
from sync.standins.onec import OnecServer
from sync.standins.onec.metadata import edmx

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">'
    '<edmx:DataServices><Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" Namespace="StandardODATA">'
)
TAIL = "</Schema></edmx:DataServices></edmx:Edmx>"


@pytest.fixture(scope="module")
def whole() -> str:
    """The document that the loopback 1C serves."""
    server = OnecServer(Company("tiny", 1, date(2026, 1, 31)))
    with server:
        return edmx(server.service.published().values()).decode()


def sets(*names: str) -> bytes:
    entries = "".join(f'<EntitySet Name="{n}" EntityType="StandardODATA.{n}"/>' for n in names)
    return f'{HEAD}<EntityContainer Name="EnterpriseV8">{entries}</EntityContainer>{TAIL}'.encode()


def without(text: str, set_name: str, property_name: str) -> bytes:
    """The document with one property of one type taken out."""
    kind = re.search(rf'<(EntityType|ComplexType) Name="{set_name}".*?</\1>', text, re.DOTALL)
    assert kind
    less, taken = re.subn(rf'<Property Name="{property_name}"[^>]*?/>', "", kind[0])
    assert taken == 1
    return text.replace(kind[0], less).encode()


def test_what_the_stand_in_serves_is_what_is_declared(whole: str) -> None:
    published = read(whole.encode())
    check(published)
    assert {s.table.path for s in SETS} <= published.sets
    function = published.functions["AccountingRegister_Типовой", "RecordsWithExtDimensions"]
    assert {"StartPeriod", "EndPeriod"} <= function.parameters


def test_a_new_property_is_no_change(whole: str) -> None:
    check(
        read(
            whole.replace(
                '<Property Name="Code"', '<Property Name="Новое" Type="Edm.String"/><Property Name="Code"'
            ).encode()
        )
    )


@pytest.mark.parametrize(
    ("type_name", "column", "table"),
    [
        ("Catalog_Контрагенты", "ИдентификационныйКодЛичности", "counterparty"),
        ("Document_РеализацияТоваровУслуг", "СуммаДокумента", "sale"),
        ("Document_РеализацияТоваровУслуг", "Товары", "sale"),
        ("Document_РеализацияТоваровУслуг_Товары_RowType", "СуммаНДС", "sale_goods"),
        ("InformationRegister_КурсыВалют", "Кратность", "fx_rate"),
    ],
)
def test_a_missing_property_is_told_with_its_table(whole: str, type_name: str, column: str, table: str) -> None:
    with pytest.raises(SourceChanged) as caught:
        check(read(without(whole, type_name, column)))
    assert (caught.value.table, caught.value.column) == (table, column)
    assert column in str(caught.value)


def test_every_set_that_is_not_published_is_named_at_once(whole: str) -> None:
    less = re.sub(r'<EntitySet Name="(Catalog_Кассы|Document_РасходныйКассовыйОрдер)"[^>]*/>', "", whole)
    with pytest.raises(SourceRefused) as caught:
        check(read(less.encode()))
    assert "Catalog_Кассы" in str(caught.value)
    assert "Document_РасходныйКассовыйОрдер" in str(caught.value)
    assert PUBLISH in str(caught.value)


def test_a_register_without_its_virtual_tables_is_refused(whole: str) -> None:
    less = re.sub(r'<FunctionImport Name="RecordsWithExtDimensions".*?</FunctionImport>', "", whole, flags=re.DOTALL)
    with pytest.raises(SourceRefused, match="AccountingRegister_Типовой/RecordsWithExtDimensions"):
        check(read(less.encode()))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ChartOfAccounts_Хозрасчетный", "Бухгалтерия предприятия"),
        ("Document_ЗаказКлиента", "Управление торговлей"),
        ("Document_РасходнаяНакладная", "Управление нашей фирмой"),
        ("Catalog_Контрагенты", "none tells which configuration"),
    ],
)
def test_another_configuration_is_refused_by_its_name(name: str, told: str) -> None:
    with pytest.raises(SourceRefused, match=told) as caught:
        check(read(sets(name)))
    assert "Бухгалтерия для Казахстана 3.0" in str(caught.value)


@pytest.mark.parametrize(
    ("lead", "encoding"), [("", "utf-8"), ("<!-- " + "x" * 9000 + " -->", "utf-8"), ("", "utf-16")]
)
def test_entities_of_a_dtd_are_not_expanded(lead: str, encoding: str) -> None:
    bomb = f'<?xml version="1.0"?>{lead}<!DOCTYPE e [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><e x="&a;">&b;</e>'
    with pytest.raises(SourceRefused, match="document type"):
        read(bomb.encode(encoding))


def test_a_cut_document_is_unavailable(whole: str) -> None:
    with pytest.raises(SourceUnavailable, match="not whole XML"):
        read(whole.encode()[: len(whole) // 2])
