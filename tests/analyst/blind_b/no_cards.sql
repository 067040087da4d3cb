SELECT * FROM invoice_status('145', DATE '2026-01-31')
SELECT source, COUNT(*) AS cnt FROM cp_source GROUP BY source ORDER BY cnt DESC
--= SELECT src, COUNT(*) AS cnt FROM cp_source GROUP BY src
SELECT rule, source, COUNT(DISTINCT cp_id) AS parties FROM cp_source GROUP BY rule, source ORDER BY parties DESC
--= SELECT match_rule, src, COUNT(DISTINCT cp_id) AS parties FROM cp_source GROUP BY match_rule, src
SELECT code, name FROM account ORDER BY code
--= SELECT account AS code, name FROM account ORDER BY account
SELECT * FROM bank_account WHERE currency <> 'KZT'
SELECT bank_account_id, date_to::date AS day, closing_balance FROM bank_stmt WHERE date_to > DATE '2026-01-31' - INTERVAL '7 days' ORDER BY bank_account_id, day
--= SELECT bank_account_id, last_day AS day, closing FROM bank_stmt WHERE last_day > DATE '2026-01-24'
SELECT status, COUNT(*) AS cnt FROM esf_status WHERE status IN ('CANCELED', 'REVOKED') AND YEAR(changed_at) = 2025 GROUP BY status
--= SELECT status, COUNT(*) AS cnt FROM esf_status WHERE status IN ('CANCELED', 'REVOKED') AND YEAR(since) = 2025 GROUP BY status
SELECT type, reason, count(*) AS n, sum(sum_kzt) AS total FROM doc_inactive GROUP BY type, reason ORDER BY n DESC
--= SELECT type, status, count(*) AS n, sum(sum_kzt) AS total FROM doc_inactive GROUP BY type, status
SELECT m.date, m.doc_id, w.name AS warehouse, i.name AS item, m.qty FROM stock_move m JOIN item i ON i.item_id = m.item_id JOIN warehouse w ON w.warehouse_id = m.warehouse_id WHERE i.name LIKE '%Насос%' AND m.date BETWEEN '2026-01-01' AND '2026-01-31' ORDER BY m.date
--= SELECT m.move_date AS date, m.doc_id, w.name AS warehouse, i.name AS item, m.qty FROM stock_move m JOIN item i ON i.item_id = m.item_id JOIN warehouse w ON w.warehouse_id = m.warehouse_id WHERE i.name LIKE '%Насос%' AND m.move_date BETWEEN '2026-01-01' AND '2026-01-31' ORDER BY m.move_date
SELECT w.name AS warehouse, SUM(CASE WHEN m.qty > 0 THEN m.qty ELSE 0 END) AS qty_in, SUM(CASE WHEN m.qty < 0 THEN -m.qty ELSE 0 END) AS qty_out FROM stock_move m JOIN warehouse w USING (warehouse_id) WHERE m.move_date >= DATE '2025-10-01' AND m.move_date < DATE '2026-01-01' GROUP BY w.name
SELECT i.name, i.unit AS base_unit, u.unit, u.factor FROM unit_conv u JOIN item i ON i.item_id = u.item_id ORDER BY i.name
SELECT counterparty, b91_plus FROM ageing('2026-01-31'::date) WHERE b91_plus > 0 ORDER BY b91_plus DESC LIMIT 5
--= SELECT counterparty, d91_plus_kzt FROM ageing(DATE '2026-01-31') WHERE d91_plus_kzt > 0 ORDER BY d91_plus_kzt DESC LIMIT 5
SELECT m::date AS month, c.* FROM generate_series(DATE '2025-08-01', DATE '2026-01-01', INTERVAL '1 month') AS t(m) CROSS JOIN LATERAL collections(m::date, (m + INTERVAL '1 month' - INTERVAL '1 day')::date) c ORDER BY 1
--= SELECT m.day, c.* FROM (SELECT unnest([DATE '2025-08-01']) AS day) m, collections(DATE '2025-08-01', DATE '2025-08-31') c
SELECT DATE_FORMAT(doc_date, '%Y-%m') AS month, SUM(difference_kzt) AS fx_diff FROM revaluation WHERE doc_date BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1 ORDER BY 1
--= SELECT strftime(reval_date, '%Y-%m') AS month, SUM(amount_kzt) AS fx_diff FROM revaluation WHERE reval_date BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1
SELECT account, SUM(open_kzt) AS items, SUM(gl_kzt) AS ledger, SUM(open_kzt - gl_kzt) AS diff FROM control_gl(DATE '2026-01-31') GROUP BY account HAVING SUM(open_kzt - gl_kzt) <> 0
--= SELECT side, SUM(items_kzt) AS items, SUM(ledger_kzt) AS ledger, SUM(difference_kzt) AS diff FROM control_gl(DATE '2026-01-31') GROUP BY side HAVING SUM(difference_kzt) <> 0
SELECT * FROM changes_since ORDER BY changed_at DESC LIMIT 100
--= SELECT * FROM changes_since ORDER BY seen_at DESC LIMIT 100
SELECT c.name AS customer, SUM(o.qty) AS qty_to_ship, MIN(o.due_date) AS first_due FROM order_demand('2026-01-31') o JOIN cp c ON c.cp_id = o.cp_id GROUP BY c.name ORDER BY first_due
--= SELECT c.name AS customer, SUM(o.ordered) AS qty_to_ship, MIN(o.ship_date) AS first_due FROM order_demand(DATE '2026-01-31') o JOIN cp c USING (cp_id) GROUP BY c.name
SELECT * FROM sales_shift(DATE '2026-01-01', DATE '2026-01-31', 'previous') ORDER BY ABS(change_kzt) DESC LIMIT 20
SELECT FORMAT_DATE('%Y-Q%Q', doc_date) AS quarter, SUM(credit_kzt) AS credit_sales FROM credit_sale WHERE doc_date >= '2024-01-01' GROUP BY quarter ORDER BY quarter
--= SELECT year(doc_date) || '-Q' || quarter(doc_date) AS quarter, SUM(credit_kzt) AS credit_sales FROM credit_sale WHERE doc_date >= '2024-01-01' GROUP BY quarter
SELECT counterparty, max(days_late) AS days_late, sum(open_kzt) AS debt FROM open_items('ap', DATE '2026-01-31') GROUP BY counterparty ORDER BY days_late DESC NULLS LAST LIMIT 10
SELECT counterparty, opening_kzt, debit_kzt, credit_kzt, closing_kzt FROM party_moves('2026-01-01', '2026-01-31') WHERE closing_kzt <> 0 ORDER BY closing_kzt DESC
--= SELECT counterparty, sum(debit_kzt) FROM party_moves(DATE '2026-01-01', DATE '2026-01-31') JOIN (SELECT cp_id, name AS counterparty FROM cp) USING (cp_id) GROUP BY ALL
SELECT s.doc_id, d.number, s.stage, s.due_date, s.amount FROM doc_schedule s JOIN doc d USING (doc_id) WHERE s.due_date >= '2026-02-01' AND s.due_date < '2026-02-01'::date + interval '1 month' ORDER BY s.due_date
--= SELECT s.doc_id, d.number, s.stage, s.due_date, s.amount_doc FROM doc_schedule s JOIN doc d USING (doc_id) WHERE s.due_date >= '2026-02-01' AND s.due_date < '2026-03-01'
SELECT stage, COUNT(*) AS cnt, SUM(amount) AS total FROM crm_invoice WHERE stage NOT IN ('paid', 'cancelled') GROUP BY stage
--= SELECT stage_kind, COUNT(*) AS cnt, SUM(amount) AS total FROM crm_invoice WHERE stage_kind = 'process' GROUP BY stage_kind
SELECT w.name, l.place, l.days FROM lead_time l JOIN warehouse w ON w.id = l.warehouse_id ORDER BY w.name, l.days
--= SELECT w.name, l.place, l.lead_days FROM lead_time l JOIN warehouse w USING (warehouse_id)
SELECT YEAR(eff_date) AS y, method, COUNT(*) AS cnt, SUM(amount_kzt) AS total FROM settlement GROUP BY YEAR(eff_date), method ORDER BY y, total DESC
WITH mine AS ( SELECT account, sum(CASE line_side WHEN 'dr' THEN amount_kzt ELSE -amount_kzt END) AS balance FROM gl WHERE dt <= '2025-12-31' GROUP BY account ) SELECT b.account, b.balance_kzt AS onec, m.balance AS computed, b.balance_kzt - m.balance AS diff FROM gl_balance b LEFT JOIN mine m USING (account) WHERE b.balance_date = '2025-12-31' AND b.balance_kzt IS DISTINCT FROM m.balance ORDER BY abs(b.balance_kzt - m.balance) DESC
--= WITH mine AS ( SELECT account, sum(CASE line_side WHEN 'dr' THEN amount_kzt ELSE -amount_kzt END) AS balance FROM gl WHERE dt <= '2025-12-31' GROUP BY account ) SELECT b.account, b.debit_kzt - b.credit_kzt AS onec, m.balance AS computed, b.debit_kzt - b.credit_kzt - m.balance AS diff FROM gl_balance b LEFT JOIN mine m USING (account) WHERE b.as_of = '2025-12-31' AND b.debit_kzt - b.credit_kzt IS DISTINCT FROM m.balance ORDER BY abs(b.debit_kzt - b.credit_kzt - m.balance) DESC
SELECT counterparty, ROUND(SAFE_DIVIDE(SUM(ar_kzt), SUM(credit_sales_kzt)) * 90, 1) AS dso FROM dso(DATE '2026-01-31', 90) GROUP BY counterparty ORDER BY dso DESC LIMIT 10
--= SELECT sales_days FROM dso(DATE '2026-01-31', 90)
SELECT day, expected_kzt, SUM(expected_kzt) OVER (ORDER BY day) AS cumulative FROM cash_in_daily(DATE '2026-01-31', 14) ORDER BY day
SELECT counterparty, doc_date, unused_kzt, DATEDIFF(DAY, doc_date, '2026-01-31') AS age_days FROM advances('2026-01-31') WHERE side = 'ap' AND DATEDIFF(DAY, doc_date, '2026-01-31') > 60 ORDER BY age_days DESC
--= SELECT counterparty, doc_date, unused_kzt, date_diff('day', doc_date, DATE '2026-01-31') AS age_days FROM advances(DATE '2026-01-31') WHERE side = 'ap' AND date_diff('day', doc_date, DATE '2026-01-31') > 60 ORDER BY age_days DESC
SELECT * FROM atp('it_4', 10, NULL, DATE '2026-02-15')
SELECT item, sum(revenue_kzt) AS revenue, sum(cost_kzt) AS cost, round((sum(revenue_kzt) - sum(cost_kzt)) / nullif(sum(revenue_kzt), 0) * 100, 1) AS margin_pct FROM margin(DATE '2025-02-01', DATE '2026-01-31') GROUP BY item HAVING sum(revenue_kzt) < sum(cost_kzt) ORDER BY margin_pct
--= SELECT month_from FROM margin(DATE '2025-02-01', DATE '2026-01-31') WHERE revenue_kzt < booked_cost_kzt
SELECT d.number, d.doc_date, l.line_no, l.item_id, l.qty, l.price, l.sum_doc FROM doc_line l JOIN doc d ON d.doc_id = l.doc_id WHERE IFNULL(l.price, 0) = 0 ORDER BY d.doc_date DESC LIMIT 100
SELECT counterparty, exposure_kzt, limit_kzt, ROUND(exposure_kzt / NULLIF(limit_kzt, 0) * 100, 1) AS used_pct FROM exposure(DATE '2026-01-31') ORDER BY used_pct DESC NULLS LAST
