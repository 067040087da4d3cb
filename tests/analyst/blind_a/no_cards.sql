SELECT counterparty, sum(amount_open::numeric) AS debt FROM ar_open(DATE '2026-01-31') GROUP BY counterparty ORDER BY debt DESC LIMIT 10
--= SELECT counterparty, sum(open_kzt::numeric) AS debt FROM ar_open(DATE '2026-01-31') GROUP BY counterparty ORDER BY debt DESC LIMIT 10
SELECT date, currency, rate FROM fx_rate WHERE currency = 'USD' AND date >= DATE '2026-01-31' - INTERVAL '30 days' ORDER BY date DESC
--= SELECT rate_date AS date, currency, rate FROM fx_rate WHERE currency = 'USD' AND rate_date >= DATE '2026-01-31' - INTERVAL '30 days' ORDER BY rate_date DESC
SELECT DATE_TRUNC('month', date) AS month, AVG(rate) AS avg_rate, MIN(rate) AS min_rate, MAX(rate) AS max_rate FROM fx_rate WHERE currency = 'EUR' AND date BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' GROUP BY 1 ORDER BY 1
--= SELECT DATE_TRUNC('month', rate_date) AS month, AVG(rate) AS avg_rate, MIN(rate) AS min_rate, MAX(rate) AS max_rate FROM fx_rate WHERE currency = 'EUR' AND rate_date BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' GROUP BY 1 ORDER BY 1
SELECT COUNT(*) AS total, SUM(CASE WHEN ISNULL(bin, '') = '' THEN 1 ELSE 0 END) AS without_bin FROM cp
--= SELECT COUNT(*) AS total, SUM(CASE WHEN coalesce(bin_iin, '') = '' THEN 1 ELSE 0 END) AS without_bin FROM cp
SELECT id, name, bin FROM cp WHERE bin IS NOT NULL AND NOT bin_ok(bin) ORDER BY name
--= SELECT cp_id AS id, name, bin_iin AS bin FROM cp WHERE bin_iin IS NOT NULL AND NOT bin_ok(bin_iin) ORDER BY name
SELECT * FROM cash_position(DATE '2026-01-31')
SELECT warehouse, item, quantity FROM stock_now WHERE quantity > 0 ORDER BY warehouse, item
--= SELECT warehouse, item, on_hand AS quantity FROM stock_now WHERE on_hand > 0 ORDER BY warehouse, item
SELECT stage, COUNT(*) AS deals, SUM(amount) AS total FROM pipeline(DATE '2026-01-31') GROUP BY stage ORDER BY total DESC
SELECT * FROM ap_ageing(DATE '2026-01-31') WHERE total > 5000000 ORDER BY total DESC FETCH FIRST 50 ROWS ONLY
--= SELECT * FROM ap_ageing(DATE '2026-01-31') WHERE open_kzt > 5000000 ORDER BY open_kzt DESC FETCH FIRST 50 ROWS ONLY
SELECT TOP 50 * FROM finding ORDER BY severity DESC
--= SELECT * FROM finding ORDER BY amount DESC LIMIT 50
SELECT check_name, COUNT(*) AS cnt, SUM(difference) AS diff_sum FROM finding GROUP BY check_name ORDER BY cnt DESC
--= SELECT check_id AS check_name, COUNT(*) AS cnt, SUM(amount) AS diff_sum FROM finding GROUP BY check_id ORDER BY cnt DESC
SELECT * FROM freshness ORDER BY source
SELECT month, SUM(revenue) AS revenue, SUM(cost) AS cost, SUM(revenue) - SUM(cost) AS margin, ROUND((SUM(revenue) - SUM(cost)) / NULLIF(SUM(revenue), 0) * 100, 1) AS margin_pct FROM margin('2025-01-01', '2025-12-31') GROUP BY month ORDER BY month
--= SELECT month_from, SUM(revenue_kzt), SUM(booked_cost_kzt), SUM(revenue_kzt - booked_cost_kzt), ROUND(SUM(revenue_kzt - booked_cost_kzt) / NULLIF(SUM(revenue_kzt), 0) * 100, 1) FROM margin(DATE '2025-01-01', DATE '2025-12-31') GROUP BY month_from
SELECT item, SUM(amount) AS revenue, SUM(quantity) AS qty FROM sales_in(DATE '2026-01-01', DATE '2026-01-31') GROUP BY item ORDER BY revenue DESC LIMIT 20
--= SELECT i.name, SUM(s.net_kzt) AS revenue, SUM(s.qty) AS qty FROM sales_in(DATE '2026-01-01', DATE '2026-01-31') s JOIN item i USING (item_id) GROUP BY i.name
WITH s AS ( SELECT manager, DATE_TRUNC('month', date) AS m, amount FROM sales_in(DATE '2025-12-01', DATE '2026-01-31') ) SELECT manager, SUM(CASE WHEN m = DATE '2025-12-01' THEN amount END) AS dec_2025, SUM(CASE WHEN m = DATE '2026-01-01' THEN amount END) AS jan_2026 FROM s GROUP BY manager ORDER BY jan_2026 DESC NULLS LAST
--= SELECT m.manager, SUM(s.net_kzt) FILTER (WHERE s.doc_date < '2026-01-01'), SUM(s.net_kzt) FILTER (WHERE s.doc_date >= '2026-01-01') FROM sales_in(DATE '2025-12-01', DATE '2026-01-31') s LEFT JOIN account_manager(DATE '2026-01-31') m USING (cp_id) GROUP BY m.manager
SELECT status, count(*) AS n, sum(amount) AS amount FROM deal WHERE closed_at >= date_trunc('quarter', DATE '2026-01-31') - interval '3 months' AND closed_at < date_trunc('quarter', DATE '2026-01-31') GROUP BY status
--= SELECT stage_kind, count(*) AS n, sum(amount) AS amount FROM deal WHERE close_date BETWEEN DATE '2025-10-01' AND DATE '2025-12-31' GROUP BY stage_kind
SELECT * FROM advances(DATE '2026-01-31') WHERE side = 'customer' ORDER BY amount DESC
--! never
SELECT account, sum(debit) - sum(credit) AS balance FROM gl WHERE account IN ('1210', '3310') AND date <= '2026-01-31'::date GROUP BY account
--= SELECT account, sum(amount_kzt) FILTER (WHERE line_side = 'dr') - sum(amount_kzt) FILTER (WHERE line_side = 'cr') AS balance FROM gl WHERE account IN ('1210', '3310') AND dt <= '2026-01-31' GROUP BY account
SELECT * FROM backdated WHERE doc_date >= DATEADD(month, -1, '2026-01-31') ORDER BY doc_date
--= SELECT * FROM backdated WHERE doc_date >= DATE '2025-12-31'
SELECT date, SUM(amount) AS received FROM pay WHERE direction = 'in' AND date BETWEEN '2026-01-01' AND '2026-01-31' GROUP BY date ORDER BY date
--= SELECT pay_date AS date, SUM(amount_kzt) AS received FROM pay WHERE direction = 'in' AND pay_date BETWEEN '2026-01-01' AND '2026-01-31' GROUP BY pay_date ORDER BY pay_date
SELECT status, COUNT(*) AS cnt FROM esf_rec WHERE status <> 'matched' GROUP BY status ORDER BY cnt DESC
SELECT status, count(*) AS саны FROM esf GROUP BY status ORDER BY саны DESC
WITH a AS ( SELECT CASE WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 0 THEN 'not due' WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 30 THEN '1-30' WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 60 THEN '31-60' WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 90 THEN '61-90' ELSE '91+' END AS bucket, amount FROM ar_open(DATE '2026-01-31') ) SELECT bucket, SUM(amount) AS amount, ROUND(100 * SUM(amount) / SUM(SUM(amount)) OVER (), 1) AS pct FROM a GROUP BY bucket ORDER BY bucket
--= WITH a AS ( SELECT CASE WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 0 THEN 'not due' WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 30 THEN '1-30' WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 60 THEN '31-60' WHEN DATE_DIFF('day', due_date, DATE '2026-01-31') <= 90 THEN '61-90' ELSE '91+' END AS bucket, open_kzt AS amount FROM ar_open(DATE '2026-01-31') ) SELECT bucket, SUM(amount) AS amount, ROUND(100 * SUM(amount) / SUM(SUM(amount)) OVER (), 1) AS pct FROM a GROUP BY bucket ORDER BY bucket
SELECT d::date AS month_end, x.* FROM generate_series(DATE '2025-08-31', DATE '2026-01-31', INTERVAL '1 month') AS g(d), LATERAL dso(d::date, 90) AS x
--= SELECT d, (SELECT window_from FROM dso(g.d, 90)), (SELECT receivables_kzt FROM dso(g.d, 90)), (SELECT not_due_kzt FROM dso(g.d, 90)), (SELECT credit_sales_kzt FROM dso(g.d, 90)), (SELECT sales_days FROM dso(g.d, 90)), (SELECT best_days FROM dso(g.d, 90)), (SELECT reason FROM dso(g.d, 90)) FROM (SELECT unnest([DATE '2025-08-31', DATE '2025-09-30', DATE '2025-10-30', DATE '2025-11-30', DATE '2025-12-30', DATE '2026-01-30']) AS d) AS g
SELECT counterparty, contract, credit_limit, exposure, exposure - credit_limit AS over_limit FROM exposure('2026-01-31') WHERE exposure > credit_limit ORDER BY over_limit DESC
--= SELECT counterparty, contract, limit_kzt AS credit_limit, exposure_kzt AS exposure, exposure_kzt - limit_kzt AS over_limit FROM exposure(DATE '2026-01-31') WHERE exposure_kzt > limit_kzt ORDER BY over_limit DESC
SELECT o.counterparty, SUM(o.amount) AS overdue, COUNT(DISTINCT p.deal_id) AS open_deals FROM ar_open(DATE '2026-01-31') o JOIN pipeline(DATE '2026-01-31') p ON p.counterparty_id = o.counterparty_id WHERE o.due_date < DATE_SUB(DATE '2026-01-31', INTERVAL 90 DAY) GROUP BY o.counterparty ORDER BY overdue DESC
--= SELECT o.counterparty, SUM(o.open_kzt) AS overdue, COUNT(DISTINCT p.deal_id) AS open_deals FROM ar_open(DATE '2026-01-31') o JOIN pipeline(DATE '2026-01-31') p USING (cp_id) WHERE o.due_date < DATE '2025-11-02' GROUP BY o.counterparty
SELECT * FROM warehouse
SELECT o.name AS org, b.iban, b.currency, b.bank FROM org o LEFT JOIN bank_account b ON b.org_id = o.id ORDER BY o.name
--= SELECT o.name AS org, b.iban, b.currency, b.bank FROM org o LEFT JOIN bank_account b ON b.org_id = o.org_id ORDER BY o.name
SELECT item, SUM(quantity) AS reserved FROM stock_reserve(DATE '2026-01-31') GROUP BY item HAVING SUM(quantity) > 0 ORDER BY reserved DESC
--= SELECT i.name, SUM(r.qty) AS reserved FROM stock_reserve(DATE '2026-01-31') r JOIN item i USING (item_id) GROUP BY i.name HAVING SUM(r.qty) > 0
SELECT * FROM intercompany_balance('2026-01-31'::date)
SELECT SUM(total) AS ar, SUM(overdue) AS overdue, CAST(100.0 * SUM(overdue) / SUM(total) AS DECIMAL(5,2)) AS overdue_pct FROM ageing('2026-01-31')
--= SELECT SUM(open_kzt) AS ar, SUM(overdue_kzt) AS overdue, CAST(100.0 * SUM(overdue_kzt) / SUM(open_kzt) AS DECIMAL(5,2)) AS overdue_pct FROM ageing(DATE '2026-01-31')
SELECT category, sum(amount) FILTER (WHERE direction = 'in') AS money_in, sum(amount) FILTER (WHERE direction = 'out') AS money_out, sum(CASE WHEN direction = 'in' THEN amount ELSE -amount END) AS net FROM cash_move('2026-01-01', '2026-01-31') GROUP BY category ORDER BY abs(sum(CASE WHEN direction = 'in' THEN amount ELSE -amount END)) DESC
--= SELECT category, sum(nullif(in_kzt, 0)) AS money_in, sum(nullif(out_kzt, 0)) AS money_out, sum(in_kzt - out_kzt) AS net FROM cash_move(DATE '2026-01-01', DATE '2026-01-31') GROUP BY category
SELECT direction, SUM(vat) AS vat, SUM(amount) AS base FROM vat_lines(DATE '2025-10-01', DATE '2025-12-31') GROUP BY direction
--= SELECT if(type IN ('sale', 'sale_return'), 'out', 'in') AS direction, SUM(vat_doc), SUM(sum_doc) FROM vat_lines(DATE '2025-10-01', DATE '2025-12-31') GROUP BY 1
SELECT DATE_TRUNC('week', expected_date) AS week_start, SUM(amount) AS expected FROM cash_in(DATE '2026-01-31') GROUP BY week_start ORDER BY week_start
--= SELECT DATE_TRUNC('week', expected_on) AS week_start, SUM(open_kzt) AS expected FROM cash_in(DATE '2026-01-31') GROUP BY week_start ORDER BY week_start
