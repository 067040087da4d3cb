"""Every shipped template, asked of the demo company: what an owner would get by mail, and what a host would offer while typing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest

from analyst import brief, complete, figure, letter, reconcile
from analyst.audit import Audit
from analyst.brief import Brief
from analyst.extension import read
from analyst.pool import Pool
from analyst.settings import LANGUAGES, Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
KNOWN = read(Path("no extensions here"))
CLIENT, SUPPLIER = "ТОО «Образец-Кровля»", "ТОО «Образец-Бетон»"
ASKED: Mapping[str, Mapping[str, str]] = {
    "act_of_reconciliation": {"counterparty": CLIENT, "period": "2025-Q4"},
    "can_we_ship": {"item": "Арматура А500С 12 мм (пример)", "qty": "5", "unit": "т", "to": "Алматы"},
    "cash_flow_explained": {"period": "2025-Q4"},
    "cash_forecast": {},
    "cash_today": {},
    "client_card": {"counterparty": CLIENT},
    "collection_list": {},
    "deal_to_cash": {"period": "2025"},
    "credit_control": {},
    "debtor_overview": {},
    "invoice_check": {"number": "234"},
    "paid_to_contractor": {"counterparty": SUPPLIER, "period": "2025-Q4"},
    "reconcile_bank": {"period": "2025"},
    "reconcile_esf": {"period": "2025-Q4"},
    "sales_review": {"period": "quarter"},
}


def analyst(data: Path, audit: Path) -> Analyst:
    settings = Settings(data=data, audit=audit)
    checks = reconcile.read(KNOWN.metrics)
    mirror, pool, log = Mirror(data, "owner"), Pool(settings), Audit(audit, "test", "owner")
    return Analyst(settings, mirror, pool, log, KNOWN.metrics, checks, KNOWN.templates)


@pytest.fixture(scope="module")
def briefs(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Brief]:
    async def ask() -> dict[str, Brief]:
        asker = analyst(demo, tmp_path_factory.mktemp("audit"))
        try:
            return {
                name: await brief.ask(asker, KNOWN.templates[name], given, language="ru", now=NOW)
                for name, given in ASKED.items()
            }
        finally:
            asker.pool.close()
            asker.audit.close()

    return anyio.run(ask)


def test_every_shipped_template_is_asked() -> None:
    assert set(ASKED) == set(KNOWN.templates)


@pytest.mark.parametrize("name", ASKED)
def test_a_letter_of_the_demo_company_is_whole_and_in_words(briefs: dict[str, Brief], name: str) -> None:
    told = briefs[name]
    assert told.whole, [section.error for section in told.sections]
    assert told.leads
    for language in LANGUAGES:
        text = letter.markdown(replace(told, language=language), KNOWN.metrics)
        cells = [cell.strip() for line in text.splitlines() if line.startswith("|") for cell in line.split("|")]
        cells += [line[2:].partition(":")[0] for line in text.splitlines() if line.startswith("- ")]
        assert not [cell for cell in cells if re.fullmatch(r"[a-z]+(_[a-z]+)+", cell)], text
        assert any(section.rows for section in told.sections)
    assert "—" not in told.leads[0].replace(" — ", ""), told.leads


def test_the_leading_numbers_are_those_of_the_truth(briefs: dict[str, Brief], truth: dict[str, Any]) -> None:
    asked = {
        q["arguments"]["name"]: q["expect"]["rows"][0] for q in reversed(truth["questions"]) if q["tool"] == "metric"
    }
    for name, metric, column in (
        ("debtor_overview", "ar_total", "value"),
        ("debtor_overview", "ar_overdue", "value"),
        ("paid_to_contractor", "paid_to_supplier", "value"),
        ("paid_to_contractor", "paid_to_supplier", "refunds_kzt"),
    ):
        assert figure.shown(column, asked[metric][column], "ru") in briefs[name].leads[0]
    assert "номером 234: 3" in briefs["invoice_check"].leads[0]


def test_a_bare_quarter_has_the_whole_one_before_it_beside_it(briefs: dict[str, Brief]) -> None:
    to_date, beside = briefs["sales_review"].leads
    assert to_date.startswith("За 01.01.2026 – 31.01.2026")
    assert "За 01.10.2025 – 31.12.2025" in beside


SOURCED = [(name, a) for name in ASKED for a in KNOWN.templates[name].arguments if a.source or a.choices]


@pytest.fixture(scope="module")
def offers(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], list[str]]:
    """What is offered: by template, argument and what was typed."""
    typed = {
        "counterparty": ("", "тоо образец кров", "кровля"),
        "number": ("", "234"),
        "period": ("", "2025-Q"),
        "owner": ("", "ова"),
    }

    async def ask() -> dict[tuple[str, str, str], list[str]]:
        asker = analyst(demo, tmp_path_factory.mktemp("audit"))
        try:
            return {
                (name, one.name, text): await complete.offers(asker, one, text, ASKED[name])
                for name, one in SOURCED
                for text in typed.get(one.name, ("",))
            }
        finally:
            asker.pool.close()
            asker.audit.close()

    return anyio.run(ask)


@pytest.mark.parametrize(("name", "argument"), [(name, one.name) for name, one in SOURCED])
def test_what_is_offered_for_an_argument_is_taken_by_it(
    offers: Mapping[tuple[str, str, str], list[str]], name: str, argument: str
) -> None:
    values = offers[name, argument, ""]
    assert 0 < len(values) <= 20
    assert len(set(values)) == len(values)
    for value in values:
        assert KNOWN.templates[name].check({**ASKED[name], argument: value}, NOW.date())[argument]


def test_parties_are_offered_by_the_start_of_a_word_or_name_and_told_apart_by_their_number(
    offers: Mapping[tuple[str, str, str], list[str]],
) -> None:
    for typed in ("тоо образец кров", "кровля"):
        found = offers["client_card", "counterparty", typed]
        assert any(re.fullmatch(r"ТОО «Образец-Кровля» \((\d{12}|cp_\d+)\)", label) for label in found), found
    assert all(number.endswith("234") for number in offers["invoice_check", "number", "234"])
    contracts = offers["act_of_reconciliation", "contract", ""]
    assert set(contracts) == {"КР-1", "КР-2"}
    assert offers["can_we_ship", "unit", ""][0] == "т"
    assert "Алматы" in offers["can_we_ship", "to", ""]


def test_a_name_of_both_a_prompt_and_a_metric_has_one_card_of_both(demo: Path, tmp_path: Path) -> None:
    asker = analyst(demo, tmp_path)
    try:
        card = json.loads(anyio.run(partial(asker.describe, full=True), "collection_list"))
    finally:
        asker.pool.close()
        asker.audit.close()
    assert card["prompt"] == "collection_list"
    assert card["definition"]["metric"] == "collection_list v1"
