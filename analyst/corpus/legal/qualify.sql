-- QUALIFY: rows chosen by a window.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ qualify-01: the last sale of each customer; expect: answered
SELECT cp_id, doc_id, doc_date FROM doc WHERE type = 'sale' QUALIFY row_number() OVER (PARTITION BY cp_id ORDER BY doc_date DESC, doc_id) = 1

-- @ qualify-02: the three largest of each kind; expect: answered
SELECT type, doc_id, sum_kzt FROM doc QUALIFY rank() OVER (PARTITION BY type ORDER BY sum_kzt DESC) <= 3 ORDER BY type, sum_kzt DESC

-- @ qualify-03: by the name of a column; expect: answered
SELECT cp_id, doc_id, row_number() OVER (PARTITION BY cp_id ORDER BY sum_kzt DESC) AS place FROM doc QUALIFY place = 1 LIMIT 20

-- @ qualify-04: with a named window; expect: answered
SELECT bank_account_id, first_day, closing FROM bank_stmt WINDOW w AS (PARTITION BY bank_account_id ORDER BY last_day DESC) QUALIFY row_number() OVER w = 1

-- @ qualify-05: after GROUP BY; expect: answered
SELECT cp_id, date_trunc('month', doc_date) AS month, sum(sum_kzt) AS kzt FROM doc WHERE type = 'sale' GROUP BY 1, 2 QUALIFY row_number() OVER (PARTITION BY month ORDER BY kzt DESC) = 1 ORDER BY month

-- @ qualify-06: groups larger than ten; expect: answered
SELECT doc_id, cp_id FROM doc QUALIFY count(*) OVER (PARTITION BY cp_id) > 10 LIMIT 30

-- @ qualify-07: days with the same amount twice; expect: answered
SELECT value_date, amount, purpose FROM bank_line QUALIFY count(*) OVER (PARTITION BY value_date, amount, cp_bin) > 1 LIMIT 20

-- @ qualify-08: the latest rate of each currency; expect: answered
SELECT currency, rate_date, rate FROM fx_rate QUALIFY rate_date = max(rate_date) OVER (PARTITION BY currency)

-- @ qualify-09: with a condition on both sides; expect: answered
SELECT deal_id, cp_id, amount_kzt FROM deal WHERE stage_kind = 'won' QUALIFY amount_kzt > avg(amount_kzt) OVER (PARTITION BY pipeline) LIMIT 20
