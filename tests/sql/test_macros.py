"""name_norm() brings spellings of one name together and keeps other names apart; bin_ok() knows a right check digit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

import sql
from tests.sql.raw_books import bin_of

SAME = [
    ("ТОО «Ромашка»", "ромашка"),
    ("ТОО «Ромашка»", "Romashka LLP"),
    ("ТОО «Ромашка»", "РОМАШКА ЖШС"),
    ("ТОО «Ромашка»", 'Товарищество с ограниченной ответственностью "Ромашка"'),
    ("ТОО «Ромашка»", "«Ромашка» жауапкершілігі шектеулі серіктестігі"),
    ("ТОО «Ромашка»", "Т.О.О. Ромашка"),
    ("ТОО «Ромашка»", "TOO Romashka"),
    ("ТОО «Ромашка»", "Рoмaшкa"),  # Latin o, a
    ("ТОО «Ромашка»", "Rоmashka"),  # Cyrillic о
    ("ТОО «Ромашка»", "ТOO  «РОМАШКА»"),  # Latin OO in the form
    ("ТОО «Ромашка»", "“Ромашка„"),
    ("ТОО «Ромашка»", " Ромашка. "),
    ("ТОО «Ромашка Трейд»", "Трейд-Ромашка"),
    ("ИП Примеров А.Б.", "ЖК Примеров А Б"),
    ("ИП Примеров А.Б.", "Индивидуальный предприниматель Примеров А. Б."),
    ("ИП Примеров А.Б.", "IP Primerov A.B."),
    ("АО «Пример»", "«Пример» АҚ"),
    ("АО «Пример»", "Primer JSC"),
    ("АО «Пример»", "Акционерное общество Пример"),
    ("НАО «Пример»", "«Пример» КеАҚ"),
    ("НАО «Пример»", "Некоммерческое акционерное общество «Пример»"),
    ("КХ «Пример»", "Пример ШҚ"),
    ("КХ «Пример»", "Крестьянское хозяйство Пример"),
    ("ГКП «Пример»", "Государственное коммунальное предприятие «Пример»"),
    ("Қазына Үміт", "Казына Умит"),
    ("Әлем Өнім", "Алем Оним"),
    ("Көкше", "Kokshe"),
    ("Жұлдыз", "Zhuldyz"),
    ("Щедрый", "Shchedryi"),
    ("Эко Дом", "Еко-дом"),
    ("Юг Строй", "Yug Stroy"),
    ("Ёлка", "Елка"),
    ("Россия", "Росия"),
    ("Мария", "Maria"),
    ("Цемент", "Cement"),
    ("Химпром", "Khimprom"),
    ("Объект", "Обект"),
    ("Альфа", "Алфа"),
    ("Фотон", "Photon"),
    ("Чайка № 5", "Chaika 5"),
    ("ООО «Пример»", "ООО Пример"),
    ("ТОО", "тоо"),
]
OTHER = [
    ("ТОО «Ромашка»", "ТОО «Ромашка Трейд»"),
    ("Склад 1", "Склад 11"),
    ("База 2", "База 22"),
    ("Альфа Строй", "Альфа Сервис"),
    ("ИП Примеров А.", "ИП Примеров Б."),
    ("Восток", "Востокстрой"),
    ("Омега", "Мега"),
]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    waiting = [d for d in sql.read("core") if d.facts["kind"].startswith("scalar")]
    while waiting:  # a macro after those it calls
        first = next(d for d in waiting if not any(f"{other.name}(" in d.body for other in waiting if other is not d))
        arguments = first.facts["kind"].removeprefix("scalar(").removesuffix(")").split(",")
        con.execute(f"create macro {first.name}({', '.join(a.split()[0] for a in arguments)}) as {first.body}")
        waiting.remove(first)
    yield con
    con.close()


def norm(con: duckdb.DuckDBPyConnection, name: str | None) -> Any:
    (row,) = con.execute("select name_norm(?)", [name]).fetchall()
    return row[0]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_a_name_come_to_one_text(con: duckdb.DuckDBPyConnection, one: str, other: str) -> None:
    assert norm(con, one) == norm(con, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_names_stay_other(con: duckdb.DuckDBPyConnection, one: str, other: str) -> None:
    assert norm(con, one) != norm(con, other)


@pytest.mark.parametrize("name", ["ТОО «Ромашка»", "Щедрый Эко-Дом 11", "«Қазына» ҰК АҚ", "Romashka & Co", "a^b", "🌼"])
def test_a_normalised_name_is_its_own(con: duckdb.DuckDBPyConnection, name: str) -> None:
    assert norm(con, norm(con, name)) == norm(con, name)


def test_no_name_has_no_normalised_name(con: duckdb.DuckDBPyConnection) -> None:
    assert (norm(con, None), norm(con, ""), norm(con, "«»")) == (None, "", "")


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (bin_of("20014000001"), True),
        (bin_of("80010130001"), True),
        (f" {bin_of('20014000001')} ", True),
        (bin_of("20014000001")[:11], False),
        (bin_of("20014000001") + "0", False),
        ("000000000000", False),
        ("111111111111", False),
        ("12345678901x", False),
        ("", False),
        (None, False),
    ],
)
def test_a_number_is_judged_by_its_check_digit(con: duckdb.DuckDBPyConnection, number: str | None, valid: bool) -> None:
    assert con.execute("select bin_ok(?)", [number]).fetchall() == [(valid,)]


def test_one_wrong_digit_is_always_seen(con: duckdb.DuckDBPyConnection) -> None:
    right = bin_of("20014000001")
    wrong = [right[:i] + d + right[i + 1 :] for i in range(11, 12) for d in "0123456789" if d != right[i]]
    assert con.execute("select count(*) from unnest(?) t(n) where bin_ok(n)", [wrong]).fetchall() == [(0,)]


def test_second_weights_decide_when_the_first_give_ten(con: duckdb.DuckDBPyConnection) -> None:
    stem = next(
        f"2001400{n:04d}"
        for n in range(10_000)
        if sum(w * int(d) for w, d in zip(range(1, 12), f"2001400{n:04d}", strict=True)) % 11 == 10
        and sum(w * int(d) for w, d in zip((*range(3, 12), 1, 2), f"2001400{n:04d}", strict=True)) % 11 < 10
    )
    assert con.execute(
        "select n from unnest(?) t(n) where bin_ok(n)", [[stem + d for d in "0123456789"]]
    ).fetchall() == [(bin_of(stem),)]
