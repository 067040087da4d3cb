-- Groups and aggregates.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ grouping-01: GROUP BY ALL; expect: answered
SELECT type, currency, count(*), sum(sum_doc) FROM doc GROUP BY ALL ORDER BY ALL

-- @ grouping-02: by position; expect: answered
SELECT year(doc_date), type, sum(sum_kzt) FROM doc GROUP BY 1, 2 ORDER BY 1, 2

-- @ grouping-03: by the column's new name; expect: answered
SELECT strftime(doc_date, '%Y-%m') AS month, count(*) AS n FROM doc GROUP BY month ORDER BY month

-- @ grouping-04: HAVING; expect: answered
SELECT cp_id, count(*) AS n FROM doc WHERE type = 'sale' GROUP BY cp_id HAVING n > 5 AND sum(sum_kzt) > 0 ORDER BY n DESC

-- @ grouping-05: ROLLUP with grouping; expect: answered
SELECT org_id, type, grouping(org_id, type) AS level, sum(sum_kzt) FROM doc GROUP BY ROLLUP (org_id, type) ORDER BY ALL

-- @ grouping-06: CUBE; expect: answered
SELECT side, method, count(*), sum(amount_kzt) FROM settlement GROUP BY CUBE (side, method) ORDER BY ALL

-- @ grouping-07: GROUPING SETS; expect: answered
SELECT pipeline, owner, count(*), sum(amount_kzt) FROM deal GROUP BY GROUPING SETS ((pipeline), (owner), ()) ORDER BY ALL

-- @ grouping-08: filtered aggregates side by side; expect: answered
SELECT cp_id, sum(sum_kzt) FILTER (WHERE type = 'sale') AS sold, sum(sum_kzt) FILTER (WHERE type = 'pay_in') AS paid FROM doc GROUP BY cp_id ORDER BY sold DESC NULLS LAST LIMIT 10

-- @ grouping-09: median and quantiles; expect: answered
SELECT type, median(sum_kzt), quantile_cont(sum_kzt, [0.1, 0.9]), mode(currency), stddev_samp(sum_kzt) FROM doc GROUP BY type

-- @ grouping-10: the largest document of each party by arg_max; expect: answered
SELECT cp_id, arg_max(doc_id, sum_kzt) AS doc, max(sum_kzt) AS kzt FROM doc WHERE type = 'sale' GROUP BY cp_id ORDER BY kzt DESC LIMIT 10

-- @ grouping-11: the top three by max_by; expect: answered
SELECT cp_id, max_by(number, sum_kzt, 3) AS numbers FROM doc WHERE type = 'sale' GROUP BY cp_id LIMIT 10

-- @ grouping-12: names joined in order; expect: answered
SELECT org_id, string_agg(DISTINCT currency, ', ' ORDER BY currency) AS currencies FROM doc GROUP BY org_id

-- @ grouping-13: distinct counts; expect: answered
SELECT count(DISTINCT cp_id), count(DISTINCT (cp_id, contract_id)), approx_count_distinct(number) FROM doc

-- @ grouping-14: any and all; expect: answered
SELECT cp_id, bool_or(is_late_entry) AS any_late, bool_and(vat_included) AS all_with_vat FROM doc GROUP BY cp_id LIMIT 10

-- @ grouping-15: a histogram of kinds; expect: answered
SELECT histogram(type) FROM doc

-- @ grouping-16: debit and credit of the ledger; expect: answered
SELECT account, sum(CASE line_side WHEN 'dr' THEN amount_kzt ELSE 0 END) AS debit, sum(CASE line_side WHEN 'cr' THEN amount_kzt ELSE 0 END) AS credit FROM gl WHERE dt BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' GROUP BY account ORDER BY account

-- @ grouping-17: correlation and regression; expect: answered
SELECT corr(qty, sum_doc), regr_slope(sum_doc, qty), covar_samp(qty, sum_doc) FROM doc_line

-- @ grouping-18: first and last in order; expect: answered
SELECT cp_id, first(doc_id ORDER BY doc_date) AS first_doc, last(doc_id ORDER BY doc_date) AS last_doc FROM doc GROUP BY cp_id LIMIT 10

-- @ grouping-19: count_if and sum of a condition; expect: answered
SELECT count_if(sum_kzt > 1000000) AS big, sum((type = 'sale')::INTEGER) AS sales FROM doc

-- @ grouping-20: weighted price; expect: answered
SELECT item_id, sum(sum_doc) / nullif(sum(qty), 0) AS price FROM doc_line GROUP BY item_id ORDER BY item_id
