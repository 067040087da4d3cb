-- Windows.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ windows-01: a running total; expect: answered
SELECT doc_date, sum_kzt, sum(sum_kzt) OVER (ORDER BY doc_date, doc_id) AS running FROM doc WHERE type = 'sale' ORDER BY doc_date, doc_id LIMIT 50

-- @ windows-02: the place of each customer; expect: answered
SELECT cp_id, sum(sum_kzt) AS kzt, rank() OVER (ORDER BY sum(sum_kzt) DESC) AS place FROM doc WHERE type = 'sale' GROUP BY cp_id ORDER BY place LIMIT 10

-- @ windows-03: a share of the total; expect: answered
SELECT type, sum(sum_kzt) AS kzt, round(100 * sum(sum_kzt) / sum(sum(sum_kzt)) OVER (), 2) AS percent FROM doc GROUP BY type ORDER BY kzt DESC

-- @ windows-04: days since the payment before; expect: answered
SELECT cp_id, pay_date, date_diff('day', lag(pay_date) OVER (PARTITION BY cp_id ORDER BY pay_date), pay_date) AS days FROM pay WHERE direction = 'in' ORDER BY cp_id, pay_date LIMIT 50

-- @ windows-05: change on the month before; expect: answered
SELECT month, kzt, kzt - lag(kzt) OVER (ORDER BY month) AS change FROM (SELECT date_trunc('month', doc_date)::DATE AS month, sum(sum_kzt) AS kzt FROM doc WHERE type = 'sale' GROUP BY 1) ORDER BY month

-- @ windows-06: a moving average of seven days; expect: answered
SELECT value_date, avg(sum(amount)) OVER (ORDER BY value_date RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW) AS week FROM bank_line WHERE direction = 'in' GROUP BY value_date ORDER BY value_date LIMIT 60

-- @ windows-07: a named window; expect: answered
SELECT doc_id, first_value(doc_date) OVER w AS first, last_value(doc_date) OVER w AS last FROM doc WINDOW w AS (PARTITION BY cp_id ORDER BY doc_date ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) LIMIT 20

-- @ windows-08: quartiles of documents; expect: answered
SELECT quartile, min(sum_kzt), max(sum_kzt) FROM (SELECT sum_kzt, ntile(4) OVER (ORDER BY sum_kzt) AS quartile FROM doc WHERE type = 'sale') GROUP BY quartile ORDER BY quartile

-- @ windows-09: dense rank within a currency; expect: answered
SELECT currency, doc_id, dense_rank() OVER (PARTITION BY currency ORDER BY sum_doc DESC) AS place FROM doc WHERE type IN ('sale', 'purchase') ORDER BY ALL LIMIT 30

-- @ windows-10: percent rank and cumulative share; expect: answered
SELECT cp_id, percent_rank() OVER (ORDER BY kzt) AS pr, cume_dist() OVER (ORDER BY kzt) AS cd FROM (SELECT cp_id, sum(sum_kzt) AS kzt FROM doc GROUP BY cp_id) ORDER BY pr DESC LIMIT 10

-- @ windows-11: a filtered aggregate as a window; expect: answered
SELECT doc_date, count(*) FILTER (WHERE type = 'sale') OVER (ORDER BY doc_date) AS sales_so_far FROM doc ORDER BY doc_date LIMIT 20

-- @ windows-12: the frame without its row; expect: answered
SELECT currency, rate_date, rate, avg(rate) OVER (PARTITION BY currency ORDER BY rate_date ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW) AS around FROM fx_rate ORDER BY currency, rate_date LIMIT 30

-- @ windows-13: the value before, nulls ignored; expect: answered
SELECT rate_date, currency, last_value(rate IGNORE NULLS) OVER (PARTITION BY currency ORDER BY rate_date) AS known FROM fx_rate LIMIT 20

-- @ windows-14: the second largest; expect: answered
SELECT DISTINCT cp_id, nth_value(sum_kzt, 2) OVER (PARTITION BY cp_id ORDER BY sum_kzt DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second FROM doc WHERE type = 'sale' ORDER BY second DESC NULLS LAST LIMIT 10

-- @ windows-15: distinct parties so far; expect: answered
SELECT doc_date, count(DISTINCT cp_id) OVER (ORDER BY doc_date ROWS UNBOUNDED PRECEDING) AS parties FROM doc WHERE type = 'sale' ORDER BY doc_date LIMIT 30

-- @ windows-16: GROUPS frame; expect: answered
SELECT doc_date, sum(sum_kzt) OVER (ORDER BY doc_date GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two_days FROM doc WHERE type = 'pay_in' ORDER BY doc_date LIMIT 20
