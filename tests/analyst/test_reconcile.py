"""What does not tie is told with the answers that it can touch, and with no other: by the party, and by the days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analyst import metrics, reconcile
from analyst.audit import Audit
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio

PAYMENTS = "bank_and_1c_know_the_same_payments"


@pytest.fixture
def analyst(demo: Path, tmp_path: Path) -> Iterator[Analyst]:
    chosen = Settings(data=demo, audit=tmp_path / "audit")
    known = metrics.read()
    made = Analyst(
        chosen,
        Mirror(demo, chosen.role),
        Pool(chosen),
        Audit(chosen.audit_folder, "test", chosen.role),
        known,
        reconcile.read(known),
    )
    yield made
    made.pool.close()
    made.audit.close()


async def checks(analyst: Analyst, name: str, **arguments: str) -> dict[str, reconcile.Told]:
    answer = json.loads(await analyst.metric(name, arguments))
    lines = [reconcile.read_back(line) for line in answer.get("checks", ())]
    assert None not in lines
    return {line.id: line for line in lines if line}


@pytest.mark.parametrize("many", [reconcile.MANY, 0], ids=["counted here", "counted where they lie"])
async def test_a_difference_is_told_where_it_can_touch_and_with_its_days(
    analyst: Analyst, truth: dict[str, Any], monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(reconcile, "MANY", many)
    fact = truth["facts"]["14"]
    lone, unpaid = fact["line_without_document"], fact["document_without_line"]
    listed = f"SELECT cp_id, first_day FROM finding WHERE check_id = '{PAYMENTS}' AND cp_id IS NOT NULL"
    ((own, day),) = json.loads(await analyst.query(listed))["rows"]
    amount = str(Decimal(lone["amount"]) + Decimal(unpaid["amount"]))
    both = reconcile.Told(PAYMENTS, 2, amount, *sorted((lone["day"], day)))
    assert (await checks(analyst, "ar_total"))[PAYMENTS] == both
    # nobody knows whose the lone line is, so it may be anybody's; the payment is one party's own
    of_another = reconcile.Told(PAYMENTS, 1, lone["amount"], lone["day"], lone["day"])
    other = truth["facts"]["2"]["party"]
    assert await checks(analyst, "client_receivables", counterparty=other) == {PAYMENTS: of_another}
    assert (await checks(analyst, "client_receivables", counterparty=own))[PAYMENTS] == both
    # a flow is of its days; a balance rests on all days before its own
    assert PAYMENTS not in await checks(analyst, "received_from", counterparty=own, period="2024")
    assert (await checks(analyst, "received_from", counterparty=own, period="2025"))[PAYMENTS] == both
    assert PAYMENTS not in await checks(analyst, "ar_total", as_of="2025-06-30")
    assert (await checks(analyst, "ar_total", as_of="2026-01-15"))[PAYMENTS] == both
    # the chain of balances is of cash alone
    assert "bank_days_follow_each_other" in await checks(analyst, "cash_position")
    assert "bank_days_follow_each_other" not in await checks(
        analyst, "paid_to_supplier", counterparty=own, period="2025"
    )


async def test_a_receipt_tells_the_differences_of_its_answer(analyst: Analyst, truth: dict[str, Any]) -> None:
    asked = {"counterparty": truth["facts"]["2"]["party"], "period": "2025-Q4"}
    answer = json.loads(await analyst.metric("received_from", asked))
    assert json.loads(await analyst.explain(answer["receipt"]))["checks"] == answer["checks"]
    assert len(answer["checks"]) == 1
