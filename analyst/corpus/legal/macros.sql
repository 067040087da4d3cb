-- Our own macros: table macros with a day, scalar macros.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ macros-01: open receivables; expect: answered
SELECT counterparty, number, due_date, open_kzt, days_late FROM ar_open(DATE '2026-01-31') ORDER BY open_kzt DESC LIMIT 20

-- @ macros-02: open payables by party; expect: answered
SELECT counterparty, sum(open_kzt) AS kzt FROM ap_open(DATE '2026-01-31') GROUP BY counterparty ORDER BY kzt DESC LIMIT 10

-- @ macros-03: ageing; expect: answered
SELECT * FROM ageing(DATE '2026-01-31') ORDER BY overdue_kzt DESC LIMIT 10

-- @ macros-04: advances; expect: answered
SELECT side, kind, sum(unused_kzt) FROM advances(DATE '2026-01-31') GROUP BY ALL ORDER BY ALL

-- @ macros-05: cash; expect: answered
SELECT bank, iban, currency, bank_balance, book_balance, difference FROM cash_position(DATE '2026-01-31')

-- @ macros-06: the control with the ledger; expect: answered
SELECT side, sum(items), sum(ledger), sum(difference) FROM control_gl(DATE '2026-01-31') GROUP BY side

-- @ macros-07: the chain of a deal; expect: answered
SELECT deal_id, counterparty, stage_kind, gap FROM deal_chain(DATE '2026-01-31') WHERE gap IS NOT NULL LIMIT 20

-- @ macros-08: one invoice; expect: answered
SELECT doc_number, status, paid_doc, open_doc FROM invoice_status('234', DATE '2026-01-31')

-- @ macros-09: by the argument's name; expect: answered
SELECT count(*) FROM ar_open(as_of := DATE '2026-01-31')

-- @ macros-10: the other way to name it; expect: answered
SELECT count(*) FROM ar_open(as_of => DATE '2026-01-31')

-- @ macros-11: a day out of text; expect: answered
SELECT count(*) FROM ar_open('2026-01-31'::DATE)

-- @ macros-12: a day computed; expect: answered
SELECT count(*) FROM ar_open((DATE '2026-01-31' - INTERVAL 30 DAY)::DATE)

-- @ macros-13: a day out of a query; expect: answered
SELECT count(*) FROM ar_open((SELECT max(doc_date) FROM doc))

-- @ macros-14: a day out of a CTE; expect: answered
WITH asked AS (SELECT DATE '2025-12-31' AS day) SELECT count(*) FROM ar_open((SELECT day FROM asked))

-- @ macros-15: two days side by side; expect: answered
SELECT a.counterparty, a.open_kzt - coalesce(b.open_kzt, 0) AS change FROM ageing(DATE '2026-01-31') a LEFT JOIN ageing(DATE '2025-12-31') b USING (cp_id) ORDER BY change DESC LIMIT 10

-- @ macros-16: a macro with its schema; expect: answered
SELECT count(*) FROM main.ageing(DATE '2026-01-31')

-- @ macros-17: a macro joined with a relation; expect: answered
SELECT cp.kind, sum(o.open_kzt) FROM ar_open(DATE '2026-01-31') o JOIN cp USING (cp_id) GROUP BY cp.kind

-- @ macros-18: a macro in EXISTS; expect: answered
SELECT name FROM cp WHERE EXISTS (FROM ar_open(DATE '2026-01-31') o WHERE o.cp_id = cp.cp_id AND o.days_late > 90)

-- @ macros-19: a macro in a scalar subquery; expect: answered
SELECT (SELECT sum(open_kzt) FROM ar_open(DATE '2026-01-31')) - (SELECT sum(open_kzt) FROM ap_open(DATE '2026-01-31')) AS net

-- @ macros-20: a macro pivoted; expect: answered
PIVOT (SELECT counterparty, bucket, open_kzt FROM ar_open(DATE '2026-01-31')) ON bucket IN ('not_due', '1-30', '31-60', '61-90', '91+') USING sum(open_kzt) GROUP BY counterparty

-- @ macros-21: a name normalised; expect: answered
SELECT name, name_norm(name) FROM cp LIMIT 10

-- @ macros-22: parties found by a normalised name; expect: answered
SELECT cp_id, name FROM cp WHERE name_norm = name_norm('ТОО «Алмаз-Строй»')

-- @ macros-23: numbers checked; expect: answered
SELECT bin_iin, bin_ok(bin_iin) FROM cp WHERE bin_iin IS NOT NULL LIMIT 10

-- @ macros-24: tenge at a rate; expect: answered
SELECT doc_id, in_kzt(sum_doc, rate, rate_mult) FROM doc WHERE rate_mult IN (1, 10, 100) LIMIT 10

-- @ macros-25: overdue by a bucket; expect: answered
SELECT bucket, count(*), sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY bucket ORDER BY min(days_late)

-- @ macros-26: a macro on a day out of a subquery that gives all of a relation; expect: answered
SELECT count(*) AS n FROM ar_open((SELECT max(doc_date) FROM (FROM doc) AS doc))

-- @ macros-27: a span between semicolons; expect: answered
; ;SELECT date_diff('month', contract_date, DATE '2026-01-31') AS m, age(DATE '2026-01-31', contract_date) AS span FROM contract LIMIT 5;
