"""A slip that can only have meant one thing is put right, told, and judged like any statement; one that could mean two is never."""

from __future__ import annotations

import json
import random
import time
import timeit
from collections.abc import Callable
from functools import partial

import pytest

from analyst import dialect, edits, parsed, reading
from analyst.desk import Desk
from analyst.errors import AnalystError, QueryFailed, Refused
from analyst.tools import Analyst
from tests.analyst.test_drafts import asked, desk

__all__ = ["desk"]

# Another spelling, and the same in this one. Sentences of other engines' manuals rather than of the drafts.
SAME: tuple[tuple[str, str], ...] = (
    ("SELECT NVL2(cp_id, 1, 0) FROM deal", "SELECT CASE WHEN cp_id IS NOT NULL THEN 1 ELSE 0 END FROM deal"),
    ("SELECT DECODE(kind, 'person', 'p', 'o') FROM cp", "SELECT CASE WHEN kind = 'person' THEN 'p' ELSE 'o' END FROM cp"),
    ("SELECT TO_CHAR(doc_date, 'DD.MM.YYYY') FROM doc", "SELECT strftime(doc_date, '%d.%m.%Y') FROM doc"),
    ("SELECT TO_CHAR(doc_date, 'YYYY-\"Q\"Q') FROM doc", "SELECT concat(year(doc_date), '-Q', quarter(doc_date)) FROM doc"),
    ("SELECT DATE_FORMAT(doc_time, '%d.%m.%Y %H:%i') FROM doc", "SELECT strftime(doc_time, '%d.%m.%Y %H:%M') FROM doc"),
    ("SELECT FORMAT(doc_date, 'dd.MM.yyyy') FROM doc", "SELECT strftime(doc_date, '%d.%m.%Y') FROM doc"),
    ("SELECT CONVERT(VARCHAR(10), doc_date, 104) FROM doc", "SELECT strftime(doc_date, '%d.%m.%Y') FROM doc"),
    ("SELECT CONVERT(DATE, '31.01.2026', 104)", "SELECT DATE '2026-01-31'"),
    ("SELECT EOMONTH('2026-01-15', 1)", "SELECT DATE '2026-02-28'"),
    ("SELECT DATEDIFF(month, '2025-11-30', '2026-01-01')", "SELECT 2"),
    ("SELECT TIMESTAMPDIFF(MONTH, '2025-11-30', '2026-01-01')", "SELECT 1"),
    ("SELECT DATE_TRUNC(doc_date, QUARTER) FROM doc", "SELECT date_trunc('quarter', doc_date)::DATE FROM doc"),
    ("SELECT name FROM cp WHERE name ILIKE ANY (ARRAY['%бетон%', '%кровля%'])", "SELECT name FROM cp WHERE name ILIKE '%бетон%' OR name ILIKE '%кровля%'"),
    ("SELECT cp_id FROM (SELECT cp_id FROM cp ORDER BY cp_id) WHERE ROWNUM <= 3", "SELECT cp_id FROM cp ORDER BY cp_id LIMIT 3"),
    ("SELECT o.name, x.n FROM org o OUTER APPLY (SELECT count(*) AS n FROM doc d WHERE d.org_id = o.org_id) x", "SELECT o.name, (SELECT count(*) FROM doc d WHERE d.org_id = o.org_id) AS n FROM org o"),
    ("SELECT type, count(*) FROM doc GROUP BY type WITH ROLLUP", "SELECT type, count(*) FROM doc GROUP BY ROLLUP (type)"),
    ("SELECT TOP 3 number -- the newest\nFROM doc ORDER BY doc_id -- end", "SELECT number FROM doc ORDER BY doc_id LIMIT 3"),
    ("SELECT sum(open_kzt) FROM ageing(date := '31.01.2026')", "SELECT sum(open_kzt) FROM ageing(DATE '2026-01-31')"),
    ("SELECT sum(open_kzt) FROM ageing WHERE as_of = '2025-12-31'", "SELECT sum(open_kzt) FROM ageing(DATE '2025-12-31')"),
    ("SELECT sum(net_kzt) FROM sales_in WHERE doc_date >= '2025-03-01' AND doc_date < '2025-04-01'", "SELECT sum(net_kzt) FROM sales_in(DATE '2025-03-01', DATE '2025-03-31')"),
    ("SELECT sum(amount) AS amount FROM payments WHERE direction = 'in'", "SELECT sum(amount_kzt) FROM pay WHERE direction = 'in'"),
    ("SELECT number, customer FROM doc WHERE type = 'sale'", "SELECT d.number, c.name FROM doc d JOIN cp c USING (cp_id) WHERE d.type = 'sale'"),
    ("SELECT cp_id, counterparty, sum(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY cp_id", "SELECT cp_id, counterparty, sum(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY ALL"),
    ("SELECT DATE_TRUNC('year', date) AS date, sum(amount) FROM pay WHERE type = 'pay_in' GROUP BY date", "SELECT date_trunc('year', pay_date), sum(amount_kzt) FROM pay WHERE type = 'pay_in' GROUP BY 1"),
    ("SELECT p.number FROM pay p WHERE EXISTS (SELECT 1 FROM doc d WHERE d.customer_id = p.client_id AND d.type = 'sale')", "SELECT number FROM pay WHERE cp_id IN (SELECT cp_id FROM doc WHERE type = 'sale')"),
    ("SELECT sum(total) FROM purchases p WHERE p.posted = true", "SELECT sum(sum_kzt) FROM doc WHERE type = 'purchase'"),
    ("SELECT count(*) FROM doc WHERE doc_date BETWEEN '01.12.2025' AND '31.12.2025'", "SELECT count(*) FROM doc WHERE doc_date BETWEEN '2025-12-01' AND '2025-12-31'"),
    ("SELECT FIELD(type, 'sale', 'purchase'), STUFF(number, 1, 2, 'x'), TRUNCATE(sum_kzt, 0) FROM doc", "SELECT CASE type WHEN 'sale' THEN 1 WHEN 'purchase' THEN 2 ELSE 0 END, 'x' || substr(number, 3), trunc(sum_kzt, 0) FROM doc"),
    ("SELECT WIDTH_BUCKET(days_late, 0, 90, 3) FROM ar_open(DATE '2026-01-31')", "SELECT CASE WHEN days_late < 0 THEN 0 WHEN days_late < 30 THEN 1 WHEN days_late < 60 THEN 2 WHEN days_late < 90 THEN 3 ELSE 4 END FROM ar_open(DATE '2026-01-31')"),
    ("SELECT SUBSTRING_INDEX('a-b-c', '-', -1), CHOOSE(2, 'a', 'b'), SQUARE(3)", "SELECT 'c', 'b', 9.0::DOUBLE"),
    ("SELECT substring(number from '0*([1-9][0-9]*)') FROM doc", "SELECT nullif(regexp_extract(number, '0*([1-9][0-9]*)', 1), '') FROM doc"),
    ("SELECT DATEADD(month, DATEDIFF(month, 0, doc_date), 0) FROM doc", "SELECT date_trunc('month', doc_date)::DATE FROM doc"),
    ("SELECT addMonths(DATE '2026-01-31', 1), subtractDays(DATE '2026-01-31', 3)", "SELECT DATE '2026-02-28', DATE '2026-01-28'"),
    ("SELECT day FROM UNNEST(GENERATE_DATE_ARRAY('2026-01-01', '2026-01-03')) AS t(day)", "SELECT unnest([DATE '2026-01-01', DATE '2026-01-02', DATE '2026-01-03'])"),
    ("SELECT TOP 3 WITH TIES type FROM doc ORDER BY type", "SELECT type FROM doc d WHERE (SELECT count(*) FROM doc e WHERE e.type < d.type) < 3"),
    ("SELECT type, number FROM doc ORDER BY sum_kzt DESC, doc_id LIMIT 1 BY type", "SELECT type, arg_max(number, sum_kzt) FROM (SELECT * FROM doc QUALIFY row_number() OVER (PARTITION BY type ORDER BY sum_kzt DESC, doc_id) = 1) GROUP BY type"),
    ("SELECT cp_id, RATIO_TO_REPORT(open_kzt) OVER () FROM ageing(DATE '2026-01-31')", "SELECT cp_id, open_kzt / (SELECT sum(open_kzt) FROM ageing(DATE '2026-01-31')) FROM ageing(DATE '2026-01-31')"),
    ("SELECT DISTINCT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days_late) OVER () FROM ar_open(DATE '2026-01-31')", "SELECT median(days_late) FROM ar_open(DATE '2026-01-31')"),
    ("SELECT count(*) FROM doc WHERE sum_kzt > 1 000 000 && doc_date BETWEEN 2025-10-01 AND 2025-12-31", "SELECT count(*) FROM doc WHERE sum_kzt > 1000000 AND doc_date BETWEEN '2025-10-01' AND '2025-12-31'"),
    ("SELECT movement_date, closed_on FROM (SELECT m.movement_date, m.number FROM cash_move('2026-01-01', '2026-01-31') m) JOIN deal ON invoice_number = number WHERE closed_on IS NULL", "SELECT move_date, close_date FROM cash_move(DATE '2026-01-01', DATE '2026-01-31') m JOIN deal ON invoice_number = number WHERE close_date IS NULL"),
    ("SELECT SUM(revenue) AS revenue, SUM(revenue) - SUM(cost) AS profit FROM margin('2025-01-01', '2025-12-31')", "SELECT sum(revenue_kzt), sum(revenue_kzt - booked_cost_kzt) FROM margin(DATE '2025-01-01', DATE '2025-12-31')"),
    ("SELECT sum(net_kzt) FROM sales_in('2025-Q2')", "SELECT sum(net_kzt) FROM sales_in(DATE '2025-04-01', DATE '2025-06-30')"),
    ("SELECT sum(net_kzt) FROM sales_in('2024-11', 2025)", "SELECT sum(net_kzt) FROM sales_in(DATE '2024-11-01', DATE '2025-12-31')"),
    ("SELECT sum(net_kzt) FROM sales_in WHERE EXTRACT(YEAR FROM doc_date) = 2025", "SELECT sum(net_kzt) FROM sales_in(DATE '2025-01-01', DATE '2025-12-31')"),
    ("SELECT sum(net_kzt) FROM sales_in WHERE date_trunc('quarter', doc_date) = '2025-04-01'", "SELECT sum(net_kzt) FROM sales_in(DATE '2025-04-01', DATE '2025-06-30')"),
    ("SELECT count(*) FROM sales_shift('2025-12') WHERE delta_kzt > 0", "SELECT count(*) FROM sales_shift(DATE '2025-12-01', DATE '2025-12-31', 'previous') WHERE change_kzt > 0"),
    ("SELECT FORMAT_DATE('%y-%Q', doc_date), TO_CHAR(doc_date, '\"Q\"Q/YYYY') FROM doc", "SELECT concat(strftime(doc_date, '%y-'), quarter(doc_date)), concat('Q', quarter(doc_date), '/', year(doc_date)) FROM doc"),
    ("SELECT DATE '2026-01-31' + INTERVAL '1 month - 1 day'", "SELECT TIMESTAMP '2026-02-27 00:00:00'"),
    ("SELECT bank_account_id, lag(closing) OVER w AS before FROM bank_stmt QUALIFY before <> opening WINDOW w AS (PARTITION BY bank_account_id ORDER BY first_day) ORDER BY 1", "SELECT bank_account_id, lag(closing) OVER (PARTITION BY bank_account_id ORDER BY first_day) AS before FROM bank_stmt QUALIFY before <> opening"),
    ("SELECT x.number, SPLIT(x.number, '0')[OFFSET(0)], REGEXP_EXTRACT(x.number, r'\\d') FROM (SELECT * FROM doc) WHERE x.type = 'sale'", "SELECT number, split(number, '0')[1], regexp_extract(number, '\\d') FROM doc WHERE type = 'sale'"),
    ("SELECT EXTRACT(YEAR_MONTH FROM doc_date), EXTRACT(ISOWEEK FROM doc_date), CONVERT(CHAR(7), doc_date, 126), REPLICATE('x', 2), toDayOfWeek(doc_date) FROM doc", "SELECT year(doc_date) * 100 + month(doc_date), week(doc_date), strftime(doc_date, '%Y-%m'), 'xx', isodow(doc_date) FROM doc"),
    ("SELECT TIMESTAMP_DIFF(TIMESTAMP '2026-01-03 00:00:00', TIMESTAMP '2026-01-01 12:00:00', DAY), DATETIME_DIFF('2026-01-01', '2025-12-31', YEAR)", "SELECT 1, 1"),
    ("WITH d AS (SELECT * FROM ar_open('2026-01-31')) SELECT customer, sum(outstanding) FROM d WHERE overdue_days > 30 GROUP BY customer", "SELECT counterparty, sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE days_late > 30 GROUP BY counterparty"),
    ("SELECT a.counterparty, a.open_kzt - b.open_kzt FROM ageing('2026-01-31') a JOIN ageing('2025-12-31') b USING (customer_id)", "SELECT a.counterparty, a.open_kzt - b.open_kzt FROM ageing(DATE '2026-01-31') a JOIN ageing(DATE '2025-12-31') b USING (cp_id)"),
    ("SELECT counterparty, exposure FROM exposure('2026-01-31') WHERE exposure > limit", "SELECT counterparty, exposure_kzt FROM exposure(DATE '2026-01-31') WHERE exposure_kzt > limit_kzt"),
    ("SELECT sum(open_kzt) FROM overdue_invoices", "SELECT sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE days_late > 0"),
    ("SELECT counterparty, overdue_31_60, days_over_90 FROM ageing('2026-01-31')", "SELECT counterparty, d31_60_kzt, d91_plus_kzt FROM ageing(DATE '2026-01-31')"),
    ("SELECT source, rule, count(*) FROM cp_source GROUP BY source, rule", "SELECT src, match_rule, count(*) FROM cp_source GROUP BY ALL"),
    ("SELECT reason, count(*) FROM doc_inactive GROUP BY reason", "SELECT status, count(*) FROM doc_inactive GROUP BY status"),
    ("SELECT sum(gl_kzt), sum(open_items_kzt), sum(diff) FROM control_gl(DATE '2026-01-31')", "SELECT sum(ledger_kzt), sum(items_kzt), sum(difference_kzt) FROM control_gl(DATE '2026-01-31')"),
    ("SELECT customer, qty_to_ship FROM order_demand('2026-01-31') WHERE due_date < '2026-03-01'", "SELECT c.name, o.ordered FROM order_demand(DATE '2026-01-31') o JOIN cp c USING (cp_id) WHERE o.ship_date < '2026-03-01'"),
    ("SELECT ar_open.number FROM ar_open(DATE '2026-01-31') WHERE ar_open.days_late > 90", "SELECT number FROM ar_open(DATE '2026-01-31') WHERE days_late > 90"),
)  # fmt: skip
BESIDE = "SELECT d.day, sum(open_kzt) FROM (SELECT unnest([DATE '2025-12-31', DATE '2026-01-31']) AS day) AS d, LATERAL ar_open(day) WHERE days_late > 0 GROUP BY d.day"
# What could mean two things, or means another thing elsewhere: it fails, and the caller chooses.
ASKED = (
    "SELECT count(*) FROM customers",  # all counterparties would be counted
    "SELECT * FROM invoices",
    "SELECT amount, currency FROM pay",  # in which currency
    "SELECT date FROM bank_line",
    "SELECT balance FROM cash_position(DATE '2026-01-31')",
    "SELECT a.number FROM doc a JOIN cp ON a.customer = cp.id",  # a name against an id
    "SELECT name FROM cp WHERE kind = \"company\" AND name = 'company'",  # a column or a string
    "SELECT count(*) FROM doc WHERE deletion_mark IS NULL",
    "SELECT ADD_MONTHS(doc_date, 1) FROM doc",  # the end of a month stays the end of a month elsewhere
    "SELECT DATEDIFF(week, doc_date, due_date) FROM doc",  # weeks begin on another day elsewhere
    "SELECT TO_CHAR(sum_kzt, '999D99') FROM doc",
    "SELECT sum(net_kzt) FROM sales_in(DATE '2025-10-01')",
    "SELECT number FROM doc WHERE doc_date > '05/06/2025'",
    "SELECT TOP 10 PERCENT number FROM doc",
    "WITH pay AS (SELECT cp_id FROM pay WHERE type = 'pay_in') SELECT count(pay.cp_id) FROM pay",  # a promise of the guard
    'SELECT * FROM "doc "',
    "SELECT sum(open_kzt) FROM ageing(raw := DATE '2026-01-31')",
    "SELECT status, count(*) FROM deal GROUP BY status",  # which of its two states
    "SELECT sum(debit) FROM gl",
    "SELECT manager, sum(net_kzt) FROM sales_in(DATE '2026-01-01', DATE '2026-01-31') GROUP BY manager",
    "SELECT counterparty, sum(amount) FROM transactions GROUP BY counterparty",
    "SELECT MONTHS_BETWEEN(due_date, doc_date) FROM doc",
    "SELECT DATEPART(weekday, doc_date) FROM doc",  # the first day of a week is a setting elsewhere
    "SELECT name FROM cp WHERE REGEXP_LIKE(name, 'бетон')",  # the whole of it in one engine, a part in another
    "SELECT sum_kzt FROM doc WHERE number = 234",
    "SELECT d, (SELECT sum(open_kzt) FROM ar_open(d)) FROM unnest(generate_series(DATE '2025-10-31', DATE '2026-01-31', INTERVAL 1 MONTH)) AS t(d)",
    "SELECT count(*) FROM raw.doc",  # another relation of that name
    "SELECT counterparty, number, sum(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY counterparty",
)


@pytest.mark.parametrize("part", range(3))
def test_a_mended_statement_gives_what_the_same_gives_in_this_dialect(desk: Desk, part: int) -> None:
    for sql, same in SAME[part::3]:
        head, found = asked(desk, sql)
        assert head["ran_as"], sql
        assert found == asked(desk, same)[1], (sql, head["ran"])


def test_what_could_mean_two_things_is_left_to_the_caller(desk: Desk) -> None:
    ran: dict[str, str] = {}
    for sql in ASKED:
        try:
            ran[sql] = asked(desk, sql)[0].get("ran", "as it is")
        except AnalystError as error:
            ran |= {} if error.fix else {sql: "no fix"}
    assert ran == {}


def test_a_cte_with_the_name_of_a_relation_is_offered_under_another(desk: Desk) -> None:
    with pytest.raises(Refused) as told:
        asked(desk, "WITH pay AS (SELECT cp_id FROM pay WHERE type = 'pay_in') SELECT count(pay.cp_id) FROM pay")
    assert asked(desk, told.value.fix)[1] == asked(desk, "SELECT count(cp_id) FROM pay WHERE type = 'pay_in'")[1]


def test_a_macro_beside_the_rows_that_it_is_asked_for_is_offered_in_a_subquery(desk: Desk) -> None:
    with pytest.raises(AnalystError) as told:
        asked(desk, BESIDE)
    same = "SELECT DATE '2025-12-31', sum(open_kzt) FROM ar_open(DATE '2025-12-31') WHERE days_late > 0 UNION ALL SELECT DATE '2026-01-31', sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE days_late > 0"
    fix = told.value.fix or edits.applied(BESIDE, told.value.replace)
    assert asked(desk, fix)[1] == asked(desk, same)[1]


@pytest.mark.promise("guard.mended")
def test_the_guard_judges_the_text_that_runs_instead(desk: Desk) -> None:
    for sql in (
        "SELECT NVL(getenv('HOME'), '') FROM docs",
        "SELECT TOP 3 * FROM public.read_csv('x')",
        "SELECT NVL(current_setting('threads'), '')",
        "SELECT IIF(true, (SELECT max(sql) FROM duckdb_tables()), '')",
        "SELECT * FROM dbo.duckdb_settings()",
        "SELECT * FROM main.sqlite_master LIMIT 1, 2",
        "SELECT IFF(true, user, '')",
    ):
        with pytest.raises((Refused, QueryFailed)):
            asked(desk, sql)
    head, _ = asked(desk, "SELECT TOP 3 NVL(purpose, '') AS p FROM docs")
    assert head["untrusted"] == ("p",)
    head, _ = asked(desk, "SELECT TOP 3 customer FROM docs")
    assert head["untrusted"] == ("customer",)


@pytest.mark.anyio
@pytest.mark.promise("guard.mended")
async def test_the_answer_tells_what_was_read_otherwise_and_its_receipt_holds_what_ran(analyst: Analyst) -> None:
    answer = json.loads(await analyst.query("SELECT TOP 3 doc_id FROM docs ORDER BY doc_id"))
    assert answer["ran_as"] == "TOP 3 → LIMIT 3; docs → doc"
    receipt = analyst.receipts.find(answer["receipt"])
    assert receipt is not None
    ran = str(receipt.arguments["sql"])
    assert "FROM doc ORDER BY" in ran
    again = json.loads(await analyst.query(ran))
    assert "ran_as" not in again
    assert again["rows"] == answer["rows"]


@pytest.mark.parametrize("rule", ["length", "characters", "depth"])
def test_what_the_guard_keeps_from_the_parser_is_not_read_for_a_fix_either(desk: Desk, rule: str) -> None:
    read: list[str] = []
    guard, refused = desk.engine.guard, Refused("it never reaches the parser", rule=f"guard.{rule}")

    def serialize(sql: str) -> str:
        read.append(sql)
        return desk.engine.serialize(sql)

    given = "SELECT numbr FROM doc", refused, guard.catalog, guard.as_of, serialize
    assert (reading.mended(*given), reading.offered(*given), list(reading.likely(*given))) == (None, None, [])
    assert read == []


def test_an_amount_that_only_shares_its_currency_is_not_offered_for_another(desk: Desk) -> None:
    with pytest.raises(QueryFailed) as told:
        asked(desk, "SELECT account, opening_kzt FROM gl_balance")
    assert told.value.fix == "SELECT account, 'no such column' AS opening_kzt FROM gl_balance"
    assert not told.value.near


@pytest.mark.anyio
async def test_a_metric_taken_for_a_relation_is_told_with_its_call(analyst: Analyst) -> None:
    with pytest.raises(Refused, match="ar_total is a metric, not a relation") as told:
        await analyst.query("SELECT * FROM ar_total")
    assert told.value.fix.startswith('metric {"name":"ar_total"')


def test_garbage_is_read_at_once(desk: Desk) -> None:
    chance = random.Random(7)
    words = [
        *["()", ",", "'", '"', "`", "[", "]", ";", "--", "/*", "ж", "5"],
        "\n",
        "NVL(",
        "TO_CHAR(",
        *["SELECT", "TOP", "ROWNUM", "LIMIT", "FROM", "doc", "WITH", "ROLLUP", "ILIKE", "ANY"],
    ]
    for text in (
        *(" ".join(chance.choices(words, k=4000))[:10_000] for _ in range(8)),
        "NVL(a," * 1600,
        "[a]" * 3300,
        "`a.b`" * 2000,
        "rownum " * 1400,
        "a," * 5000,
        "x ILIKE ANY ('a')" * 600,
        "“" * 3300,
        "TO_CHAR(a, '" + 'YYYY"' * 1900,
        "1 000 " * 1600,
        "a<=>b&&c" * 1200,
        "order by limit 3 by " * 500,
        "lag() ignore nulls over () " * 370,
        "sysdate - 3 for update " * 430,
        "STUFF(WIDTH_BUCKET(" * 500,
        "a[OFFSET(0)]" * 800,
        "INTERVAL '1 a" + " - " * 3300,
        "qualify window order " * 480,
        "FORMAT_DATE('" + '%Q"' * 3300,
    ):
        assert least(partial(dialect.here, text)) < 0.05, text[:40]
        assert least(partial(dialect.nearly, text)) < 0.05, text[:40]
    wide = f"SELECT {', '.join(f'c{n}' for n in range(1500))} FROM docs, ar_open, pay"[:10_000]

    def read() -> None:
        now = parsed.parse(wide, desk.engine.guard.catalog, desk.engine.guard.as_of, desk.engine.serialize)
        assert now is not None
        for slip in reading.SLIPS:
            slip(now, "there is no column c7")
        for likely in reading.LIKELY:
            list(likely(now, "there is no column c7"))

    assert least(read) < 0.25  # the parse is most of it


def least(work: Callable[[], object]) -> float:
    """Seconds of CPU of the best of five runs, without what the collector of so large a process takes."""
    return min(timeit.repeat(work, timer=time.process_time, number=1, repeat=5))
