SELECT c.name, sum(d.sum_kzt) AS paid FROM doc d JOIN cp c USING (cp_id) WHERE d.type LIKE 'pay%' GROUP BY c.name
SELECT counterparty, sum(amount_kzt) FROM pay WHERE pay_date >= '2026-01-01' GROUP BY counterparty
SELECT sum(s.net_kzt) FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') s JOIN doc_schedule g ON g.doc_id = s.doc_id WHERE NOT s.is_intercompany
SELECT sum(sum_doc) FROM doc WHERE type = 'purchase' AND doc_date >= '2025-01-01'
SELECT avg(overdue_kzt * 100.0 / open_kzt) AS overdue_pct FROM ageing(DATE '2026-01-31') WHERE open_kzt > 0
SELECT sum(a.open_kzt) - sum(a.advances_kzt) AS net FROM ageing(DATE '2026-01-31') a
SELECT count(*) FROM ap_open(DATE '2026-01-31') WHERE due_date <= now()
SELECT title FROM deal WHERE updated_at BETWEEN '2026-01-20' AND '2026-01-25'
SELECT bucket, sum(open_doc) FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY bucket
SELECT sum(closing) FROM bank_stmt WHERE last_day = DATE '2026-01-30'
SELECT sum(sum_kzt) FROM doc_inactive
SELECT doc_date, number FROM doc WHERE type = 'sale' AND number BETWEEN '100' AND '200'
SELECT sum(qty) AS sold FROM sales_in(DATE '2025-01-01', DATE '2025-12-31')
SELECT sum(unused_kzt) FROM advances(DATE '2026-01-31')
SELECT account, sum(amount_kzt) AS balance FROM gl WHERE account = '3310' GROUP BY account
SELECT (SELECT sum(amount) FROM bank_line WHERE direction = 'in') + (SELECT sum(amount_kzt) FROM pay WHERE direction = 'in' AND channel = 'cash') AS came
SELECT sum(probability * amount) / 100 AS expected FROM deal WHERE stage_kind = 'process'
SELECT max(number) AS last_invoice FROM doc WHERE type = 'invoice_out'
SELECT sum(gross_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') WHERE type = 'sale'
SELECT sum(open_kzt) FROM ar_open(DATE '2025-12-31') WHERE days_late > 0
