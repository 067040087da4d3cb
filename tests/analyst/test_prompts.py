"""Prompt templates: how their files are read, what their arguments take, and that every shipped one fits the metrics it leans on."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from mcp import Client, MCPError
from mcp.types import TextContent

from analyst import argument, metrics, prompts, server, template, words
from analyst.errors import BadArgument
from analyst.period import Period
from analyst.settings import LANGUAGES
from analyst.template import Template, TemplateError
from analyst.tools import Analyst

DAY = date(2026, 1, 31)
SHIPPED = prompts.read()
METRICS = metrics.read()
LIST_BYTES = 12_000
ENTRY_BYTES = 1_100

MADE = """title.en: Made up
argument: counterparty counterparty
argument: period period?
argument: as_of date?
table: debt = client_receivables(counterparty, as_of=as_of-30)
  en: Unpaid
  columns: number, open_kzt
table: ageing(as_of='2025-12-31')
  when: period
lead.en: {counterparty} owes {debt.client_open_kzt}.

## en
Show {counterparty}{period: over {}}.
"""


def made(text: str = MADE) -> Template:
    return template.parse("made", text, {"en": "END"})


def filled(one: Template) -> dict[str, str]:
    return {a.name: a.example().split(",")[0] for a in one.arguments if a.name != "lang"}


def test_a_prompt_says_only_what_was_given_and_names_the_calls() -> None:
    assert made().render({"counterparty": "Бета\nЛизинг"}, DAY) == (
        'Show Бета Лизинг.\n\n1. metric {"name":"client_receivables","arguments":{"counterparty":"Бета Лизинг","as_of":"2026-01-01"}}\n\nEND'
    )
    told = made().render({"counterparty": "x", "period": "last quarter", "as_of": "31.12.2025"}, DAY)
    assert told.startswith("Show x over last quarter.")
    assert '{"counterparty":"x","as_of":"2025-12-01"}' in told
    assert '{"as_of":"2025-12-31"}' in told


def test_what_a_caller_typed_is_never_read_as_a_template() -> None:
    told = made().render({"counterparty": '{calls} {period: x {}} "}} metric'}, DAY)
    assert told.startswith('Show {calls} {period: x {}} "}} metric.')
    assert '"counterparty":"{calls} {period: x {}} \\"}} metric"' in told


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_prompt_is_whole_in_three_languages(name: str) -> None:
    one = SHIPPED[name]
    for texts in (
        one.titles,
        one.abouts,
        one.leads,
        one.notes,
        one.texts,
        *(t.headings for t in one.tables if t.headings),
    ):
        assert set(texts) == set(LANGUAGES)
    for language in LANGUAGES:
        for given in (filled(one), {a.name: a.example().split(",")[0] for a in one.arguments if a.required}):
            told = one.render(given | {"lang": language}, DAY)
            assert not re.search(r"\{\w+[:}]", told), told
            assert "untrusted" in told.rpartition("\n")[2]
        for a in one.arguments:
            assert a.about(language) != a.name, a.name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_prompt_fits_the_metrics_it_leans_on(name: str) -> None:
    one = SHIPPED[name]
    shown: dict[str, set[str]] = {}
    for table in one.tables:
        metric = METRICS[table.metric]
        columns = {c.name for c in metric.columns}
        shown[table.name] = columns | {"rows"}
        assert set(table.columns) <= columns, set(table.columns) - columns
        assert bool(table.columns) == bool(table.headings)
        given = {str(g["name"]) for g in table.given}
        assert given <= {p.name for p in metric.parameters} | {"as_of"}, table.metric
        needed = {p.name for p in metric.parameters if not p.optional and p.default is None}
        assert needed <= given, table.metric
        for language in LANGUAGES:
            for column in table.columns:
                words_of = words.of("column", column, language) or words.of("column", f"{metric.id}.{column}", language)
                assert words_of or column == "value", column
        arguments = table.arguments(one.check(filled(one), DAY), DAY)
        for parameter in metric.parameters:
            if parameter.choices and parameter.name in arguments:
                source = next((a for a in one.arguments if a.name == parameter.name), None)
                assert set(source.choices if source else (arguments[parameter.name],)) <= set(parameter.choices)
    for lead in (*one.leads.values(), *one.leads_of_one.values()):
        for table_name, column in re.findall(r"\{(\w+)\.(\w+)\}", lead):
            assert column in shown[table_name], column


@pytest.mark.parametrize(
    ("line", "typed", "plain"),
    [
        ("as_of date", "31.01.2026", "2026-01-31"),
        ("period period", "2025-Q4", "2025-10-01..2025-12-31"),
        ("period period", "квартал", "2026-01-01..2026-01-31"),
        ("period period", "прошлый месяц", "2025-12-01..2025-12-31"),
        ("period period", "last-year", "2025-01-01..2025-12-31"),
        ("period period", "өткен тоқсан", "2025-10-01..2025-12-31"),
        ("period period", "апта", "2026-01-26..2026-01-31"),
        ("qty qty", "5,25", "5.25"),
        ("min_kzt money", "1 000 000", "1000000"),
        ("by choice of customer|item", "ITEM", "item"),
        ("horizon_days int of 7|14", "10", "10"),
        ("counterparty counterparty", "ТОО «Бета» (123456789012)", "123456789012"),
        ("counterparty counterparty", "ИП Проба (cp_5, Алматы)", "cp_5"),
        ("counterparty counterparty", "ТОО «Бета (Юг)»", "ТОО «Бета (Юг)»"),
    ],
)
def test_an_argument_is_taken_as_people_type_it(line: str, typed: str, plain: str) -> None:
    assert argument.parse(line).typed(typed, DAY) == plain


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("as_of date", "31.02.2026"), ("as_of date", "0001-01-01"), ("period period", "весна 2025"), ("period period", "2025-13"),
        ("period period", "0001"), ("qty qty", "-5"), ("qty qty", "NaN"), ("min_kzt money", "много"), ("year year", "20260"),
        ("horizon_days int", "2.5"), ("by choice of customer|item", "city"), ("number number", "без номера"), ("org text", "x" * 201),
    ],
)  # fmt: skip
def test_an_argument_of_another_type_is_refused_by_name(line: str, typed: str) -> None:
    one = argument.parse(line)
    with pytest.raises(BadArgument, match=one.name):
        one.typed(typed, DAY)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title.en: Made up\n", "", "no title"),
        ("argument: as_of date?", "argument: as_of moment?", "line 4"),
        ("argument: as_of date?", "argument: period text?", "called 'period'"),
        ("  en: Unpaid", "  de: Offen", "line 6"),
        ("ageing(as_of='2025-12-31')", "ageing as_of", "line 8"),
        ("{debt.client", "{gone.client", "table 'gone'"),
        ("Show {counterparty}", "Show {whom}", "uses whom"),
        ("when: period", "when: moon", "uses moon"),
        ("## en", "Text", "no text"),
        ("## en", "## de", "## de"),
        ("rows", "rows", "line 1: 'nonsense'"),
    ],
)
def test_a_template_that_cannot_be_read_says_where(old: str, new: str, told: str) -> None:
    text = f"nonsense\n{MADE}" if old == new else MADE.replace(old, new)
    with pytest.raises(TemplateError, match=re.escape(told)):
        made(text)


@pytest.mark.parametrize(
    ("span", "previous", "year_ago"),
    [
        ("2025-Q4", "2025-Q3", "2024-Q4"),
        ("2024-02", "2024-01", "2023-02"),
        ("2026-01-01..2026-01-20", "2025-12-12..2025-12-31", "2025-01-01..2025-01-20"),
        ("2025", "2024", "2024"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
    ],
)
def test_the_period_before_and_a_year_ago(span: str, previous: str, year_ago: str) -> None:
    assert Period.read(span).previous == Period.read(previous)
    assert Period.read(span).year_ago == Period.read(year_ago)


def test_a_bare_word_has_the_whole_unit_before_it_beside_it() -> None:
    assert Period.beside("квартал", DAY) == Period.read("2025-Q4")
    assert Period.beside("прошлый квартал", DAY) is None
    assert Period.beside("2025-Q4", DAY) is None


@pytest.mark.anyio
async def test_the_list_of_prompts_is_small(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        listed = (await client.list_prompts()).prompts
        sizes = {p.name: len(p.model_dump_json(by_alias=True, exclude_none=True).encode()) for p in listed}
        assert set(sizes) == set(SHIPPED)
        assert max(sizes.values()) <= ENTRY_BYTES, sizes
        assert sum(sizes.values()) <= LIST_BYTES


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("client_card", {"counterparty": "Бета", "as_of": "когда-то"}, "as_of must be a date"),
        ("client_card", {"counterparty": "Бета", "who": "x"}, "no argument who"),
        ("cash_forecast", {"scenario": "best"}, "scenario must be one of its values"),
        ("paid_to_contractor", {"counterparty": "Бета"}, "needs period"),
        ("debtor_overview", {"lang": "de"}, "lang must be one of its values"),
    ],
)
async def test_wrong_arguments_of_a_prompt_are_invalid_parameters(
    analyst: Analyst, name: str, given: dict[str, str], told: str
) -> None:
    async with Client(server.build(analyst, "0")) as client:
        with pytest.raises(MCPError, match=told) as raised:
            await client.get_prompt(name, given)
        assert raised.value.error.code == -32602


@pytest.mark.anyio
async def test_a_prompt_speaks_the_language_that_is_asked_for(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        for language, word in (
            ("ru", "Отвечай по-русски"),
            ("kk", "Қазақша жауап бер"),
            ("", "language of the question"),
        ):
            given = {"counterparty": "Бета"} | ({"lang": language} if language else {})
            content = (await client.get_prompt("client_card", given)).messages[0].content
            assert isinstance(content, TextContent)
            assert word in content.text


@pytest.mark.anyio
async def test_a_prompt_is_found_by_words_and_described(analyst: Analyst) -> None:
    found = json.loads(await analyst.find("карточка клиента", "prompt"))
    assert found["pick"] == "client_card"
    assert ["prompt", "client_card"] in [row[:2] for row in json.loads(await analyst.find("карточка клиента"))["rows"]]
    card = json.loads(await analyst.describe("client_card"))
    assert card["prompt"] == "client_card"
    assert "counterparty counterparty" in card["arguments"]
    assert "client_receivables(counterparty, as_of)" in card["metrics"]
    assert "analyst run client_card" in card["run"]


@pytest.mark.anyio
async def test_a_metric_takes_a_period_in_words_and_says_which_days_it_was(analyst: Analyst) -> None:
    given = {"counterparty": "cp_1", "period": "прошлый квартал"}
    told = json.loads(await analyst.metric("paid_to_supplier", given))
    assert (told["arguments"]["period_from"], told["arguments"]["period_to"]) == ("2025-10-01", "2025-12-31")
