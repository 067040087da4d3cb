-- PIVOT with its list, UNPIVOT.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ pivot_unpivot-01: kinds as columns; expect: answered
PIVOT doc ON type IN ('sale', 'purchase') USING sum(sum_kzt) GROUP BY org_id

-- @ pivot_unpivot-02: with names for the columns; expect: answered
PIVOT doc ON type IN ('sale' AS продажи, 'purchase' AS закупки) USING sum(sum_kzt) AS kzt, count(*) AS n GROUP BY cp_id ORDER BY cp_id LIMIT 10

-- @ pivot_unpivot-03: of a query; expect: answered
PIVOT (SELECT year(doc_date) AS y, type, sum_kzt FROM doc) ON y IN (2024, 2025) USING sum(sum_kzt) GROUP BY type

-- @ pivot_unpivot-04: inside FROM; expect: answered
SELECT * FROM (PIVOT bank_line ON direction IN ('in', 'out') USING sum(amount) GROUP BY bank_account_id) ORDER BY ALL

-- @ pivot_unpivot-05: the form of the standard; expect: answered
SELECT * FROM (SELECT org_id, currency, sum_kzt FROM doc) PIVOT (sum(sum_kzt) FOR currency IN ('KZT', 'USD'))

-- @ pivot_unpivot-06: of a CTE; expect: answered
WITH m AS (SELECT strftime(doc_date, '%Y-%m') AS month, type, sum_kzt FROM doc) PIVOT m ON type IN ('sale', 'pay_in') USING sum(sum_kzt) GROUP BY month ORDER BY month

-- @ pivot_unpivot-07: by two columns; expect: answered
PIVOT (SELECT org_id, type, currency, sum_doc FROM doc) ON type IN ('sale', 'purchase'), currency IN ('KZT', 'USD') USING sum(sum_doc) GROUP BY org_id

-- @ pivot_unpivot-08: UNPIVOT of an ageing; expect: answered
UNPIVOT (SELECT cp_id, not_due_kzt, d1_30_kzt, d31_60_kzt, d61_90_kzt, d91_plus_kzt FROM ageing(DATE '2026-01-31')) ON not_due_kzt, d1_30_kzt, d31_60_kzt, d61_90_kzt, d91_plus_kzt INTO NAME bucket VALUE kzt

-- @ pivot_unpivot-09: UNPIVOT by pattern; expect: answered
UNPIVOT (SELECT account, debit_kzt, credit_kzt FROM gl_balance) ON COLUMNS('.*_kzt') INTO NAME side VALUE kzt

-- @ pivot_unpivot-10: UNPIVOT of the standard; expect: answered
SELECT * FROM (SELECT bank_account_id, total_in, total_out FROM bank_stmt) UNPIVOT (amount FOR direction IN (total_in, total_out)) LIMIT 20

-- @ pivot_unpivot-11: the same by conditions; expect: answered
SELECT cp_id, sum(CASE WHEN type = 'sale' THEN sum_kzt END) AS sold, sum(CASE WHEN type = 'purchase' THEN sum_kzt END) AS bought FROM doc GROUP BY cp_id ORDER BY cp_id LIMIT 10
