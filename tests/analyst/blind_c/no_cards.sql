SELECT counterparty, SUM(open_kzt) AS total, SUM(CASE WHEN days_late > 0 THEN open_kzt ELSE 0 END) AS overdue FROM ap_open(DATE '2026-01-31') GROUP BY counterparty ORDER BY total DESC
SELECT DATE_FORMAT(pay_date, '%Y-%m') AS ym, SUM(amount_kzt) AS total_kzt FROM pay WHERE channel = 'cash' GROUP BY ym ORDER BY ym
SELECT stage, count(*) AS deals, sum(amount_kzt) AS amount, sum(amount_kzt * probability / 100) AS weighted FROM deal WHERE stage_kind = 'process' GROUP BY ALL ORDER BY amount DESC
SELECT * FROM stock_on(DATE '2026-01-31') ORDER BY item, warehouse
SELECT * FROM fx_rate WHERE currency = 'USD' ORDER BY rate_date DESC LIMIT 1
SELECT counterparty, contract_id, exposure_kzt, limit_kzt, exposure_kzt * 100.0 / NULLIF(limit_kzt, 0) AS used_pct FROM exposure(DATE '2026-01-31') WHERE limit_kzt > 0 AND exposure_kzt >= limit_kzt * 0.8 ORDER BY used_pct DESC
SELECT counterparty, SUM(unused_kzt) AS advance_kzt FROM advances(DATE '2026-01-31') WHERE side = 'ap' GROUP BY counterparty ORDER BY advance_kzt DESC
SELECT DATE_FORMAT(doc_date, '%Y-%m') AS month, COUNT(*) AS cnt, SUM(sum_kzt) AS total, AVG(sum_kzt) AS avg_check FROM doc WHERE type = 'sale' GROUP BY DATE_FORMAT(doc_date, '%Y-%m') ORDER BY month
SELECT deal_id, title, company, owner, amount_kzt, close_date FROM deal WHERE stage_kind = 'won' AND (invoice_number IS NULL OR invoice_number = '') ORDER BY close_date DESC
SELECT * FROM backdated ORDER BY doc_date DESC
SELECT check_id, COUNT(*) AS sany, SUM(amount) AS somasy FROM finding GROUP BY check_id ORDER BY sany DESC
SELECT * FROM freshness
SELECT * FROM doc_inactive ORDER BY doc_date DESC
SELECT c.name, k.number, k.credit_limit_kzt FROM contract k JOIN cp c ON c.cp_id = k.cp_id WHERE k.credit_limit_kzt > 0 ORDER BY k.credit_limit_kzt DESC
SELECT i.name, s.qty, s.eta, s.warehouse_id FROM supply_plan(DATE '2026-01-31') s JOIN item i ON i.item_id = s.item_id ORDER BY s.eta
SELECT c.name AS supplier, COUNT(*) AS docs, SUM(d.sum_kzt) AS total_kzt FROM doc d JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'purchase' AND EXTRACT(YEAR FROM d.doc_date) = 2025 GROUP BY c.name ORDER BY total_kzt DESC LIMIT 20
SELECT knp, COUNT(*) AS cnt, SUM(amount) AS total FROM bank_line WHERE direction = 'in' AND value_date BETWEEN '2026-01-01' AND '2026-01-31' GROUP BY knp ORDER BY total DESC
SELECT TOP 100 * FROM bank_rec WHERE status = 'unmatched_book' ORDER BY doc_date DESC
SELECT TOP 20 counterparty, SUM(open_kzt) AS overdue_90, MAX(days_late) AS max_days FROM ar_open(DATE '2026-01-31') WHERE days_late > 90 GROUP BY counterparty ORDER BY overdue_90 DESC
SELECT owner, COUNT(*) AS mamile_sany, SUM(amount_kzt) AS somasy FROM deal WHERE created_at >= '2026-01-01' AND created_at < '2026-02-01' GROUP BY owner ORDER BY mamile_sany DESC
