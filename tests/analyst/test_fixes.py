"""What an analyst gets wrong every day: the answer is short, names what exists, and its fix runs."""

from __future__ import annotations

import json
import re
import time

import pytest

from analyst.errors import PAYLOAD_BYTES, AnalystError
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio

# A mistake, and what the fix of it must hold, or the statement that ran instead; empty: any statement that runs will do.
MISTAKES: tuple[tuple[str, str], ...] = (
    ("SELECT doc_ide FROM doc", "doc_id AS doc_ide FROM doc"),
    ("SELECT doc.sum_kz FROM doc", "sum_kzt"),
    ("SELECT d.nummber FROM doc d", "d.number"),
    ("SELECT сумма FROM doc", "sum_kzt"),
    ("SELECT Дата, Номер FROM doc", ""),
    ("SELECT sum(Сумма) FROM doc", "sum_kzt"),
    ("SELECT контрагент, sum(sum_kzt) FROM doc GROUP BY 1", "cp_id"),
    ("SELECT amount FROM doc", ""),
    ("SELECT * FROM docs", "doc"),
    ("SELECT * FROM document", "doc"),
    ("SELECT count(*) FROM public.doc", "FROM doc"),
    ("SELECT count(*) FROM analyst.main.doc", "FROM doc"),
    ("SELECT * FROM ar_open", "ar_open(DATE '2026-01-31')"),
    ("SELECT * FROM ar_open()", "ar_open(DATE '2026-01-31')"),
    ("SELECT * FROM ar_opens(DATE '2026-01-31')", "ar_open(DATE '2026-01-31')"),
    ("SELECT * FROM ar_open(20260131)", "ar_open(DATE '2026-01-31')"),
    ("SELECT count(*) FROM ar_open(DATE '2026-01-31' - INTERVAL 1 MONTH)", "AS DATE)"),
    ("SELECT count(*) FROM ar_open(today() - INTERVAL 7 DAY)", "AS DATE)"),
    ("SELECT * FROM долги", "ar_open"),
    ("SELECT * FROM ar_open('2026-01-31')", "DATE '2026-01-31'"),
    ("SELECT * FROM doc()", "FROM doc"),
    ("SELECT TO_CHAR(doc_date, 'YYYY-MM'), count(*) FROM doc GROUP BY 1", "strftime"),
    ("SELECT DATE_FORMAT(doc_date, '%Y-%m') FROM doc", "strftime"),
    ("SELECT TO_DATE('2026-01-31', 'YYYY-MM-DD')", "DATE '2026-01-31'"),
    ("SELECT STR_TO_DATE('31.01.2026', '%d.%m.%Y')", "strptime"),
    ("SELECT DATEDIFF(due_date, doc_date) FROM doc", "date_diff('day'"),
    ("SELECT DATEDIFF(day, doc_date, due_date) FROM doc", ""),
    ("SELECT DATE_ADD(doc_date, INTERVAL 1 MONTH) FROM doc", ""),
    ("SELECT DATE_SUB(doc_date, INTERVAL 1 MONTH) FROM doc", "- INTERVAL (1) month"),
    ("SELECT DATEADD(month, 1, doc_date) FROM doc", "INTERVAL"),
    ("SELECT ADD_MONTHS(doc_date, 1) FROM doc", "INTERVAL"),
    ("SELECT EOMONTH(doc_date) FROM doc", "last_day"),
    ("SELECT CURDATE()", "current_date"),
    ("SELECT GETDATE()", "now()"),
    ("SELECT SYSDATE", "now()"),
    ("SELECT NVL(number, '') FROM doc", "coalesce"),
    ("SELECT ISNULL(number, '') FROM doc", "coalesce"),
    ("SELECT CONVERT(sum_kzt, DOUBLE) FROM doc", "CAST"),
    ("SELECT SAFE_DIVIDE(sum_kzt, 2) FROM doc", "nullif"),
    ("SELECT CHARINDEX('0', number) FROM doc", "instr"),
    ("SELECT lpad(number, length(number) + 1, '0') FROM doc", "right("),
    ("SELECT cp_id, count(*) FROM doc", "GROUP BY ALL"),
    ("SELECT sum(sum_kzt) FROM doc WHERE cp_id = (SELECT cp_id FROM cp WHERE name LIKE '%Бета%')", "cp_id IN (SELECT"),
    ("SELECT type, cp_id, sum(sum_kzt) FROM doc GROUP BY type ORDER BY 3 DESC LIMIT 5", "GROUP BY ALL"),
    ("SELECT type FROM doc WHERE sum(sum_kzt) > 5 GROUP BY type", ""),
    ("SELECT * FROM doc WHERE doc_date ILIKE '2025%'", "AS VARCHAR) ILIKE"),
    ("SELECT * FROM doc WHERE doc_date LIKE '2025-%'", "AS VARCHAR) LIKE"),
    ('SELECT * FROM doc WHERE type = "sale"', "'sale'"),
    ("SELECT * FROM doc WHERE type = “sale”", "'sale'"),
    ("SELECT `type` FROM `doc`", ""),
    ("SELECT TOP 10 * FROM doc", "LIMIT 10"),
    ("SELECT * FROM doc LIMIT 5, 10", "LIMIT 10 OFFSET 5"),
    ("SELECT doc_id FROM doc MINUS SELECT doc_id FROM doc", "EXCEPT"),
    ("SELECT * FORM doc", "FROM doc"),
    ("SELECT type FROM doc GROPU BY type", "GROUP BY type"),
    ("SELECT x.doc_id FROM doc d", "d"),
    ("SELECT type.upper() FROM doc", "upper(type)"),
    ("SELECT main.upper(type) FROM doc", "upper(type)"),
    ("SELECT sum(number) FROM doc", "sum("),
    ("SELECT avg(purpose) FROM doc", "avg("),
    ("SELECT number::INTEGER FROM doc", "TRY_CAST"),
    ("SELECT CAST(purpose AS DATE) FROM doc", "TRY_CAST"),
    ("SELECT strptime(number, '%Y-%m-%d') FROM doc", "try_strptime"),
    ("SELECT 2000000000::INTEGER * 2000000000::INTEGER", ""),
    ("SELECT uper(type) FROM doc", "upper(type)"),
    ("SELECT date_truncate('month', doc_date) FROM doc", "date_trunc"),
    ("SELECT doc_id FROM doc asof", ""),
    ("SELECT a.doc_id FROM doc a JOIN cp ON a.cp = cp.cp_id", ""),
    ("SELECT 1; SELECT 2", "SELECT 1"),
    ("EXPLAIN SELECT doc_id FROM doc", "SELECT doc_id FROM doc"),
    ("DESCRIBE doc", 'describe {"name":"doc"}'),
    ("SUMMARIZE doc", 'describe {"name":"doc"}'),
    ("SHOW TABLES", 'describe {"name":""}'),
    ("PIVOT doc ON type USING sum(sum_kzt)", ""),
    ("UPDATE doc SET sum_kzt = 0", ""),
    ("SELECT * FROM doc WHERE", ""),
    ("", ""),
    ("SELECT * FROM information_schema.tables", ""),
    ("SELECT * FROM doc d JOIN cp c USING (cp_idd)", ""),
    ("WITH doc AS (SELECT 1) SELECT * FROM doc", ""),
    ("SELECT $1", ""),
    ("SELECT user", ""),
)  # fmt: skip
# What runs here although other engines refuse it.
WELCOME = (
    "SELECT doc_id FROM doc LIMIT 3",
    "SELECT sum(sum_kzt) / count(*) AS mean FROM doc",
    "SELECT doc_id AS days FROM doc LIMIT 1",
    "SELECT count(*) AS asof FROM doc",
    "SELECT main.doc.doc_id FROM main.doc LIMIT 1",
    "SELECT lpad(number_short, 6, '0'), repeat('=', 10), printf('%.2f', sum_kzt), format('{:,.2f}', sum_kzt::DOUBLE) FROM doc LIMIT 1",
    "SELECT unnest(range(5)), formatReadableDecimalSize(1000)",
    "SELECT doc_id FROM doc ORDER BY doc_id FETCH FIRST 5 ROWS ONLY",
    "SELECT DATE '2026-01-31' - 30 AS month_ago",
    'SELECT sum(sum_kzt) AS "Сумма", type Тип FROM doc GROUP BY ALL',
)


async def run_fix(analyst: Analyst, fix: str) -> None:
    if call := re.fullmatch(r"describe (\{.*\})", fix):
        await analyst.describe(**json.loads(call[1]))
    else:
        await analyst.query(fix)


@pytest.mark.parametrize("part", range(4))
@pytest.mark.promise("errors.fix_runs", "errors.short")
async def test_every_fix_runs_and_is_short(analyst: Analyst, part: int) -> None:
    assert len(MISTAKES) >= 40
    wrong: dict[str, str] = {}
    for statement, wanted in MISTAKES[part::4]:
        try:
            answer = json.loads(await analyst.query(statement))
            receipt = analyst.receipts.find(answer["receipt"])
            assert receipt is not None
            if wanted and (not answer["ran_as"] or wanted.lower() not in receipt.arguments["sql"].lower()):
                wrong[statement] = receipt.arguments["sql"]
        except AnalystError as error:
            told = error.payload()
            if len(told.encode()) > PAYLOAD_BYTES or not error.fix or wanted.lower() not in error.fix.lower():
                wrong[statement] = told
            try:
                await run_fix(analyst, error.fix)
            except AnalystError as again:
                wrong[statement] = f"{told} -> {again.payload()}"
    assert {k: v for k, v in wrong.items() if v} == {}


@pytest.mark.promise("guard.honest_sql")
async def test_what_should_run_runs(analyst: Analyst) -> None:
    for statement in WELCOME:
        await analyst.query(statement)


async def test_a_mistake_with_many_spaces_is_told_at_once(analyst: Analyst) -> None:
    started = time.monotonic()
    for name in ("TO_CHAR", "DATEDIFF", "SAFE_DIVIDE"):
        with pytest.raises(AnalystError, match="not valid SQL"):
            await analyst.query(f"SELECT {name}(" + " " * 1900)
    assert time.monotonic() - started < 3.0


async def test_what_is_too_deep_or_empty_is_told_as_that(analyst: Analyst) -> None:
    for sql, why in (
        ("SELECT " + "1+" * 1500 + "1", "terms in a row"),
        ("SELECT " + "NOT " * 3000 + "true", "terms in a row"),
        ("--", "is empty"),
        ("/* nothing */", "is empty"),
    ):
        with pytest.raises(AnalystError, match=why):
            await analyst.query(sql)
