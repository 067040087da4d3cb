"""What changed in the demo company between its two syncs is told, document by document, and as of which day it was late."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import Sync
from tests.planted import Master, doc, master, metric, one


@pytest.fixture(scope="module")
def con(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Master]:
    with master(demo, tmp_path_factory.mktemp("changes")) as db:
        yield db


@pytest.fixture
def fact(truth: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = truth["facts"]["13"]
    return found


def test_what_was_changed_in_closed_periods_is_told_with_what_it_was(con: Master, fact: dict[str, Any]) -> None:
    told = con.execute(
        "select doc_id, what, old, new, sum_kzt, difference_kzt from changes_since where in_closed_period and is_last order by all"
    ).fetchall()
    moved = doc(con, fact["moved"])
    contracts = [
        one(con, "select number from contract where cp_id = (select cp_id from cp where name = ?)", fact[k])
        for k in ("party", "moved_to")
    ]
    assert told == sorted(
        [
            (moved, "party", fact["party"], fact["moved_to"], Decimal(444000), 0),
            (moved, "contract", *contracts, Decimal(444000), 0),
            (doc(con, fact["unposted"]), "state", "counts", "draft", Decimal(555000), Decimal(-555000)),
            (doc(con, fact["marked"]), "state", "counts", "deleted", Decimal(666000), Decimal(-666000)),
            (doc(con, fact["vanished"]), "vanished", "777000.00 KZT", None, Decimal(777000), Decimal(-777000)),
        ]
    )


def test_a_document_that_was_only_posted_again_has_not_changed(con: Master, fact: dict[str, Any]) -> None:
    again = doc(con, fact["reposted"])
    assert one(con, "select src_version from raw.onec_sale where src_ref = ?", fact["reposted"])
    assert con.execute("select what from changes_since where doc_id = ?", [again]).fetchall() == []


def test_the_differences_add_up_to_what_all_documents_moved_by(demo: Path, con: Master) -> None:
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    (before,) = (f for f in (demo / "snapshots").iterdir() if f.name != current["snapshot"])
    with duckdb.connect(str(before / "serve-owner.duckdb"), read_only=True) as old:
        was = one(old, "select sum(sum_kzt) from doc")
        assert one(old, "select count(*) from changes_since") == 0
    moved = one(con, "select sum(difference_kzt) from changes_since where is_last")
    assert was + moved == one(con, "select sum(sum_kzt) from doc")


def test_the_sale_entered_late_is_back_dated_in_the_relation_and_in_the_metric(
    con: Master, truth: dict[str, Any]
) -> None:
    late = doc(con, truth["facts"]["12"]["entered_late"])
    row = ("sale", date(2026, 1, 8), date(2026, 1, 31), 23, Decimal(350000))
    names = "type, doc_date, first_seen, late_days, sum_kzt"
    assert con.execute(f"select doc_id, {names} from backdated where doc_date <= date '2026-01-31'").fetchall() == [
        (late, *row)
    ]
    assert con.execute("select doc_id from backdated where doc_date < date '2026-01-08'").fetchall() == []
    (told,) = metric(con, "late_entries", period_from=date(2026, 1, 1), period_to=date(2026, 1, 31))
    shown = ("doc_type", "doc_date", "first_seen", "late_days", "sum_kzt")
    assert tuple(told[name] for name in shown) == row
    assert one(con, "select what, difference_kzt from changes_since where doc_id = ?", late) == ("appeared", row[-1])


def test_documents_that_have_gone_from_a_period_are_counted_beside_those_entered_late(con: Master) -> None:
    december = {"period_from": date(2025, 12, 1), "period_to": date(2025, 12, 31)}
    (told,) = metric(con, "late_entries", **december)
    # a draft of 555,000, a deleted one of 666,000, one of 777,000 that vanished; one that was moved to another party
    assert (told["reason"], told["documents"], told["number"]) == ("none_late", 0, None)
    assert (told["gone"], told["gone_kzt"], told["changed"]) == (3, Decimal(1998000), 1)
    (late,) = metric(con, "late_entries", period_from=date(2026, 1, 1), period_to=date(2026, 1, 31))
    assert (late["reason"], late["documents"]) == (None, 1)


def test_status_tells_the_differences_and_the_changes_in_closed_periods(demo: Path, sync: Sync) -> None:
    shown = " ".join(sync(demo, "status").split())
    assert "Does not reconcile: Bank and 1C differ on payments: 2 rows, 333456.00 KZT" in shown
    assert "More is reserved than there is: 1 rows Changed" in shown, "goods have no amount in tenge"
    documents = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))["changes"]["documents"]
    assert (
        f"Changed since the snapshot before: {documents} documents, 4 of them in closed periods (-1998000.00 KZT)"
        in shown
    )
