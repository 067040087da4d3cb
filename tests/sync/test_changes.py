"""Each change of a document is written down once, with what it was before; what is no change of it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sync import changes
from sync.changes import Changed
from tests.sql.raw_books import DAY, SECOND_LOAD, ZONE, Books, bin_of, ref

DECEMBER = date(2025, 12, 20)
NOW = datetime(2026, 1, 31, 18, tzinfo=UTC)  # 23:00 in Almaty
Row = tuple[Any, ...]


class World:
    """Books that are built again and again, each time as a sync does it. told: what each sync said."""

    def __init__(self, folder: Path) -> None:
        self.books, self.folder = Books(), folder
        self.told: list[Changed] = []

    def sync(self) -> Changed:
        changes.remember(self.books.con)
        self.books.build(self.folder / str(len(self.told)))
        return changes.note(self.books.con, NOW, ZONE)

    def change(self, table: str, key: str, **columns: object) -> None:
        places = ", ".join(f'"{name}" = ?' for name in columns)
        self.books.con.execute(f"update raw.onec_{table} set {places} where src_ref = ?", [*columns.values(), ref(key)])

    def noted(self) -> dict[str, list[Row]]:
        """What, old, new, difference, closed: by document."""
        found: dict[str, list[Row]] = {}
        for doc_id, *row in self.books.rows(
            "select doc_id, what, old, new, difference_kzt::varchar, in_closed_period from meta.doc_change order by all"
        ):
            found.setdefault(doc_id, []).append(tuple(row))
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Three syncs: the first, one after which nothing has changed in substance, and one after which everything has."""
    made = World(tmp_path_factory.mktemp("sql"))
    _put(made.books)
    made.change("sale", "back", deleted_at=SECOND_LOAD)
    made.told.append(made.sync())
    made.change("sale", "same", src_version="posted again", synced_at=SECOND_LOAD)
    made.change("sale", "draft", СуммаДокумента=Decimal(100))
    made.told.append(made.sync())
    _change(made)
    made.told.append(made.sync())
    yield made
    made.books.con.close()


def _put(books: Books) -> None:
    books.card("buyer", "Покупатель", bin_of("12034000010"))
    books.card("other", "Другой", bin_of("12034000020"))
    books.card("again", "Покупатель второй раз")
    books.contract("К-1", "buyer")
    books.contract("К-2", "buyer")
    mine = {"Контрагент_Key": ref("buyer"), "ДоговорКонтрагента_Key": ref("К-1")}
    for key in ("amount", "both", "closed", "contract", "date", "gone", "party", "same", "undone", "back"):
        books.document("sale", key, DECEMBER if key == "closed" else DAY, "100.00", **mine)
    books.document("sale", "draft", DAY, "7.00", Posted=False, **mine)
    books.document("sale", "on another card", DAY, "1.00", Контрагент_Key=ref("again"))
    dollars = {"ВалютаДокумента_Key": ref("USD"), "Контрагент_Key": ref("buyer")}
    books.document("sale", "usd", DAY, "10.00", КурсВзаиморасчетов=Decimal(500), **dollars)


def _change(world: World) -> None:
    world.change("sale", "amount", СуммаДокумента=Decimal("130.50"))
    world.change("sale", "both", СуммаДокумента=Decimal("60.00"), Date=datetime(2025, 12, 31, 12))
    world.change("sale", "closed", Posted=False, DeletionMark=True)
    world.change("sale", "contract", ДоговорКонтрагента_Key=ref("К-2"))
    world.change("sale", "date", Date=datetime(2026, 1, 7, 12))
    world.change("sale", "draft", Posted=True)
    world.change("sale", "gone", deleted_at=SECOND_LOAD)
    world.change("sale", "party", Контрагент_Key=ref("other"))
    world.change("sale", "undone", Posted=False)
    world.change("sale", "back", deleted_at=None)
    world.change("sale", "usd", КурсВзаиморасчетов=Decimal(510))
    world.change("counterparty", "again", ИдентификационныйКодЛичности=bin_of("12034000010"))
    for key, posted in (("new", True), ("new draft", False)):
        world.books.document("sale", key, DECEMBER, "5.00", Контрагент_Key=ref("buyer"), Posted=posted)
    world.books.document("sale", "of another base", DAY, "1.00", base="second")


def test_the_first_load_is_no_change_and_neither_are_a_posting_again_and_a_draft(world: World) -> None:
    assert world.told[:2] == [Changed(), Changed()]


def test_every_kind_of_change_is_told_once_with_what_was_and_what_it_moved(world: World) -> None:
    assert world.told[2] == Changed(documents=12, closed=3, closed_kzt=Decimal("-135.00"))
    expected: dict[str, list[Row]] = {
        "amount": [("amount", "100.00 KZT", "130.50 KZT", "30.50", False)],
        "both": [
            ("amount", "100.00 KZT", "60.00 KZT", "-40.00", True),
            ("date", "2026-01-05", "2025-12-31", "0.00", True),
        ],
        "closed": [("state", "counts", "deleted", "-100.00", True)],
        "contract": [("contract", "К-1", "К-2", "0.00", False)],
        "date": [("date", "2026-01-05", "2026-01-07", "0.00", False)],
        "draft": [("state", "draft", "counts", "100.00", False)],
        "gone": [("vanished", "100.00 KZT", None, "-100.00", False)],
        "party": [("party", "Покупатель", "Другой", "0.00", False)],
        "undone": [("state", "counts", "draft", "-100.00", False)],
        "back": [("state", "vanished", "counts", "100.00", False)],
        "new": [("appeared", None, "5.00 KZT", "5.00", True)],
        "usd": [("rate", "500.0000 for 1", "510.0000 for 1", "100.00", False)],
    }
    assert world.noted() == {world.books.doc(key): rows for key, rows in expected.items()}


def test_cards_that_turn_out_to_be_one_party_move_no_document(world: World) -> None:
    """The card got the tax number of another one: its document has another party and was not moved."""
    party = f"select cp_id from doc_full where doc_id = '{world.books.doc('on another card')}'"
    assert world.books.rows(party) == [(world.books.cp("buyer"),)]
    assert world.books.doc("on another card") not in world.noted()


def test_a_base_that_is_new_brings_no_changes(world: World) -> None:
    assert world.books.doc("of another base") not in world.noted()


def test_changes_of_open_periods_go_after_a_quarter_and_of_closed_ones_after_five_years(world: World) -> None:
    kept = []
    world.books.con.begin()
    for day in (date(2026, 5, 3), date(2026, 5, 4), date(2031, 2, 4), date(2031, 2, 5)):
        changes.remember(world.books.con)
        assert changes.note(world.books.con, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), ZONE) == Changed()
        kept.append(len(world.noted()))
    world.books.con.rollback()
    assert kept == [12, 3, 3, 0]
