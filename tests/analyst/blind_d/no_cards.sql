SELECT * FROM ar_open(DATE '2026-01-31')
SELECT * FROM warehouse ORDER BY name
SELECT COUNT(*) AS counterparties FROM cp
SELECT * FROM stock_now LIMIT 50
SELECT * FROM `bank_account`
SELECT date, currency, rate FROM fx_rate WHERE currency = 'USD' AND date >= '2026-01-01' AND date < '2026-02-01' ORDER BY date
SELECT TOP 10 cp_name, SUM(open_amount) AS debt FROM ar_open('2026-01-31') GROUP BY cp_name ORDER BY debt DESC
SELECT cp_id, SUM(open_kzt) AS owed FROM ap_open(DATE '2026-01-31') GROUP BY 1 ORDER BY owed DESC NULLS LAST LIMIT 10
SELECT stage, COUNT(*) AS deals, SUM(amount) AS total FROM deal GROUP BY stage ORDER BY deals DESC
with sales as ( select date_trunc('month', date) as month, amount from sale_line where date >= '2025-01-01' and date < '2026-01-01' ) select month, sum(amount) as revenue from sales group by month order by month
--= SELECT date_trunc('month', doc_date) AS month, sum(net_kzt) AS revenue FROM sale_line WHERE doc_date >= '2025-01-01' AND doc_date < '2026-01-01' GROUP BY 1
SELECT * FROM margin(DATE '2025-12-01', DATE '2025-12-31') LIMIT 100
SELECT status, COUNT(*) AS cnt FROM esf GROUP BY status ORDER BY cnt DESC
SELECT * FROM freshness
SELECT * FROM gl_balance(DATE '2026-01-31') ORDER BY account
--= SELECT * FROM gl_balance WHERE as_of = DATE '2026-01-31' ORDER BY account
SELECT id, cp_id, number, date_from, date_to FROM contract WHERE date_to BETWEEN '2026-01-01' AND '2026-03-31' ORDER BY date_to
--= SELECT contract_id, cp_id, number, contract_date, terms FROM contract
SELECT * FROM cash_desk
FROM finding LIMIT 100
SELECT type, COUNT(*) AS n FROM doc WHERE date BETWEEN '2026-01-01' AND '2026-01-31' GROUP BY type ORDER BY n DESC
SELECT id, name, unit FROM item WHERE name ILIKE '%цемент%' ORDER BY name
SELECT * FROM cash_in_daily WHERE date >= DATEADD(day, -30, CURRENT_DATE) ORDER BY date
SELECT id, name, bin FROM org
SELECT * FROM backdated WHERE date >= DATE '2026-01-01' ORDER BY date DESC FETCH FIRST 50 ROWS ONLY
SELECT AVG(days_late) AS avg_days_late, COUNT(*) AS items FROM paid_items WHERE paid_date BETWEEN DATE '2025-01-01' AND DATE '2026-01-31'
with lt as ( select * from lead_time ) select * from lt order by days desc limit 20
SELECT s.item_id, i.name, s.qty FROM stock_now s JOIN item i ON i.id = s.item_id WHERE s.qty < 0 ORDER BY s.qty
