SELECT account, sum(CASE WHEN line_side = 'dr' THEN amount_kzt ELSE -amount_kzt END) AS balance FROM gl WHERE dt <= DATE '2025-12-31' GROUP BY account ORDER BY account
SELECT a.account, a.name, sum(g.amount_kzt) FROM gl g JOIN account a ON a.account = g.account WHERE g.line_side = 'dr' AND g.dt BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' GROUP BY ALL ORDER BY 1
SELECT dt, doc_id, amount_kzt FROM gl WHERE account = '1210' AND cp_id = 'cp_12' ORDER BY dt
SELECT sum(amount_kzt) FROM gl WHERE account LIKE '6010%' AND line_side = 'cr' AND year(dt) = 2025
SELECT account, debit_kzt, credit_kzt FROM gl_balance WHERE account = '1210' LIMIT 10
SELECT account, sum(debit_kzt) - sum(credit_kzt) AS balance FROM gl_balance GROUP BY account
SELECT * FROM control_gl(DATE '2026-01-31') WHERE difference <> 0
SELECT side, sum(items), sum(ledger) FROM control_gl(DATE '2026-01-31') WHERE currency = 'KZT' GROUP BY side
SELECT * FROM account WHERE account LIKE '12%'
SELECT corr_account, sum(amount_kzt) FROM gl WHERE account = '7210' AND line_side = 'dr' GROUP BY corr_account
SELECT month(dt) AS m, sum(amount_kzt) AS expense FROM gl WHERE account IN ('7110', '7210') AND line_side = 'dr' AND dt >= '2025-01-01' GROUP BY m ORDER BY m
SELECT problem, count(*) FROM vat_lines(DATE '2025-10-01', DATE '2026-01-31') GROUP BY problem
SELECT number, doc_date, vat_rate, vat_doc, expected_doc FROM vat_lines(DATE '2026-01-01', DATE '2026-01-31') WHERE problem IS NOT NULL
SELECT vat_rate, sum(vat_doc) FROM vat_lines(DATE '2025-10-01', DATE '2025-12-31') WHERE type = 'sale' AND currency = 'KZT' GROUP BY vat_rate
SELECT type, sum(vat_kzt) FROM doc WHERE doc_date BETWEEN DATE '2025-10-01' AND DATE '2025-12-31' AND type IN ('sale', 'purchase') GROUP BY type
SELECT vat_inside(112000.00, 12) AS vat
SELECT currency, rate_date, rate / mult AS kzt FROM fx_rate WHERE currency = 'USD' ORDER BY rate_date DESC LIMIT 5
SELECT rate FROM fx_rate WHERE currency = 'USD' AND rate_date <= DATE '2025-12-31' ORDER BY rate_date DESC LIMIT 1
SELECT currency, max(rate_date) FROM fx_rate GROUP BY currency
SELECT d.number, d.sum_doc, r.rate FROM doc d ASOF JOIN fx_rate r ON d.currency = r.currency AND d.doc_date >= r.rate_date WHERE d.currency = 'USD' AND d.type = 'sale'
SELECT account, amount FROM gl WHERE account = '1030' LIMIT 5
--= SELECT account, amount_kzt FROM gl WHERE account = '1030' LIMIT 5
SELECT debit_account, credit_account, amount_kzt FROM gl LIMIT 10
--= SELECT if(line_side = 'dr', account, corr_account), if(line_side = 'cr', account, corr_account), amount_kzt FROM gl LIMIT 10
SELECT date, account, amount_kzt FROM gl WHERE account = '3310' ORDER BY date DESC LIMIT 10
--= SELECT dt, account, amount_kzt FROM gl WHERE account = '3310' ORDER BY dt DESC LIMIT 10
SELECT account_code, name FROM account
--= SELECT account, name FROM account
SELECT TO_DATE('31.01.2026', 'DD.MM.YYYY') AS d
--= SELECT DATE '2026-01-31' AS d
SELECT check_id, count(*), sum(amount) FROM finding GROUP BY check_id
SELECT subject, detail, amount FROM finding ORDER BY amount DESC
SELECT source, status, last_ok_at, data_to FROM freshness
SELECT * FROM freshness
SELECT source, date_diff('hour', last_ok_at, TIMESTAMP '2026-01-31 06:00:00') AS hours FROM freshness
SELECT * FROM intercompany_balance(DATE '2026-01-31') WHERE difference_doc <> 0
SELECT org, other_org, receivable_doc, payable_doc FROM intercompany_balance(DATE '2026-01-31')
