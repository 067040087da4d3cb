SELECT sum(d.sum_kzt) AS turnover FROM doc d WHERE d.doc_date >= '2025-01-01' AND d.cp_id = 'cp_12'
SELECT date_trunc('month', doc_date) AS m, sum(sum_kzt) AS revenue FROM doc WHERE type LIKE 'invoice%' GROUP BY m ORDER BY m
SELECT count(*), sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE due_date < current_date AND NOT is_intercompany
SELECT c.name, sum(a.open_kzt) AS debt, max(p.pay_date) AS last_paid FROM cp c JOIN ar_open(DATE '2026-01-31') a USING (cp_id) LEFT JOIN pay p USING (cp_id) GROUP BY c.name
SELECT sum(l.sum_doc) AS sold FROM doc_line l JOIN doc d USING (doc_id) WHERE d.type = 'sale' AND d.doc_date >= '2025-01-01'
WITH d AS (SELECT cp_id, sum(open_kzt) AS owed FROM ar_open(DATE '2026-01-31') GROUP BY cp_id), a AS (SELECT cp_id, sum(unused_kzt) AS paid FROM advances(DATE '2026-01-31') WHERE side = 'ar' GROUP BY cp_id) SELECT d.cp_id, d.owed - coalesce(a.paid, 0) AS net FROM d LEFT JOIN a USING (cp_id)
SELECT sum(total_in) AS came, sum(total_out) AS went FROM bank_stmt WHERE first_day >= '2026-01-01'
SELECT sum(amount_kzt) AS collected FROM settlement WHERE eff_date BETWEEN '2025-10-01' AND '2025-12-31'
SELECT sum(in_kzt) AS inflow, sum(out_kzt) AS outflow FROM cash_move(DATE '2025-10-01', DATE '2025-12-31')
SELECT avg((revenue_kzt - booked_cost_kzt) / revenue_kzt) AS margin FROM margin(DATE '2025-01-01', DATE '2025-12-31')
SELECT sum(running_kzt) FROM cash_in_daily(DATE '2026-01-31', 30)
SELECT number, sum_kzt FROM doc WHERE type = 'sale' AND number IN ('234', '272')
SELECT sum(on_hand) AS stock FROM stock_now
SELECT sum(amount_kzt) AS revenue FROM gl WHERE account LIKE '6010%' AND dt >= '2025-01-01'
SELECT sum(open_doc) AS unpaid FROM invoice_status('234', DATE '2026-01-31')
SELECT sum(a.open_doc * f.rate / f.mult) AS debt FROM ar_open(DATE '2026-01-31') a JOIN fx_rate f ON f.currency = a.currency
SELECT (SELECT sum(expected_kzt) FROM cash_in_daily(DATE '2026-01-31', 30)) + (SELECT sum(weighted_kzt) FROM pipeline(DATE '2026-01-31')) AS cash_expected
SELECT count(*) FROM deal WHERE created_at = DATE '2026-01-30'
SELECT sum(vat_kzt) AS vat FROM doc WHERE doc_date BETWEEN '2025-10-01' AND '2025-12-31'
SELECT sum(sum_kzt) - (SELECT sum(amount_kzt) FROM pay WHERE type = 'pay_in') AS debt FROM doc WHERE type = 'sale'
