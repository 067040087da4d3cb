"""What the loopback 1C finds by a condition, and how it refuses one."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.sync.standins.onec_company import GL, PARTIES, SALES, Client, ref


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
