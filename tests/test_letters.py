"""Every shipped template, asked of the demo company: what an owner would get by mail, and what a host would offer while typing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
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
from tests.oracle_published import Published

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


# more of the same templates, each for what one sentence of its letter must not get wrong
BESIDE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "written off": ("invoice_check", {"number": "", "counterparty": "ТОО «Образец-Старый долг»", "year": "2022"}),
    "returned": ("invoice_check", {"number": "", "counterparty": "ТОО «Образец-Фасад»", "year": "2025"}),
    "in dollars": ("act_of_reconciliation", {"counterparty": "ТОО «Образец-Экспорт»", "period": "2026-01"}),
    "tied": ("reconcile_bank", {"period": "2026-01"}),
    "too early": (
        "can_we_ship",
        {"item": "Арматура А500С 12 мм (пример)", "qty": "5", "to": "Алматы", "by_date": "2026-02-08"},
    ),
}


def analyst(data: Path, audit: Path) -> Analyst:
    settings = Settings(data=data, audit=audit)
    checks = reconcile.read(KNOWN.metrics)
    mirror, pool, log = Mirror(data, "owner"), Pool(settings), Audit(audit, "test", "owner")
    return Analyst(settings, mirror, pool, log, KNOWN.metrics, checks, KNOWN.templates)


@pytest.fixture(scope="module")
def briefs(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Brief]:
    beside = {name: (template, {**given, **_number(demo, given)}) for name, (template, given) in BESIDE.items()}

    async def ask() -> dict[str, Brief]:
        asker = analyst(demo, tmp_path_factory.mktemp("audit"))
        try:
            return {
                name: await brief.ask(asker, KNOWN.templates[template], given, language="ru", now=NOW)
                for name, (template, given) in ({n: (n, given) for n, given in ASKED.items()} | beside).items()
            }
        finally:
            asker.pool.close()
            asker.audit.close()

    return anyio.run(ask)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _number(demo: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The number of the last sale of a year, where one is asked for."""
    if "number" not in given:
        return {}
    with Published.of(demo).db as db:
        sales = "select max(d.number) from doc d join cp using (cp_id) where d.type = 'sale' and cp.name = ? and year(d.doc_date) = ?"
        ((number,),) = db.execute(sales, [given["counterparty"], int(given["year"])]).fetchall()
    return {"number": str(number)}


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


def test_what_was_written_off_or_came_back_is_not_called_paid(briefs: dict[str, Brief]) -> None:
    lead = plain(briefs["written off"].leads[0])
    assert (
        "закрыт (не всё деньгами); деньгами оплачено 0,00 из 900 000,00 KZT, без денег закрыто 900 000,00 (списание долга)"
        in lead
    )
    lead = plain(briefs["returned"].leads[0])
    assert "не оплачен; деньгами оплачено 0,00 из 224 000,00 KZT, без денег закрыто 112 000,00 (возврат товара)" in lead


def test_an_act_in_dollars_shows_the_tenge_that_its_sentence_names(briefs: dict[str, Brief]) -> None:
    text = plain(letter.markdown(briefs["in dollars"], KNOWN.metrics))
    assert "сальдо на конец по компании ТОО «Демо-Торг» 2 910 000,00 ₸" in text
    closing = next(line for line in text.splitlines() if "Обороты и сальдо на конец" in line)
    assert closing.split("|")[-2].strip() == "2 910 000,00"
    differences = [line.split("|")[-3].strip() for line in text.splitlines() if "курсовая разница" in line]
    assert sorted(differences) == ["100 000,00", "40 000,00"]
    in_tenge = letter.markdown(briefs["act_of_reconciliation"], KNOWN.metrics)
    assert "Сальдо, ₸" in text
    assert "Сальдо, ₸" not in in_tenge


def test_whether_goods_are_there_in_time_is_said_when_they_are_not(briefs: dict[str, Brief]) -> None:
    lead = briefs["too early"].leads[0]
    assert (
        "Итог: после поставки; отгрузить можно 06.02.2026, на месте (Алматы) 09.02.2026. К 08.02.2026 успеваем: нет."
        in lead
    )


def test_a_stock_that_is_promised_twice_is_no_word_of_sales(briefs: dict[str, Brief]) -> None:
    told = "Зарезервировано больше, чем есть"
    assert any(told in warning for warning in briefs["can_we_ship"].warnings)
    assert not any(told in warning for warning in briefs["sales_review"].warnings)


def test_nothing_alone_is_said_of_the_period_that_was_asked_for(briefs: dict[str, Brief]) -> None:
    assert briefs["tied"].leads == ["01.01.2026 – 31.01.2026: всё сошлось."]
    assert any("за всё время строк: 2" in warning for warning in briefs["tied"].warnings)


def test_a_table_of_changes_adds_up_in_the_columns_that_are_shown(briefs: dict[str, Brief]) -> None:
    change = briefs["debtor_overview"].sections[-1]
    assert change.table.columns[0] == "counterparty"
    for row in change.rows:
        told = {name: Decimal(row[change.columns.index(name)]) for name in change.table.columns[1:]}
        taken = {"paid_kzt", "credits_kzt"}
        made = sum(-told[n] if n in taken else told[n] for n in told if n not in {"open_now_kzt", "change_kzt"})
        assert made == told["open_now_kzt"] == told["open_before_kzt"] + told["change_kzt"], row


def test_letters_name_the_same_amount_where_they_speak_of_the_same_thing(briefs: dict[str, Brief]) -> None:
    def told(name: str, table: str, column: str) -> Any:
        return next(s for s in briefs[name].sections if s.table.name == table).first(column)

    overdue = told("debtor_overview", "total", "overdue_kzt")
    owed = told("debtor_overview", "total", "value")
    assert told("collection_list", "list", "total_kzt") == overdue
    assert told("debtor_overview", "change", "total_now_kzt") == owed
    assert told("cash_today", "total", "opening_kzt") == told("cash_forecast", "weeks", "opening_kzt")
    ageing = next(s for s in briefs["debtor_overview"].sections if s.table.metric == "ageing")
    late = sum(Decimal(ageing.first(c)) for c in ageing.table.columns if c != "not_due_kzt")
    assert late == Decimal(overdue)
    assert late + Decimal(ageing.first("not_due_kzt")) == Decimal(owed)


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


def test_a_cash_desk_has_no_statement_to_be_old(briefs: dict[str, Brief]) -> None:
    (grid,) = re.findall(r"\| Банк .*?\n\n", plain(letter.markdown(briefs["cash_today"], KNOWN.metrics)), re.DOTALL)
    told = {("Касса " in line, line.split("|")[-2].strip()) for line in grid.splitlines()[2:] if line.startswith("|")}
    assert told == {(True, "—"), (False, "нет")}


def test_the_flow_of_money_says_which_of_it_has_no_item(briefs: dict[str, Brief]) -> None:
    flow = briefs["cash_flow_explained"].sections[0]
    at = [flow.columns.index(column) for column in ("category", "named_by", "net_kzt")]
    rows = {(row[at[0]], row[at[1]]): Decimal(row[at[2]]) for row in flow.rows}
    assert rows["Оплата поставщикам за товары", "item"] < 0
    assert rows["bank_fees", "operation"] < 0
    text = plain(letter.markdown(briefs["cash_flow_explained"], KNOWN.metrics))
    assert "| статья ДДС " in text
    assert "| вид операции, статьи нет " in text
