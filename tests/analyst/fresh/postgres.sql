SELECT counterparty, SUM(open_kzt)::numeric(18,2) AS total_debt, SUM(open_kzt) FILTER (WHERE days_late > 0) AS overdue FROM ar_open('2026-01-31'::date) WHERE NOT is_intercompany GROUP BY counterparty ORDER BY total_debt DESC LIMIT 10
SELECT bucket, COUNT(*) AS invoices, SUM(open_kzt) AS amount FROM ar_open(DATE '2026-01-31') WHERE is_intercompany IS FALSE GROUP BY bucket ORDER BY MIN(days_late)
SELECT a.cp_id, a.counterparty, a.open_kzt - COALESCE(b.open_kzt, 0) AS delta FROM ageing(DATE '2026-01-31') a LEFT JOIN ageing(DATE '2026-01-01') b USING (cp_id) ORDER BY delta DESC LIMIT 10
SELECT counterparty, days_overdue, open_kzt FROM ar_open('2026-01-31') WHERE days_overdue > 60 ORDER BY days_overdue DESC
--= SELECT counterparty, days_late, open_kzt FROM ar_open(DATE '2026-01-31') WHERE days_late > 60 ORDER BY days_late DESC
SELECT to_char(doc_date, 'YYYY-MM') AS month, SUM(net_kzt) AS revenue FROM sales_in('2025-01-01', '2025-12-31') WHERE NOT is_intercompany GROUP BY 1 ORDER BY 1
--= SELECT strftime(doc_date, '%Y-%m') AS month, SUM(net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') WHERE NOT is_intercompany GROUP BY 1 ORDER BY 1
SELECT date_trunc('quarter', doc_date)::date AS q, SUM(gross_kzt) FROM sales_in(DATE '2024-01-01', DATE '2025-12-31') WHERE is_intercompany = false GROUP BY q ORDER BY q
SELECT name, bin_iin, kind FROM cp WHERE name ILIKE '%бетон%' ORDER BY name
SELECT p.pay_date, p.number, p.amount_kzt, p.channel FROM pay p JOIN cp c ON c.cp_id = p.cp_id WHERE c.name ILIKE '%Образец-Бетон%' AND p.type = 'pay_out' AND p.pay_date BETWEEN '2025-10-01' AND '2025-12-31' ORDER BY p.pay_date
SELECT SUM(amount_kzt) FILTER (WHERE type = 'pay_out') AS paid, SUM(amount_kzt) FILTER (WHERE type = 'refund_in') AS refunds FROM pay WHERE counterparty ILIKE '%Образец-Бетон%' AND pay_date >= '2025-10-01' AND pay_date < '2026-01-01'
SELECT doc_number, doc_type, status, sum_doc, paid_doc, last_paid_on FROM invoice_status('234', DATE '2026-01-31') WHERE EXTRACT(YEAR FROM doc_date) = 2025
SELECT * FROM invoice_status('234') ORDER BY doc_date DESC
--= SELECT * FROM invoice_status('234', DATE '2026-01-31') ORDER BY doc_date DESC
SELECT iban, bank, currency, bank_balance, book_balance, difference FROM cash_position(CURRENT_DATE) ORDER BY bank_balance DESC
--= SELECT iban, bank, currency, bank_balance, book_balance, difference FROM cash_position(DATE '2026-01-31') ORDER BY bank_balance DESC
SELECT currency, SUM(bank_balance) AS total FROM cash_position('2026-01-31') GROUP BY currency
--= SELECT currency, SUM(bank_balance) AS total FROM cash_position(DATE '2026-01-31') GROUP BY currency
SELECT date_trunc('week', day) AS wk, SUM(expected_kzt) AS inflow FROM cash_in_daily(DATE '2026-01-31', 30) GROUP BY wk ORDER BY wk
SELECT category, SUM(in_kzt - out_kzt) AS net FROM cash_move('2025-10-01', '2025-12-31') WHERE is_flow GROUP BY category ORDER BY ABS(SUM(in_kzt - out_kzt)) DESC
--= SELECT category, SUM(in_kzt - out_kzt) AS net FROM cash_move(DATE '2025-10-01', DATE '2025-12-31') WHERE is_flow GROUP BY category ORDER BY ABS(SUM(in_kzt - out_kzt)) DESC
WITH cur AS (SELECT category, SUM(out_kzt) AS out_kzt FROM cash_move(DATE '2025-10-01', DATE '2025-12-31') WHERE is_flow GROUP BY category), prev AS (SELECT category, SUM(out_kzt) AS out_kzt FROM cash_move(DATE '2025-07-01', DATE '2025-09-30') WHERE is_flow GROUP BY category) SELECT category, cur.out_kzt, prev.out_kzt AS before FROM cur FULL OUTER JOIN prev USING (category)
SELECT i.name, SUM(s.qty) AS qty, SUM(s.net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') s JOIN item i ON i.item_id = s.item_id WHERE NOT s.is_intercompany GROUP BY i.item_id ORDER BY revenue DESC LIMIT 15
--= SELECT i.name, SUM(s.qty) AS qty, SUM(s.net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') s JOIN item i ON i.item_id = s.item_id WHERE NOT s.is_intercompany GROUP BY i.item_id, i.name ORDER BY revenue DESC LIMIT 15
SELECT counterparty, contract, exposure_kzt, limit_kzt, exposure_kzt - limit_kzt AS excess FROM exposure(DATE '2026-01-31') WHERE limit_state = 'broken' ORDER BY excess DESC
--! never
SELECT counterparty, exposure_kzt, credit_limit FROM exposure(DATE '2026-01-31') WHERE credit_limit IS NOT NULL AND exposure_kzt > credit_limit
--= SELECT counterparty, exposure_kzt, limit_kzt FROM exposure(DATE '2026-01-31') WHERE limit_kzt IS NOT NULL AND exposure_kzt > limit_kzt
SELECT item, warehouse, available, reserved, incoming FROM stock_available(DATE '2026-01-31') WHERE item ILIKE '%A500C%'
SELECT item_name, warehouse_name, quantity FROM stock_now WHERE quantity > 0 ORDER BY quantity DESC
--= SELECT item, warehouse, on_hand FROM stock_now WHERE on_hand > 0 ORDER BY on_hand DESC
SELECT status, COUNT(*), SUM(amount) FROM bank_rec WHERE direction = 'in' AND value_date >= DATE '2026-01-01' GROUP BY status
--! mixed_currencies
SELECT r.value_date, r.amount, r.purpose FROM bank_rec r JOIN bank_account b ON b.bank_account_id = r.bank_account_id WHERE b.currency = 'KZT' AND r.status = 'unmatched_bank' ORDER BY r.value_date DESC LIMIT 50
SELECT dt, doc_id, debit_kzt, credit_kzt FROM party_moves(DATE '2025-10-01', DATE '2025-12-31') WHERE cp_id = 'cp_12' ORDER BY dt
SELECT gap, COUNT(*) AS deals, SUM(amount_kzt) AS total FROM deal_chain(DATE '2026-01-31') WHERE stage_kind = 'won' AND gap IS NOT NULL GROUP BY gap ORDER BY total DESC
SELECT owner, COUNT(*) FILTER (WHERE stage_kind = 'won')::numeric / NULLIF(COUNT(*) FILTER (WHERE stage_kind IN ('won', 'lost')), 0) AS win_rate FROM deal WHERE close_date BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY owner
SELECT title, AGE(DATE '2026-01-31', moved_at) AS stuck FROM deal WHERE stage_kind = 'process' AND moved_at < DATE '2026-01-31' - INTERVAL '60 days' ORDER BY moved_at
SELECT EXTRACT(DAY FROM (close_date - begin_date)) AS cycle_days, title FROM deal WHERE stage_kind = 'won' LIMIT 20
--= SELECT close_date - begin_date AS cycle_days, title FROM deal WHERE stage_kind = 'won' LIMIT 20
SELECT number, doc_date, counterparty, sum_kzt FROM doc WHERE type = 'sale' AND doc_date >= '2026-01-01' ORDER BY sum_kzt DESC LIMIT 20
--= SELECT d.number, d.doc_date, c.name AS counterparty, d.sum_kzt FROM doc d JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'sale' AND d.doc_date >= '2026-01-01' ORDER BY d.sum_kzt DESC LIMIT 20
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY days_late) AS median_days, AVG(days_late) AS mean_days FROM paid_items(DATE '2025-01-01', DATE '2025-12-31') WHERE settles_sale
SELECT generate_series('2025-10-01'::date, '2025-12-01'::date, '1 month'::interval) AS month_start
--= SELECT unnest([DATE '2025-10-01', DATE '2025-11-01', DATE '2025-12-01']) AS month_start
SELECT string_agg(DISTINCT currency, ', ' ORDER BY currency) FROM contract
SELECT initcap(kind) AS kind, COUNT(*) FROM cp GROUP BY 1
--= SELECT upper(left(kind, 1)) || substr(kind, 2) AS kind, COUNT(*) FROM cp GROUP BY 1
SELECT c.name, MAX(p.pay_date) AS last_payment FROM customers c JOIN pay p ON p.cp_id = c.cp_id AND p.type = 'pay_in' GROUP BY c.name HAVING MAX(p.pay_date) < '2025-07-01'
--= SELECT c.name, MAX(p.pay_date) AS last_payment FROM cp c JOIN pay p ON p.cp_id = c.cp_id AND p.type = 'pay_in' GROUP BY c.name HAVING MAX(p.pay_date) < '2025-07-01'
SELECT SUM(debit_kzt - credit_kzt) AS balance FROM gl_balance WHERE account LIKE '12%'
SELECT account_code, SUM(amount) FROM gl WHERE line_side = 'dr' AND dt BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY account_code
--= SELECT account, SUM(amount_kzt) FROM gl WHERE line_side = 'dr' AND dt BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY account
SELECT to_char(SUM(open_kzt), 'FM999G999G999D00') AS debt FROM ageing(DATE '2026-01-31')
--= SELECT SUM(open_kzt)::VARCHAR AS debt FROM ageing(DATE '2026-01-31')
SELECT counterparty, next_payment FROM (SELECT counterparty, MIN(due_date) AS next_payment FROM ap_open(DATE '2026-01-31') WHERE due_date >= DATE '2026-01-31' GROUP BY counterparty) x ORDER BY next_payment
SELECT source, last_sync, status FROM freshness
--= SELECT source, last_ok_at, status FROM freshness
SELECT * FROM unmatched_bank
--= SELECT * FROM bank_rec WHERE status = 'unmatched_bank'
SELECT side, counterparty, items - ledger AS diff FROM control_gl(DATE '2026-01-31') WHERE items <> ledger
SELECT rate FROM fx_rates WHERE currency = 'USD' AND date <= '2026-01-31' ORDER BY date DESC LIMIT 1
--= SELECT rate FROM fx_rate WHERE currency = 'USD' AND rate_date <= '2026-01-31' ORDER BY rate_date DESC LIMIT 1
SELECT d.number, l.qty, l.price, i.name FROM doc_lines l INNER JOIN doc d ON d.doc_id = l.doc_id INNER JOIN items i ON i.item_id = l.item_id WHERE d.type = 'purchase' AND d.doc_date > '2025-12-01'
--= SELECT d.number, l.qty, l.price, i.name FROM doc_line l INNER JOIN doc d ON d.doc_id = l.doc_id INNER JOIN item i ON i.item_id = l.item_id WHERE d.type = 'purchase' AND d.doc_date > '2025-12-01'
SELECT (SELECT SUM(open_kzt) FROM ageing(DATE '2026-01-31')) AS ar, (SELECT SUM(open_kzt) FROM ap_ageing(DATE '2026-01-31')) AS ap
