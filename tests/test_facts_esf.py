"""What was planted among the electronic invoices is found by the relations, the metrics and the names that an analyst would ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import duckdb
import pytest

from analyst import metrics
from analyst.audit import Audit
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst
from tests.planted import doc, master, metric, one

OUTCOMES = {
    "missing": "missing_esf", "fixed": "ok", "late": "late", "sum": "sum_diff", "vat": "vat_diff", "declined": "cancelled_but_posted",
    "by_amount": "ok", "by_paper": "ok",
}  # fmt: skip


@pytest.fixture(scope="module")
def con(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with master(demo, tmp_path_factory.mktemp("facts")) as db:
        yield db


@pytest.fixture
def facts(truth: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = truth["facts"]
    return found


@pytest.mark.parametrize("case", OUTCOMES)
def test_a_planted_invoice_has_its_outcome(con: duckdb.DuckDBPyConnection, facts: dict[str, Any], case: str) -> None:
    ref = facts["17"]["cases"][case]["ref"]
    found = one(con, "select outcome, rule, difference_doc, days_late from esf_rec where doc_id = ?", doc(con, ref))
    assert found[0] == OUTCOMES[case]
    assert (found[1] == "amount") == (case == "by_amount")
    assert found[2] == {"sum": Decimal("0.01"), "declined": Decimal("-1150000.50"), "missing": Decimal(-2400000)}.get(
        case, Decimal(0)
    )
    assert found[3] == {"late": 1, "missing": 63}.get(case, 0)


def test_what_was_withdrawn_between_two_exports_keeps_both_states(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    held = "esf_id in (select esf_id from esf where root_id = (select e.root_id from esf_rec r join esf e using (esf_id) where r.doc_id = ?))"
    corrected = doc(con, facts["17"]["cases"]["fixed"]["ref"])
    found = con.execute(
        f"select kind, status, is_effective from esf where {held} order by issue_date", [corrected]
    ).fetchall()
    assert found == [("basic", "REVOKED", False), ("fixed", "DELIVERED", True)]
    states = con.execute(
        f"select s.status, cast(s.since as date) from esf_status s join esf e using (esf_id) where e.kind = 'basic' and s.{held} order by s.since",
        [corrected],
    ).fetchall()
    assert states == [("DELIVERED", states[0][1]), ("REVOKED", date(2026, 1, 15))]


def test_a_return_meets_the_additional_invoice_that_takes_it_back(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    back = one(con, "select base_doc_id, sum_doc from doc where doc_id = ?", doc(con, facts["8"]["return_next_year"]))
    found = one(con, "select outcome, book_doc, esf_doc from esf_rec where doc_id = ?", back[0])
    assert found == ("ok", Decimal("112000.00"), Decimal("112000.00"))
    assert one(con, "select sum_doc from esf where kind = 'additional' and root_id = (select root_id from esf join esf_rec using (esf_id) where doc_id = ?)",
               back[0]) == -back[1]  # fmt: skip


def test_problems_are_listed_with_what_may_be_their_reason(
    con: duckdb.DuckDBPyConnection, facts: dict[str, Any]
) -> None:
    rows = metric(
        con,
        "esf_problems",
        period_from=date(2025, 10, 1),
        period_to=date(2025, 12, 31),
        direction=None,
        counterparty=None,
    )
    wrong = facts["16"]["wrong_bin"]["name"].removeprefix("ТОО ")
    assert {(r["outcome"], r["hint"]) for r in rows if wrong in r["counterparty"]} == {
        ("missing_esf", "other_bin"), ("missing_1c", "other_bin"),
    }  # fmt: skip
    assert [
        r["reg_no"]
        for r in rows
        if (r["direction"], r["outcome"], r["book_doc"], r["esf_doc"]) == ("in", "missing_1c", 0, 448000)
    ] == [facts["17"]["cases"]["missing_1c"]["reg_no"]]
    assert [r for r in rows if r["hint"] and wrong not in r["counterparty"]] == []
    total = metric(
        con, "esf_reconciliation", period_from=date(2025, 10, 1), period_to=date(2025, 12, 31), direction=None
    )
    assert {r["all_problems"] for r in total} == {len(rows)}
    assert (
        metric(
            con,
            "esf_problems",
            period_from=date(2024, 1, 1),
            period_to=date(2024, 12, 31),
            direction=None,
            counterparty=None,
        )[0]["reason"]
        == "not_covered"
    )
    (never,) = metric(
        con, "esf_reconciliation", period_from=date(2024, 1, 1), period_to=date(2024, 12, 31), direction=None
    )
    assert {k: v for k, v in never.items() if v is not None} == {"reason": "not_covered"}


def test_a_number_is_told_of_the_tax_invoice_too_and_it_is_picked_only_by_its_name(
    demo: Path, facts: dict[str, Any], tmp_path: Path
) -> None:
    async def asked() -> list[dict[str, Any]]:
        settings = Settings(data=demo, audit=tmp_path, workers=1, spares=0)
        analyst = Analyst(
            settings, Mirror(demo, "owner"), Pool(settings), Audit(tmp_path, "test", "owner"), metrics.read()
        )
        try:
            return [json.loads(await analyst.find(text, "document")) for text in ("234", "ЭСФ 234")]
        finally:
            analyst.pool.close()
            analyst.audit.close()

    bare, named = anyio.run(asked)
    kinds = [row[2].split(" ")[0] for row in bare["rows"]]
    assert (kinds, bare.get("pick")) == (["invoice_out", "sale", "invoice_out", "esf"], None)
    assert facts["3"]["esf"]["party"] in bare["rows"][3][3]
    assert named["pick"] == bare["rows"][3][1]
