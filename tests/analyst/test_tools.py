"""The four tools over a real serving file, below the protocol."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import sql
from analyst import metrics
from analyst.errors import Ambiguous, BadArgument, NotKnown, QueryFailed, Refused
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio


@pytest.mark.promise("result.exact")
async def test_a_query_answers_exactly_and_says_where_it_comes_from(analyst: Analyst) -> None:
    answer = json.loads(await analyst.query("SELECT doc_id, sum_kzt, doc_date FROM doc WHERE doc_id = 'd_1';"))
    assert answer["rows"] == [["d_1", "100.10", "2025-01-02"]]
    assert answer["columns"] == ["doc_id", "sum_kzt", "doc_date"]
    assert answer["as_of"] == "2026-01-31"
    assert answer["fresh"] == {
        "onec": "2026-01-31T02:00Z",
        "bank": "failed; last good 2026-01-29T02:00Z, data to 2026-01-28",
    }
    assert (answer["def"], answer["shown"]) == ("not certified", "1 of 1")
    assert answer["receipt"].startswith("R-")


@pytest.mark.promise("result.marked")
async def test_cut_rows_are_told_with_the_number_of_all(analyst: Analyst) -> None:
    answer = json.loads(await analyst.query("SELECT doc_id FROM doc ORDER BY doc_id -- all of them", rows=20))
    assert answer["shown"] == "20 of 500"
    assert answer["cut"] == ["rows stop at 20: narrow, aggregate or ask for more rows"]


@pytest.mark.promise("result.untrusted")
async def test_untrusted_columns_are_named_and_their_hidden_characters_are_gone(analyst: Analyst) -> None:
    text = await analyst.query("SELECT purpose FROM doc LIMIT 1")
    assert json.loads(text)["untrusted"] == ["purpose"]
    assert "\u202e" not in text


@pytest.mark.promise("guard.parameters")
async def test_a_metric_binds_its_arguments_and_carries_its_version(analyst: Analyst) -> None:
    answer = json.loads(await analyst.metric("ar_total", {}))
    assert (answer["def"], answer["unit"], answer["basis"]) == ("ar_total v2", "KZT", "accrual")
    assert answer["rows"][0][1] == 167
    assert answer["checks"] == ["open_items: 2 differences, 150.00 KZT"]
    earlier = json.loads(await analyst.metric("ar_total", {"as_of": "2025-02-01"}))
    assert earlier["on"] == "2025-02-01"
    assert earlier["receipt"] != answer["receipt"]


async def test_a_counterparty_is_meant_by_name_by_number_and_by_id(analyst: Analyst) -> None:
    answers = [
        json.loads(await analyst.metric("paid_to_supplier", {"counterparty": c, "period": "2025"}))
        for c in ("cp_1", "111111111118", "алмаз строй")
    ]
    assert len({tuple(a["rows"][0]) for a in answers}) == 1
    assert {a["receipt"] for a in answers} == {answers[0]["receipt"]}
    assert answers[0]["rows"][0][1] > 0


async def test_a_name_that_fits_several_is_refused_with_candidates(analyst: Analyst) -> None:
    with pytest.raises(Ambiguous) as raised:
        await analyst.metric("paid_to_supplier", {"counterparty": "бета", "period": "2025-Q4"})
    assert [name.split()[0] for name in raised.value.near[:2]] == ["cp_4", "cp_3"]
    with pytest.raises(NotKnown):
        await analyst.metric("paid_to_supplier", {"counterparty": "щщщ", "period": "2025-Q4"})


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"counterparty": "cp_1"}, "needs period"),
        ({"counterparty": "cp_1", "period": "осень"}, "not a period"),
        ({"counterparty": "cp_1", "period": "2025-12-31..2025-01-01"}, "ends before"),
        ({"counterparty": "cp_1", "period": "2025", "colour": "red"}, "not colour"),
        ({"counterparty": "cp_1", "period": "2025", "least": "much"}, "least must be a number, not 'much'"),
    ],
)
async def test_arguments_that_do_not_fit_are_refused(analyst: Analyst, arguments: dict[str, str], why: str) -> None:
    with pytest.raises(BadArgument, match=why):
        await analyst.metric("paid_to_supplier", arguments)


async def test_find_picks_only_what_is_certain(analyst: Analyst) -> None:
    sure = json.loads(await analyst.find("222222222227"))
    assert sure["pick"] == "cp_2"
    assert sure["untrusted"] == ["name", "detail"]
    assert list(sure["stale"]) == ["bank"]
    unsure = json.loads(await analyst.find("Бета", "counterparty"))
    assert "pick" not in unsure
    assert {row[1] for row in unsure["rows"][:2]} == {"cp_3", "cp_4"}
    misspelt = json.loads(await analyst.find("Рамашка Трейт", "counterparty"))
    assert misspelt["rows"][0][1] == "cp_2"


async def test_find_knows_documents_metrics_and_relations(analyst: Analyst) -> None:
    assert json.loads(await analyst.find("счёт 234"))["rows"][0][1] == "d_234"
    assert json.loads(await analyst.find("дебиторка", "metric"))["rows"][0][1] == "ar_total"
    assert json.loads(await analyst.find("контрагенты", "relation"))["rows"][0][1] == "cp"


@pytest.mark.promise("result.untrusted")
async def test_a_card_has_columns_and_sample_rows_without_untrusted_text(analyst: Analyst) -> None:
    card = json.loads(await analyst.describe("doc", full=True))
    assert ["purpose", "VARCHAR", "purpose of doc [untrusted]"] in card["columns"]
    assert "purpose" not in card["sample"]["columns"]
    assert len(card["sample"]["rows"]) == 3
    assert "purpose" in json.loads(await analyst.describe("doc", untrusted=True))["sample"]["columns"]
    assert "purpose [untrusted]" in json.loads(await analyst.describe("doc"))["columns"]
    macro = json.loads(await analyst.describe("ar_open", full=True))
    assert macro["relation"] == "ar_open(DATE '2026-01-31')"
    assert macro["sample"]["rows"]


@pytest.mark.promise("errors.fix_runs")
async def test_an_error_names_what_is_near_and_its_fix_runs(analyst: Analyst) -> None:
    with pytest.raises(Refused) as wrong_name:
        await analyst.query("SELECT * FROM docs")
    assert wrong_name.value.near[0] == "doc"
    assert json.loads(await analyst.query(wrong_name.value.fix))["rows"]
    with pytest.raises(QueryFailed) as wrong_column:
        await analyst.query("SELECT sum_kz FROM doc")
    assert "sum_kzt" in wrong_column.value.near
    assert json.loads(await analyst.query(wrong_column.value.fix))["rows"]


async def test_the_catalog_is_one_short_answer(analyst: Analyst) -> None:
    text = await analyst.describe()
    catalog = json.loads(text)
    topics = catalog["describe topic: metrics | relations"]
    assert topics["receivables"] == "ar_total | ar_open"
    assert "doc" in topics["records"].split()
    assert len(text) < 1200
    lines = json.loads(await analyst.describe("receivables"))
    assert lines["metrics"] == ["ar_total(): All that is owed on a day"]
    assert lines["relations"] == ["ar_open(DATE '2026-01-31'): The macro ar_open"]
    whole = json.loads(await analyst.describe("", full=True))
    assert "ar_total(): All that is owed on a day" in whole["metrics"]
    assert "pay_of(NULL): The macro pay_of" in whole["relations"]


@pytest.mark.parametrize(
    ("statement", "marked"),
    [
        ("SELECT purpose FROM doc", ["purpose"]),
        ("SELECT purpose AS p, doc_id FROM doc", ["p"]),
        ("SELECT upper(purpose), length(purpose) AS n FROM doc", ["upper(purpose)"]),
        ("SELECT q.text FROM (SELECT left(purpose, 9) AS text FROM doc) q", ["text"]),
        ("WITH x(a, b) AS (SELECT doc_id, purpose FROM doc) SELECT b FROM x", ["b"]),
        ("SELECT d AS whole FROM doc d", ["whole"]),
        ("SELECT c FROM (FROM doc) t(c, x, y)", None),
        ("SELECT k FROM (FROM doc) t(a, b, c, d, e, f, g, h, i, j, k)", ["k"]),
        ("SELECT number AS n FROM doc d WHERE purpose <> ''", None),
        ("SELECT 'x' AS a WHERE false UNION ALL (SELECT purpose FROM doc)", ["a"]),
        ("SELECT number FROM doc WHERE false UNION ALL (SELECT purpose FROM doc)", ["number"]),
        ("SELECT number, purpose FROM doc UNION ALL SELECT number, '' FROM doc", ["purpose"]),
        ("SELECT 'x' || 'y' WHERE false UNION ALL (SELECT purpose FROM doc)", ["('x' || 'y')"]),
        ("WITH RECURSIVE r AS (SELECT 'q' AS a UNION (SELECT purpose FROM doc, r LIMIT 2)) SELECT a FROM r", ["a"]),
        ("VALUES ((SELECT max(purpose) FROM doc))", ["col0"]),
        ("WITH c AS (VALUES ((SELECT max(purpose) FROM doc))) SELECT col0 AS number FROM c", ["number"]),
        ("SELECT x FROM doc d, unnest([d.purpose]) t(x)", ["x"]),
        ("SELECT unnest FROM doc d, unnest([d.purpose])", ["unnest"]),
        ("SELECT #11 AS x FROM doc", ["x"]),
        ("SELECT doc AS x FROM doc", ["x"]),
        ("WITH c AS (SELECT purpose FROM doc) SELECT c AS x FROM c", ["x"]),
        ('SELECT purpose AS "a-b" FROM doc', ["a-b"]),
        ("SELECT purpose_1 AS number FROM (SELECT purpose, purpose FROM doc)", ["number"]),
        ('SELECT "upper(purpose)" AS number FROM (SELECT upper(purpose) FROM doc)', ["number"]),
        ("SELECT number FROM (SELECT * REPLACE (purpose AS number) FROM doc)", ["number"]),
        ("SELECT foo FROM (SELECT * RENAME (purpose AS foo) FROM doc)", ["foo"]),
        ("SELECT COLUMNS('(pur).*') AS '\\1x' FROM doc", ["purx"]),
        ("SELECT s.number FROM (SELECT CAST(ROW(purpose) AS STRUCT(number VARCHAR)) AS s FROM doc)", ["number"]),
        ("SELECT s.* FROM (SELECT CAST(ROW(purpose) AS STRUCT(number VARCHAR)) AS s FROM doc)", ["number"]),
        ("SELECT struct_extract(CAST(ROW(purpose) AS STRUCT(n VARCHAR)), 'n') AS number FROM doc", ["number"]),
        ("SELECT unnest(CAST(ROW(purpose) AS STRUCT(number VARCHAR))) FROM doc", ["number"]),
        ("SELECT unnest(row(purpose)) FROM doc", ["element1"]),
        (
            "PIVOT (SELECT doc_date, type, purpose FROM doc) ON type IN ('sale') USING first(purpose) GROUP BY doc_date",
            ["sale"],
        ),
        ("SELECT value FROM (UNPIVOT (SELECT purpose FROM doc) ON *)", ["value"]),
        ("SELECT list_transform([number], lambda x: upper(x)) AS up, purpose FROM doc", ["purpose"]),
        ("SELECT d.purpose AS number, sum_kzt FROM doc d", ["number"]),
        ("SELECT list(purpose) AS all_of_them FROM doc", ["all_of_them"]),
        ("SELECT doc_id, count(purpose) AS n FROM doc GROUP BY ALL", None),
        ("SELECT name AS purpose_of_it FROM cp", None),
    ],
)
async def test_text_from_outside_is_marked_under_any_name(
    analyst: Analyst, statement: str, marked: list[str] | None
) -> None:
    assert json.loads(await analyst.query(statement, rows=2)).get("untrusted") == marked


@pytest.mark.promise("result.exact")
async def test_months_and_nanoseconds_are_told_as_the_engine_has_them(analyst: Analyst) -> None:
    statement = (
        "SELECT INTERVAL '1 year 2 months' AS term, [INTERVAL 1 MONTH] AS terms, INTERVAL '0.5 seconds' AS half, "
        "TIMESTAMP_NS '2026-01-01 00:00:00.123456789' AS at, doc_id FROM doc ORDER BY doc_id DESC"
    )
    answer = json.loads(await analyst.query(statement, rows=1))
    assert answer["shown"] == "1 of 500"
    assert answer["rows"] == [["1 year 2 months", "[1 month]", "00:00:00.5", "2026-01-01 00:00:00.123456789", "d_99"]]


@pytest.mark.promise("result.marked")
@pytest.mark.parametrize(
    "statement", ["SELECT doc_id FROM doc WHERE random() < 0.9", "FROM doc USING SAMPLE 90% (bernoulli)"]
)
async def test_rows_drawn_by_lot_say_so_and_are_not_counted_by_another_draw(analyst: Analyst, statement: str) -> None:
    answer = json.loads(await analyst.query(statement, rows=5))
    assert answer["shown"] == "5 of more than 5"
    assert answer["cut"][-1] == "it draws by lot: another run gives other rows"


@pytest.mark.promise("result.untrusted")
async def test_text_from_outside_is_marked_whatever_the_header_of_an_own_metric_says(analyst: Analyst) -> None:
    text = "-- Purposes.\n--\n-- value  x\nselect purpose as value from doc limit 1"
    own = metrics.defined(sql.parse("own_purposes", "metrics", text), own=True)
    more = replace(analyst, metrics={**analyst.metrics, own.id: own})
    assert json.loads(await more.metric(own.id, {}))["untrusted"] == ["value"]
