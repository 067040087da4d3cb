-- ASOF: the last known value on a day.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ asof-01: the rate on the day of a document; expect: answered
SELECT d.doc_id, d.doc_date, d.sum_doc, f.rate, round(d.sum_doc * f.rate / f.mult, 2) AS kzt FROM doc d ASOF JOIN fx_rate f ON f.currency = d.currency AND d.doc_date >= f.rate_date WHERE d.currency <> 'KZT' LIMIT 20

-- @ asof-02: the same where there may be none; expect: answered
SELECT d.doc_id, f.rate FROM doc d ASOF LEFT JOIN fx_rate f ON f.currency = d.currency AND f.rate_date <= d.doc_date LIMIT 20

-- @ asof-03: USING; expect: answered
SELECT p.doc_id, p.pay_date, f.rate FROM (SELECT doc_id, currency, pay_date, pay_date AS rate_date FROM pay) p ASOF JOIN fx_rate f USING (currency, rate_date) LIMIT 20

-- @ asof-04: the balance before a payment; expect: answered
SELECT l.bank_line_id, l.value_date, s.opening FROM bank_line l ASOF JOIN bank_stmt s ON s.bank_account_id = l.bank_account_id AND l.value_date >= s.first_day LIMIT 20

-- @ asof-05: the next document after; expect: answered
SELECT a.doc_id, b.doc_id AS next FROM doc a ASOF JOIN doc b ON a.cp_id = b.cp_id AND a.doc_date < b.doc_date WHERE a.type = 'sale' LIMIT 20

-- @ asof-06: the rate at the end of each month; expect: answered
SELECT m::DATE AS month_end, f.rate FROM generate_series(DATE '2025-01-31', DATE '2025-12-31', INTERVAL 1 MONTH) g(m) ASOF JOIN (SELECT * FROM fx_rate WHERE currency = 'USD') f ON m::DATE >= f.rate_date ORDER BY 1

-- @ asof-07: the last sale before a payment; expect: answered
SELECT p.doc_id, s.doc_id AS sale, p.pay_date - s.doc_date AS days FROM pay p ASOF JOIN (SELECT * FROM doc WHERE type = 'sale') s ON p.cp_id = s.cp_id AND p.pay_date >= s.doc_date LIMIT 20
