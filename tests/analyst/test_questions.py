"""Every question an owner would ask is answered in two calls at most: find offers the metric, the metric gives what was planted.

Twenty-five intents in three languages, two phrasings each. The true values come from the generator of the company, never from SQL.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analyst import find, metrics
from tests.analyst.test_cost import asked, connected, fixed, tokens

pytestmark = pytest.mark.anyio

FOLDER = Path(__file__).parent / "questions"
LANGUAGES = ("ru", "kk", "en")
RANK = 5
RESULT = 600
EXCHANGE = 1500


@dataclass(frozen=True, slots=True)
class Trace:
    """The shortest way to an answer: a metric, its arguments, and cells that must be in its rows, by column."""

    metric: str
    arguments: Mapping[str, Any]
    true: Mapping[str, Any]


def _party(number: str, *names: str) -> Any:
    def trace(facts: Mapping[str, Any]) -> Trace:
        fact = facts[number]
        return Trace(
            "client_receivables", {"counterparty": fact["party"]}, {f"client_{name}": fact[name] for name in names}
        )

    return trace


def traces(truth: Mapping[str, Any]) -> dict[str, Trace]:
    """Intents with what is true of them."""
    facts = truth["facts"]
    asked_of = {question["id"]: question["expect"]["rows"] for question in truth["questions"]}
    first = {name: rows[0] for name, rows in asked_of.items()}
    bank = facts["14"]["line_without_document"]
    concrete = facts["1"]["party"]
    quarter = {"counterparty": concrete, "period": facts["1"]["period"]}
    candidate = facts["3"]["candidates"][2]
    deals = first["won_without_invoice"]
    return {
        "ar_total": Trace("ar_total", {}, first["ar_total"]),
        "ar_overdue": Trace("ar_overdue", {}, first["ar_overdue"]),
        "ageing": Trace("ageing", {}, first["ageing"]),
        "over_90": Trace("ageing", {}, {"d91_plus_kzt": first["ageing"]["d91_plus_kzt"]}),
        "ap_total": Trace("ap_total", {}, {"value": first["ap_total"]["value"]}),
        "ap_overdue": Trace("ap_total", {}, {"overdue_kzt": first["ap_total"]["overdue_kzt"]}),
        "advances": Trace("advances_total", {}, first["advances_total"]),
        "top_debtors": Trace("top_debtors", {}, first["top_debtors"]),
        "client_debt": _party("2", "open_kzt", "overdue_kzt", "advances_kzt")(facts),
        "client_stages": _party("5", "open_kzt", "overdue_kzt")(facts),
        "client_future": _party("12", "open_kzt", "overdue_kzt", "advances_kzt")(facts),
        "client_bolt": _party("6", "open_kzt", "overdue_kzt")(facts),
        "romashka": Trace("client_receivables", {"counterparty": facts["16"]["bin"]}, {"client_open_kzt": facts["16"]["open_kzt"]["ТОО «Ромашка»"]}),
        "paid_to_supplier": Trace("paid_to_supplier", quarter, {"value": facts["1"]["paid"], "payments": facts["1"]["payments"]}),
        "offsets_with": Trace("paid_to_supplier", quarter, {"offsets_kzt": facts["1"]["offset_kzt"], "refunds_kzt": facts["1"]["refunds"]}),
        "received_from": Trace("received_from", {"counterparty": facts["2"]["party"], "period": "2025-Q4"}, first["received_from"]),
        "invoice_234": Trace("invoice_status", {"number": facts["3"]["number"]}, {"sum_doc": candidate["sum_doc"], "paid_doc": candidate["paid"], "status": candidate["status"]}),
        "cash_position": Trace("cash_position", {}, first["cash_position"]),
        "won_without_invoice": Trace("won_without_invoice", {}, {"deals": deals["deals"], "total_kzt": deals["total_kzt"]}),
        "deal_gap": Trace("deal_chain", {}, {"gap": "won_no_invoice", "deals": deals["deals"], "amount_kzt": deals["total_kzt"]}),
        "stock_item": Trace("stock", {"item": facts["22"]["item"]}, {"warehouse": facts["22"]["warehouse"], "on_hand": facts["22"]["on_hand"], "is_negative": True}),
        "bank_unmatched": Trace("unmatched_bank", {"period": bank["day"][:7]}, {"found_in": "bank", "iban": bank["iban"], "day": bank["day"], "amount_doc": bank["amount"]}),
        "intercompany": Trace("intercompany_balance", {}, {"receivable_doc": facts["19"]["not_mirrored"]["amount"], "difference_doc": facts["19"]["not_mirrored"]["amount"]}),
        "books_tie": Trace("control_gl", {}, {"differing": 0, "difference_doc": "0.00"}),
        "exposure": Trace("credit_exposure", {"counterparty": facts["7"]["party"]}, {"receivables_kzt": facts["7"]["open_kzt"], "limit_state": "not_kept"}),
    }  # fmt: skip


def questions() -> Iterator[tuple[str, str, str]]:
    """(language, intent, words)."""
    for language in LANGUAGES:
        for line in (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
            intent, words = line.split("\t")
            yield language, intent, words


def test_there_are_two_phrasings_of_every_intent_in_every_language(truth: dict[str, Any]) -> None:
    asked_of = Counter((language, intent) for language, intent, _ in questions())
    intents = set(traces(truth))
    assert len(intents) >= 25
    assert set(asked_of) == {(language, intent) for language in LANGUAGES for intent in intents}
    assert set(asked_of.values()) == {2}
    assert len({words for *_, words in questions()}) == asked_of.total() >= 150


def holds(answer: Mapping[str, Any], true: Mapping[str, Any]) -> bool:
    """Whether a row has all these cells."""
    rows = (dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"])
    return any(true.items() <= (row | answer.get("same", {})).items() for row in rows)


async def test_every_question_ends_at_the_planted_answer_in_two_calls_and_within_its_budget(
    demo: Path, truth: dict[str, Any], tmp_path: Path
) -> None:
    known = traces(truth)
    lost, exchanges, answers = [], {}, {}
    async with connected(demo, tmp_path) as (client, _):
        before = await fixed(client)
        for intent, trace in known.items():
            call = {"name": trace.metric, "arguments": dict(trace.arguments)}
            answers[intent] = await asked(client, "metric", **call)
        for _, intent, words in questions():
            trace = known[intent]
            search = {"text": words, "kind": "metric"}
            offered = await asked(client, "find", **search)
            if trace.metric not in [row[1] for row in json.loads(offered).get("rows", ())][:RANK]:
                lost.append(words)
            call = {"name": trace.metric, "arguments": dict(trace.arguments)}
            said = "".join(json.dumps(part, ensure_ascii=False) for part in (search, call))
            exchanges[words] = before + tokens(said + offered + answers[intent])
    wrong = {intent: answer for intent, answer in answers.items() if not holds(json.loads(answer), known[intent].true)}
    results = sorted(map(tokens, answers.values()))
    assert lost == []
    assert wrong == {}
    assert results[int(len(results) * 0.95)] <= RESULT
    assert {words: cost for words, cost in exchanges.items() if cost > EXCHANGE} == {}


def test_a_word_that_many_metrics_share_leads_nowhere_alone() -> None:
    known = metrics.read()
    assert find.metrics("погода в Алматы", known) == []
    assert find.pick(find.metrics("задолженность", known)) is None
    overdue = find.pick(find.metrics("просроченная задолженность", known))
    assert overdue is not None
    assert overdue.id == "ar_overdue"
