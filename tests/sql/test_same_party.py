"""What a person decides about two cards comes before the rules, holds through every build, and is taken back with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sql
from sync.errors import SourceChanged
from sync.sources.own import source
from sync.sources.same_party import FILE
from sync.table import Page, Reject, Since, Sweep
from tests.sql.raw_books import Books, bin_of, ref
from tests.sql.test_counterparties import company
from tests.sync.made import NOW

FIRST, SECOND = bin_of("20014000001"), bin_of("20014000002")
CHECK = next(d.body for d in sql.read("checks") if d.name == "decisions_about_parties_hold")


class Cards:
    """Parties of 1C and the CRM, and what has been decided about them so far."""

    def __init__(self, folder: Path) -> None:
        self.books = Books()
        for key, name, number in (
            ("twin one", "ТОО «Близнец»", ""), ("twin two", "Близнец ЖШС", ""), ("third", "ТОО «Третья»", ""),
            ("first", "ТОО «Первая»", FIRST), ("first again", "Первая, филиал", FIRST), ("second", "ТОО «Вторая»", SECOND), ("plain", "ТОО «Простая»", ""),
        ):  # fmt: skip
            self.books.card(key, name, number)
        company(self.books, 1, "простая")  # a rule joins it to plain
        company(self.books, 2, "Простая", SECOND)  # of the same name, with the BIN of second
        self.books.build(folder)

    def decide(self, *decisions: tuple[str, str, bool]) -> None:
        """The file has these lines and no others; what they decide is built anew."""
        self.books.con.execute("delete from raw.settings_same_party")
        for a, b, same in decisions:
            low, high = sorted((self.number(a), self.number(b)))
            self.books.put("settings_same_party", f"{low}|{high}", card=low, other=high, is_same=same)
        for name in ("cp_decision", "cp_key", "cp", "cp_source"):
            body = next(d.body for d in sql.read("core") if d.name == name)
            self.books.con.execute(f"create or replace table {name} as {body}")

    def number(self, key: str) -> int:
        """Of a card by its key in the source; a number stands for itself."""
        if key.startswith("card "):
            return int(key[5:])
        rows = self.books.rows(f"select id from cp_key where src_ref = '{key if key.isdigit() else ref(key)}'")
        return int(rows[0][0])

    def told(self, *keys: str) -> list[tuple[Any, ...]]:
        """Rule and status of cards, as cp_source has them."""
        return [
            self.books.rows(f"select match_rule, status from cp_source where card_id = 'card_{self.number(key)}'")[0]
            for key in keys
        ]

    def parties(self, *keys: str) -> int:
        return len({self.books.cp(key) for key in keys})

    def unheld(self) -> list[tuple[Any, ...]]:
        return [row[:2] for row in self.books.con.execute(CHECK).fetchall()]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    return Cards(tmp_path_factory.mktemp("cards"))


def test_cards_joined_by_a_person_are_one_party_until_the_line_is_gone(cards: Cards) -> None:
    assert cards.parties("twin one", "twin two", "third", "first") == 4
    cards.decide(("twin one", "twin two", True), ("third", "twin two", True), ("first", "third", True))
    assert cards.parties("twin one", "twin two", "third", "first", "first again") == 1
    assert cards.parties("second", "first") == 2
    assert cards.told("twin one", "twin two", "third") == [("manual", "manual")] * 3
    assert cards.told("first") == [("bin", "manual")]
    assert cards.books.rows(f"select bin_iin, bin_valid from cp where cp_id = '{cards.books.cp('third')}'") == [
        (FIRST, True)
    ]
    assert cards.unheld() == []
    cards.decide()
    assert cards.parties("twin one", "twin two", "third", "first") == 4
    assert cards.told("twin one") == [("same_name", "review")]


def test_cards_that_a_rule_would_join_stay_apart_when_a_person_says_so(cards: Cards) -> None:
    cards.decide(("1", "plain", False), ("twin one", "twin two", False))
    assert cards.parties("1", "plain") == 2
    assert {status for _, status in cards.told("1", "plain", "twin one", "twin two")} == {"manual"}
    assert cards.unheld() == []


def test_a_valid_bin_is_stronger_than_a_person_and_that_is_told(cards: Cards) -> None:
    cards.decide(
        ("first", "third", True),
        ("third", "second", True),
        ("first", "first again", False),
        ("plain", "card 999", True),
    )
    assert cards.parties("first", "second", "third") == 3
    assert cards.parties("first", "first again") == 1
    assert sorted(why for _, why in cards.unheld()) == [
        "their valid BINs differ: they stay two",
        "their valid BINs differ: they stay two",
        "there is no such card",
        "they have one valid BIN: they stay one",
    ]


def pulled(data: Path, text: str) -> tuple[list[tuple[Any, ...]], list[str]]:
    """Rows and reasons of refusal of a file; none is written for an empty text."""
    file = data / FILE
    file.parent.mkdir(exist_ok=True)
    if text:
        file.write_text(text, encoding="utf-8")
    items = [i for i in source(data).pull(Since(True, NOW, None, {})) if getattr(i, "table", "") == "same_party"]
    (page,) = (i for i in items if isinstance(i, Page))
    (sweep,) = (i for i in items if isinstance(i, Sweep))
    assert len(sweep.refs) == page.frame.height
    return page.frame.select("card", "other", "is_same").rows(), [i.reason for i in items if isinstance(i, Reject)]


def test_decisions_are_read_in_either_order_and_a_bad_row_is_put_aside_with_its_reason(tmp_path: Path) -> None:
    rows, why = pulled(
        tmp_path,
        "\ufeffcard;other;same\ncard_15;card_3;да\nCARD_3; card_15 ;yes\ncard_4;card_5;no\ncard_5;card_4;yes\ncp_1;card_2;yes\n"
        "card_7;card_7;yes\ncard_8;card_9;maybe\ncard_8;card_9\n",
    )
    assert rows == [(3, 15, True), (4, 5, False)]
    wheres = [reason.removeprefix("settings/same_party.csv line ") for reason in why]
    assert [(where[0], told in where) for where, told in zip(
        wheres, ("decided otherwise", "named as in cp_source", "always itself", "yes or no", "2 values"), strict=True
    )] == [(line, True) for line in "56789"]  # fmt: skip


def test_no_file_decides_nothing_and_another_file_is_refused_whole(tmp_path: Path) -> None:
    assert pulled(tmp_path, "") == ([], [])
    with pytest.raises(SourceChanged, match="Its first line must be card,other,same"):
        pulled(tmp_path, "card_1,card_2,yes\n")
