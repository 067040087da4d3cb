"""Cards of 1C, companies of the CRM and other sides of bank lines become parties by the identity rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.sql.raw_books import Books, bin_of, ref

ROMASHKA, TRADE, BRANCH = bin_of("20014000001"), bin_of("20014000002"), bin_of("20014200003")
FIRST_IP, SECOND_IP = bin_of("80010130001"), bin_of("80010130002")
WRONG = ROMASHKA[:11] + str((int(ROMASHKA[11]) + 1) % 10)
SHARED_IBAN = "KZ00DEMO00000000003"
IBAN, OTHER_IBAN, LOST_IBAN = "KZ00DEMO00000000001", "KZ00DEMO00000000002", "KZ00DEMO00000000009"


def company(books: Books, id_: int, title: str, number: str = "", iban: str = "") -> None:
    books.put("bitrix_company", str(id_), id=id_, title=title)
    books.put("bitrix_requisite", str(id_ + 5000), ID=id_ + 5000, ENTITY_TYPE_ID=4, ENTITY_ID=id_, RQ_INN=number)
    if iban:
        books.put("bitrix_bank_detail", str(id_ + 9000), ID=id_ + 9000, ENTITY_ID=id_ + 5000, RQ_IIK=iban)


def account(books: Books, key: str, owner: str, iban: str, *, own: bool = False) -> None:
    owner_type = "StandardODATA.Catalog_Организации" if own else "StandardODATA.Catalog_Контрагенты"
    books.put(
        "onec_bank_account",
        key,
        Owner=ref(owner),
        Owner_Type=owner_type,
        НомерСчета=iban,
        ВалютаДенежныхСредств_Key=ref("KZT"),
    )


def bank_line(books: Books, key: str, name: str, number: str = "", iban: str = "") -> None:
    books.put(
        "bank_line", key, base="inbox", account="KZ 00OWN0 0000000001", value_date=date(2026, 1, 5), direction="in", amount=Decimal("1.50"),
        currency="KZT", cp_name=name, cp_bin=number, cp_iban=iban,
    )  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    books = Books()
    books.card("romashka", "ТОО «Ромашка»", ROMASHKA)
    books.card("romashka again", "Ромашка (старая карточка)", f" {ROMASHKA} ", DeletionMark=True)
    books.card("trade", "ТОО «Ромашка Трейд»", TRADE)
    books.card("branch", "Филиал ТОО «Ромашка»", BRANCH, ГоловнойКонтрагент_Key=ref("romashka"))
    books.card("ip one", "ИП Примеров А.", FIRST_IP, ЮрФизЛицо="ФизЛицо", КБЕ="19")
    books.card("ip two", "ИП Примеров А.", SECOND_IP, ЮрФизЛицо="ФизЛицо", КБЕ="19")
    books.card("wrong one", "ТОО «Контрольный разряд»", WRONG)
    books.card("wrong two", "ТОО «Другая фирма»", WRONG)
    books.card("zero one", "ТОО «Нулевая»", "000000000000")
    books.card("zero two", "ТОО «Пустая»", "000000000000")
    books.card("twin one", "ТОО «Близнец»")
    books.card("twin two", "Близнец ЖШС")
    books.card("bridge", "ТОО «Мост»")
    books.card("shared account", "ТОО «Один счёт»")
    books.card("namesake", "ТОО «Тёзка»")
    books.card("no bin", "АО «Без номера»")
    books.card("person", "Образцова Проба", "", ЮрФизЛицо="ФизЛицо", КБЕ="19")
    books.card("own", "ТОО «Альфа»", bin_of("12034000001"))
    books.card("state", "ГУ Отдел образования", bin_of("20014000004"), ГосударственноеУчреждение=True)
    books.card("foreign", "Primer GmbH", "", КБЕ="27")
    books.card("folder", "Покупатели", "", IsFolder=True)
    account(books, "romashka account", "romashka", "kz00 demo 0000 0000 001")
    account(books, "twin account", "twin one", OTHER_IBAN)
    account(books, "shared account", "shared account", SHARED_IBAN)
    account(books, "own account", "org", "KZ00OWN00000000001", own=True)

    company(books, 1, "ромашка")
    company(books, 2, "Рoмaшкa Tрейд")  # Latin o, a, T among Cyrillic
    company(books, 3, "Совсем другое имя", ROMASHKA)
    company(books, 4, "Ромашка", bin_of("20014000005"))
    company(books, 5, "ИП Примеров А.")
    company(books, 6, "Образцова Проба")
    company(books, 7, "Близнец")
    company(books, 8, "«Близнец» ТОО", "", OTHER_IBAN)
    company(books, 9, "Мост", bin_of("20014000006"))
    company(books, 10, "МОСТ", bin_of("20014000007"))
    company(books, 11, "Без номера", bin_of("20014000008"))
    company(books, 12, "Только в CRM")
    company(books, 13, "Контрольный разряд", WRONG)
    company(books, 14, "Второе имя в CRM", bin_of("20014000009"))
    company(books, 15, "Третье имя в CRM", bin_of("20014000009"))
    company(books, 16, "Один счёт", bin_of("20014000011"), SHARED_IBAN)
    company(books, 17, "Один счёт", bin_of("20014000012"), SHARED_IBAN)
    company(books, 18, "ИП Тёзка")

    bank_line(books, "1#1", "Romashka LLP", ROMASHKA)
    bank_line(books, "2#1", "ROMASHKA TOO", "", IBAN)
    bank_line(books, "3#1", "ТОО Ромашка", "", LOST_IBAN)
    bank_line(books, "4#1", "ТОО Не Ромашка", bin_of("20014000010"), IBAN)
    bank_line(books, "5#1", "ТОО Ромашка", WRONG, IBAN)
    books.build(tmp_path_factory.mktemp("sql"))
    return books


def rule(books: Books, key: str) -> tuple[Any, ...]:
    (row,) = books.rows(f"select match_rule, status from cp_key where src_ref = '{key if key.isdigit() else ref(key)}'")
    return row


def test_cards_with_the_same_valid_bin_are_one_party_named_by_the_live_card(books: Books) -> None:
    assert books.cp("romashka") == books.cp("romashka again") == books.cp("3")
    assert books.rows(f"select name, bin_iin, bin_valid, kind from cp where cp_id = '{books.cp('romashka')}'") == [
        ("ТОО «Ромашка»", ROMASHKA, True, "company")
    ]


def test_a_crm_company_without_a_bin_joins_the_only_company_of_its_name(books: Books) -> None:
    assert books.cp("2") == books.cp("trade")
    assert rule(books, "2") == ("name", "auto")


def test_a_name_that_two_bins_have_is_left_to_a_person(books: Books) -> None:
    assert books.cp("4") not in (books.cp("romashka"), books.cp("1"))
    assert books.cp("1") != books.cp("romashka")
    assert rule(books, "1") == rule(books, "4") == ("same_name", "review")


def test_a_twin_a_branch_and_the_company_stay_apart(books: Books) -> None:
    ids = {books.cp(key) for key in ("romashka", "trade", "branch")}
    assert len(ids) == 3
    assert books.rows(f"select kind, parent_cp_id from cp where cp_id = '{books.cp('branch')}'") == [
        ("branch", books.cp("romashka"))
    ]


def test_entrepreneurs_and_persons_never_merge_by_name(books: Books) -> None:
    assert len({books.cp(key) for key in ("ip one", "ip two", "5")}) == 3
    assert rule(books, "5") == ("same_name", "review")
    assert books.cp("6") != books.cp("person")
    assert books.cp("18") != books.cp("namesake")


@pytest.mark.parametrize("pair", [("wrong one", "wrong two"), ("zero one", "zero two")])
def test_a_bin_that_is_not_valid_joins_nothing(books: Books, pair: tuple[str, str]) -> None:
    assert books.cp(pair[0]) != books.cp(pair[1])
    assert books.rows(f"select bin_valid from cp where cp_id = '{books.cp(pair[0])}'") == [(False,)]


def test_a_bin_that_is_not_valid_counts_as_missing_in_the_crm(books: Books) -> None:
    assert books.cp("13") == books.cp("wrong one")
    assert rule(books, "13") == ("name", "auto")


def test_cards_of_1c_never_merge_by_name(books: Books) -> None:
    assert books.cp("twin one") != books.cp("twin two")
    assert rule(books, "twin one") == rule(books, "twin two") == ("same_name", "review")


def test_an_account_decides_between_two_of_a_name(books: Books) -> None:
    assert books.cp("8") == books.cp("twin one")
    assert rule(books, "8") == ("iban_name", "auto")
    assert books.cp("7") not in (books.cp("twin one"), books.cp("twin two"))
    assert rule(books, "7") == ("same_name", "review")


def test_a_card_without_a_bin_is_no_bridge_between_two_bins(books: Books) -> None:
    assert len({books.cp(key) for key in ("bridge", "9", "10")}) == 3
    assert len({books.cp(key) for key in ("shared account", "16", "17")}) == 3


def test_a_crm_company_gives_its_bin_to_the_card_that_has_none(books: Books) -> None:
    assert books.cp("11") == books.cp("no bin")
    assert books.rows(f"select name, bin_iin, bin_valid from cp where cp_id = '{books.cp('no bin')}'") == [
        ("АО «Без номера»", bin_of("20014000008"), True)
    ]


def test_a_company_that_only_the_crm_knows_is_a_party(books: Books) -> None:
    assert books.rows(f"select name, kind from cp where cp_id = '{books.cp('12')}'") == [("Только в CRM", "company")]
    assert books.cp("14") == books.cp("15")


def test_a_card_of_an_own_entity_is_intercompany(books: Books) -> None:
    assert books.rows("select cp_id from cp where is_intercompany") == [(books.cp("own"),)]


def test_kinds_come_from_the_card(books: Books) -> None:
    kinds = {
        key: books.rows(f"select kind from cp where cp_id = '{books.cp(key)}'")[0][0]
        for key in ("ip one", "person", "state", "foreign")
    }
    assert kinds == {"ip one": "entrepreneur", "person": "person", "state": "state", "foreign": "foreign"}


def test_folders_are_no_parties_and_the_unknown_party_is_one(books: Books) -> None:
    assert books.rows(f"select count(*) from cp_key where src_ref = '{ref('folder')}'") == [(0,)]
    assert books.rows("select kind, name from cp where cp_id = 'cp_unknown'") == [("unknown", "Неизвестный контрагент")]


def test_every_party_is_there_once(books: Books) -> None:
    assert books.rows("select cp_id from cp group by all having count(*) > 1") == []
    assert books.rows("select cp_id from cp_key except select cp_id from cp") == []


def test_the_other_side_of_a_bank_line_is_known_by_bin_then_by_account(books: Books) -> None:
    romashka = books.cp("romashka")
    found = dict[str, str | None](books.rows("select cp_name || coalesce(' ' || cp_bin, ''), cp_id from bank_line"))
    assert found == {
        f"Romashka LLP {ROMASHKA}": romashka,
        "ROMASHKA TOO": romashka,
        "ТОО Ромашка": None,
        f"ТОО Не Ромашка {bin_of('20014000010')}": None,
        f"ТОО Ромашка {WRONG}": romashka,
    }
    rules = books.rows("select match_rule, count(*) from cp_source where src = 'bank' group by all order by all")
    assert rules == [("bin", 1), ("iban", 2), ("none", 2)]


def test_a_bank_line_finds_its_own_account_however_it_is_spaced(books: Books) -> None:
    own = books.rows("select bank_account_id from bank_account")
    assert len(own) == 1
    assert books.rows("select distinct bank_account_id from bank_line") == own
