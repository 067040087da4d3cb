SELECT counterparty, sum(open_kzt) AS debt, max(days_late) AS oldest FROM ar_open(DATE '2026-01-31') WHERE days_late > 0 AND NOT is_intercompany GROUP BY counterparty ORDER BY debt DESC LIMIT 10
SELECT d.number, d.date, d.amount, c.name FROM doc d JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'sale' ORDER BY d.amount DESC LIMIT 10
--= SELECT d.number, d.doc_date, d.sum_kzt, c.name FROM doc d JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'sale' ORDER BY d.sum_kzt DESC LIMIT 10
SELECT month_from, revenue_kzt - booked_cost_kzt AS profit FROM margin(DATE '2025-01-01', DATE '2025-12-31') WHERE is_closed ORDER BY month_from
SELECT counterparty, sum(net_kzt) AS revenue FROM sales_in(DATE '2025-10-01', DATE '2025-12-31') WHERE NOT is_intercompany GROUP BY 1 ORDER BY 2 DESC LIMIT 10
SELECT c.name, a.total_debt, a.overdue FROM cp c JOIN ageing(DATE '2026-01-31') a ON a.cp_id = c.cp_id WHERE a.overdue > 0 ORDER BY a.overdue DESC
--= SELECT c.name, a.open_kzt, a.overdue_kzt FROM cp c JOIN ageing(DATE '2026-01-31') a ON a.cp_id = c.cp_id WHERE a.overdue_kzt > 0 ORDER BY a.overdue_kzt DESC
SELECT bank_name, iban, balance FROM cash_position(DATE '2026-01-31') WHERE currency = 'KZT'
--= SELECT bank, iban, bank_balance FROM cash_position(DATE '2026-01-31') WHERE currency = 'KZT'
SELECT sum(amount_kzt) AS paid_total, count(*) AS payments FROM pay WHERE type = 'pay_out' AND counterparty ILIKE '%Образец-Бетон%' AND date BETWEEN '2025-10-01' AND '2025-12-31'
--= SELECT sum(amount_kzt) AS paid_total, count(*) AS payments FROM pay WHERE type = 'pay_out' AND counterparty ILIKE '%Образец-Бетон%' AND pay_date BETWEEN '2025-10-01' AND '2025-12-31'
SELECT payment_date, amount_kzt, purpose FROM pay WHERE counterparty ILIKE '%кровля%' AND direction = 'in' ORDER BY payment_date DESC LIMIT 5
--= SELECT pay_date, amount_kzt, purpose FROM pay WHERE counterparty ILIKE '%кровля%' AND direction = 'in' ORDER BY pay_date DESC LIMIT 5
SELECT o.name, sum(a.open_kzt) AS ar FROM org o LEFT JOIN ar_open(DATE '2026-01-31') a ON a.org_id = o.org_id AND NOT a.is_intercompany GROUP BY o.org_id ORDER BY ar DESC
--= SELECT o.name, sum(a.open_kzt) AS ar FROM org o LEFT JOIN ar_open(DATE '2026-01-31') a ON a.org_id = o.org_id AND NOT a.is_intercompany GROUP BY o.org_id, o.name ORDER BY ar DESC
SELECT s.item_id, i.name, s.change_kzt, s.price_kzt, s.volume_kzt FROM sales_shift(DATE '2025-10-01', DATE '2025-12-31', 'prev') s JOIN item i USING (item_id) ORDER BY abs(s.change_kzt) DESC LIMIT 10
SELECT item, available FROM stock_available(DATE '2026-01-31') WHERE item ILIKE '%арматура%' AND available > 0
SELECT item, available FROM stock_available WHERE available < 0
--= SELECT item, available FROM stock_available(DATE '2026-01-31') WHERE available < 0
SELECT item_name, eta, quantity FROM supply_plan(DATE '2026-01-31') WHERE is_counted ORDER BY eta
--= SELECT i.name, s.eta, s.qty FROM supply_plan(DATE '2026-01-31') s JOIN item i ON i.item_id = s.item_id WHERE s.is_counted ORDER BY s.eta
SELECT order_number, counterparty, quantity, ship_date FROM stock_reserve(DATE '2026-01-31') ORDER BY ship_date
--= SELECT number, counterparty, qty, ship_date FROM stock_reserve(DATE '2026-01-31') ORDER BY ship_date
SELECT counterparty, limit, exposure FROM exposure(DATE '2026-01-31') WHERE limit_state <> 'ok'
--= SELECT counterparty, limit_kzt, exposure_kzt FROM exposure(DATE '2026-01-31') WHERE limit_state <> 'ok'
SELECT day, exposure_kzt FROM exposure_days(DATE '2026-01-31') WHERE cp_id = 'cp_12' AND is_breach
SELECT manager, count(*) AS clients FROM account_manager(DATE '2026-01-31') GROUP BY manager
SELECT m.manager, sum(a.open_kzt) AS debt FROM ageing(DATE '2026-01-31') a JOIN account_manager(DATE '2026-01-31') m ON m.cp_id = a.cp_id GROUP BY m.manager ORDER BY debt DESC
SELECT sum(prepaid_kzt) / nullif(sum(gross_kzt), 0) AS prepaid_share FROM credit_sales(DATE '2025-01-01', DATE '2025-12-31')
SELECT title, counterparty, close_date FROM deal_chain(DATE '2026-01-31') WHERE gap = 'won_no_invoice'
SELECT deal.title, cp.name, deal.amount FROM deal LEFT JOIN cp ON deal.customer_id = cp.cp_id WHERE deal.stage = 'Переговоры'
--= SELECT deal.title, cp.name, deal.amount FROM deal LEFT JOIN cp ON deal.cp_id = cp.cp_id WHERE deal.stage = 'Переговоры'
SELECT type, number, doc_date, difference_kzt FROM changes_since WHERE in_closed_period ORDER BY abs(difference_kzt) DESC
SELECT count(*) FROM backdated WHERE late_days > 10
SELECT account, debit_kzt - credit_kzt AS balance FROM gl_balance WHERE account IN ('1030', '1010')
SELECT debit, credit FROM gl WHERE account = '1210' AND date >= '2026-01-01'
--= SELECT CASE line_side WHEN 'dr' THEN amount_kzt END AS debit, CASE line_side WHEN 'cr' THEN amount_kzt END AS credit FROM gl WHERE account = '1210' AND dt >= '2026-01-01'
SELECT window_from, receivables_kzt / credit_sales_kzt * 90 AS dso FROM dso(DATE '2026-01-31')
--= SELECT window_from, receivables_kzt / credit_sales_kzt * 90 AS dso FROM dso(DATE '2026-01-31', 90)
SELECT number, contract_date, c.name FROM contract JOIN cp c USING (cp_id) WHERE contract.number ILIKE '%15%'
SELECT sum(CASE WHEN paid_by = 'bank' THEN paid_doc END) FROM invoice_status('272', DATE '2026-01-31') WHERE currency = 'KZT'
SELECT клиент, сумма_долга, дней_просрочки FROM ar_open(DATE '2026-01-31') WHERE дней_просрочки > 0
--= SELECT counterparty, open_kzt, days_late FROM ar_open(DATE '2026-01-31') WHERE days_late > 0
SELECT поставщик, sum(сумма) FROM pay WHERE вид = 'pay_out' GROUP BY поставщик
--= SELECT counterparty, sum(amount_kzt) FROM pay WHERE type = 'pay_out' GROUP BY counterparty
SELECT сделка, сумма, менеджер FROM сделки WHERE этап = 'Переговоры'
--= SELECT title, amount, owner FROM deal WHERE stage = 'Переговоры'
SELECT invoice_date, customer, invoice_amount FROM doc WHERE type = 'invoice_out' AND invoice_date >= '2026-01-01'
--= SELECT d.doc_date, c.name, d.sum_kzt FROM doc d LEFT JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'invoice_out' AND d.doc_date >= '2026-01-01'
SELECT bucket, round(sum(open_kzt) / 1e6, 1) AS mln FROM ar_open('2026-01-31') WHERE is_intercompany = FALSE GROUP BY bucket
--= SELECT bucket, round(sum(open_kzt) / 1e6, 1) AS mln FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY bucket
SELECT a.counterparty, a.open_kzt, b.open_kzt AS we_owe FROM ageing('2026-01-31') AS a INNER JOIN ap_ageing('2026-01-31') AS b ON a.cp_id = b.cp_id
--= SELECT a.counterparty, a.open_kzt, b.open_kzt AS we_owe FROM ageing(DATE '2026-01-31') AS a INNER JOIN ap_ageing(DATE '2026-01-31') AS b ON a.cp_id = b.cp_id
SELECT DATE_PART('month', pay_date) AS m, SUM(amount) FROM payments WHERE type = 'pay_in' AND DATE_PART('year', pay_date) = 2025 GROUP BY m ORDER BY m
--= SELECT DATE_PART('month', pay_date) AS m, SUM(amount_kzt) FROM pay WHERE type = 'pay_in' AND DATE_PART('year', pay_date) = 2025 GROUP BY m ORDER BY m
SELECT counterparty, advances_amount FROM ageing(DATE '2026-01-31') WHERE advances_amount > 0
--= SELECT counterparty, advances_kzt FROM ageing(DATE '2026-01-31') WHERE advances_kzt > 0
SELECT vendor_name, invoice_no, due_date, balance_due FROM payables('2026-01-31') WHERE due_date <= '2026-02-07'
--= SELECT counterparty, number, due_date, open_kzt FROM ap_open(DATE '2026-01-31') WHERE due_date <= '2026-02-07'
SELECT operation_date, amount, direction, counterparty FROM bank_transactions WHERE operation_date >= '2026-01-25'
--= SELECT value_date, amount, direction, cp_name FROM bank_line WHERE value_date >= '2026-01-25'
SELECT finding.check_id, count(*) FROM finding GROUP BY check_id ORDER BY 2 DESC
SELECT last_updated FROM freshness WHERE source = 'onec'
--= SELECT last_ok_at FROM freshness WHERE source = 'onec'
