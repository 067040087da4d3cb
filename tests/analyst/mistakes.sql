-- mixed_kinds
SELECT sum(sum_kzt) FROM doc
SELECT cp_id, sum(sum_kzt) AS turnover FROM doc WHERE doc_date >= DATE '2025-01-01' GROUP BY cp_id ORDER BY 2 DESC
SELECT c.name, SUM(d.sum_kzt) FROM doc d JOIN cp c ON c.cp_id = d.cp_id WHERE YEAR(d.doc_date) = 2025 GROUP BY c.name
SELECT sum(amount_kzt) FROM pay WHERE pay_date BETWEEN DATE '2025-10-01' AND DATE '2025-12-31'
SELECT account, sum(amount_kzt) FROM gl GROUP BY account
SELECT sum(unused_kzt) FROM advances(DATE '2026-01-31') WHERE NOT is_intercompany
SELECT sum(amount_kzt) AS sold FROM deal WHERE close_date >= DATE '2025-01-01'
SELECT sum(sum_kzt) FROM esf WHERE turnover_date >= DATE '2025-10-01'
SELECT sum(book_kzt), sum(esf_kzt) FROM esf_rec
WITH t AS (SELECT cp_id, sum(sum_kzt) AS total FROM doc GROUP BY cp_id) SELECT * FROM t WHERE total > 1000000
-- requests_to_pay
SELECT sum(sum_kzt) AS revenue FROM doc WHERE type = 'invoice_out' AND doc_date >= DATE '2025-01-01'
SELECT sum(sum_kzt) AS debt FROM doc WHERE type IN ('sale', 'invoice_out')
SELECT cp_id, sum(sum_kzt) AS долг FROM doc WHERE type = 'invoice_out' AND due_date < DATE '2026-01-31' GROUP BY cp_id
-- inactive
SELECT sum(sum_kzt) FROM doc_inactive WHERE type = 'sale'
SELECT sum(sum_kzt) FROM (SELECT sum_kzt FROM doc WHERE type = 'sale' UNION ALL SELECT sum_kzt FROM doc_inactive WHERE type = 'sale') t
-- clock
SELECT sum(open_kzt) FROM ar_open(today()) WHERE NOT is_intercompany
SELECT count(*) FROM doc WHERE type = 'sale' AND due_date < today()
SELECT number FROM doc WHERE type = 'sale' AND doc_date > now()::DATE - 30
-- repeated
SELECT sum(d.sum_kzt) FROM doc d JOIN doc_line l ON l.doc_id = d.doc_id WHERE d.type = 'sale'
SELECT c.name, sum(d.sum_kzt) FROM doc d JOIN doc_line l USING (doc_id) JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'sale' GROUP BY c.name
SELECT sum(d.sum_kzt), sum(s.amount_kzt) FROM doc d LEFT JOIN settlement s ON s.debit_doc_id = d.doc_id WHERE d.type = 'sale'
SELECT a.counterparty, sum(a.open_kzt), sum(p.amount_kzt) FROM ageing(DATE '2026-01-31') a JOIN pay p ON p.cp_id = a.cp_id WHERE p.type = 'pay_in' GROUP BY a.counterparty
SELECT sum(d.amount_kzt) FROM deal d JOIN crm_invoice i ON i.deal_id = d.deal_id WHERE d.stage_kind = 'won'
SELECT c.name, sum(s.net_kzt) AS revenue, sum(a.open_kzt) AS debt FROM cp c JOIN sales_in(DATE '2025-01-01', DATE '2025-12-31') s ON s.cp_id = c.cp_id JOIN ar_open(DATE '2026-01-31') a ON a.cp_id = c.cp_id GROUP BY c.name
SELECT sum(d.sum_kzt) FROM doc d, doc_schedule s WHERE s.doc_id = d.doc_id AND d.type = 'purchase'
-- netted
SELECT counterparty, open_kzt - advances_kzt AS net_debt FROM ageing(DATE '2026-01-31')
SELECT sum(open_kzt - advances_kzt - credits_kzt) FROM ageing(DATE '2026-01-31')
SELECT (SELECT sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany) - (SELECT sum(unused_kzt) FROM advances(DATE '2026-01-31') WHERE side = 'ar') AS debt
-- mixed_currencies
SELECT sum(open_doc) FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany
SELECT counterparty, sum(amount_doc) FROM pay WHERE type = 'pay_out' GROUP BY counterparty
SELECT sum(sum_doc) FROM doc WHERE type = 'sale'
SELECT sum(bank_balance) FROM cash_position(DATE '2026-01-31')
SELECT sum(amount) FROM deal WHERE stage_kind = 'won'
SELECT value_date, sum(amount) FROM bank_line WHERE direction = 'in' GROUP BY value_date
-- mean_of_ratios
SELECT avg(overdue_kzt / open_kzt) FROM ageing(DATE '2026-01-31')
SELECT avg(probability) FROM deal WHERE stage_kind = 'process'
SELECT avg(100.0 * booked_cost_kzt / revenue_kzt) FROM margin(DATE '2025-01-01', DATE '2025-12-31')
-- standing
SELECT sum(t.open_kzt) FROM (SELECT open_kzt FROM ageing(DATE '2025-12-31') UNION ALL SELECT open_kzt FROM ageing(DATE '2026-01-31')) t
SELECT bank_account_id, sum(closing) FROM bank_stmt GROUP BY bank_account_id
SELECT sum(doubtful_kzt) FROM cash_in_daily(DATE '2026-01-31', 30)
-- twice_paid
SELECT (SELECT sum(amount) FROM bank_line WHERE direction = 'out' AND currency = 'KZT') + (SELECT sum(amount_kzt) FROM pay WHERE type = 'pay_out') AS paid
SELECT sum(x) FROM (SELECT amount AS x FROM bank_line WHERE direction = 'in' UNION ALL SELECT amount_kzt FROM pay WHERE direction = 'in') t
-- own_entities
SELECT sum(open_kzt) FROM ar_open(DATE '2026-01-31')
SELECT sum(net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31')
SELECT bucket, sum(open_kzt) FROM ap_open(DATE '2026-01-31') GROUP BY bucket
-- moments
SELECT count(*) FROM deal WHERE created_at BETWEEN '2026-01-01' AND '2026-01-31'
SELECT count(*) FROM doc WHERE type = 'sale' AND doc_time <= DATE '2026-01-31'
-- numbers_as_text
SELECT * FROM doc WHERE number = '234'
SELECT number FROM doc WHERE type = 'sale' AND number > '100'
SELECT number FROM doc WHERE number_short BETWEEN '9' AND '20'
-- later_payments
SELECT a.cp_id, a.open_kzt, p.paid FROM ageing(DATE '2025-06-30') a JOIN (SELECT cp_id, sum(amount_kzt) AS paid FROM pay WHERE type = 'pay_in' GROUP BY cp_id) p ON p.cp_id = a.cp_id
SELECT d.number, d.sum_doc - sum(s.amount_doc) AS open_doc FROM doc d JOIN settlement s ON s.debit_doc_id = d.doc_id WHERE d.type = 'sale' GROUP BY d.number, d.sum_doc
-- hoped
SELECT (SELECT sum(open_kzt) FROM cash_in(DATE '2026-01-31') WHERE NOT is_doubtful) + (SELECT sum(amount_kzt) FROM deal WHERE stage_kind = 'process') AS coming
SELECT sum(x) FROM (SELECT sum(expected_kzt) AS x FROM cash_in_daily(DATE '2026-01-31', 14) UNION ALL SELECT sum(weighted_kzt) FROM pipeline(DATE '2026-01-31')) t
-- by_hand
SELECT d.cp_id, sum(d.sum_kzt) - (SELECT sum(p.amount_kzt) FROM pay p WHERE p.cp_id = d.cp_id AND p.type = 'pay_in') AS owes FROM doc d WHERE d.type = 'sale' GROUP BY d.cp_id
-- unlike_goods
SELECT warehouse, sum(on_hand) FROM stock_now GROUP BY warehouse
SELECT sum(l.qty) FROM doc_line l JOIN doc d USING (doc_id) WHERE d.type = 'sale'
-- days_unknown
SELECT sum(open_kzt) FROM ar_open(DATE '2027-01-31') WHERE NOT is_intercompany
SELECT sum(net_kzt) FROM sales_in(DATE '2026-01-01', DATE '2026-12-31') WHERE NOT is_intercompany
SELECT sum(net_kzt) FROM sales_in(DATE '2025-12-31', DATE '2025-01-01') WHERE NOT is_intercompany
-- equal_amounts
SELECT sum(DISTINCT sum_kzt) FROM doc WHERE type = 'sale'
SELECT sum(v) FROM (SELECT sum_kzt AS v FROM doc WHERE type = 'sale' UNION SELECT sum_kzt FROM doc WHERE type = 'sale_return') t
-- first_rows
SELECT sum(open_kzt) FROM (SELECT open_kzt FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany LIMIT 100) t
-- rough_money
SELECT sum(sum_kzt::DOUBLE) FROM doc WHERE type = 'sale'
SELECT sum(CAST(sum_kzt AS INTEGER)) FROM doc WHERE type = 'sale'
SELECT sum(abs(sum_kzt::FLOAT)) FROM doc WHERE type = 'sale'
-- unlike_goods
SELECT sum(on_hand) FROM stock_on(DATE '2026-01-31')
SELECT warehouse_id, sum(available) FROM stock_available(DATE '2026-01-31') GROUP BY warehouse_id
SELECT sum(qty) FROM doc_line
-- never
SELECT * FROM advances(DATE '2026-01-31') WHERE side = 'customer' ORDER BY unused_kzt DESC
SELECT count(*) FROM deal WHERE stage_kind IN ('open', 'new')
SELECT number, sum_kzt FROM doc WHERE type = 'invoice' AND doc_date >= '2026-01-01'
SELECT counterparty, count(*) FILTER (WHERE limit_state = 'exceeded') AS over FROM exposure(DATE '2026-01-31') GROUP BY counterparty
-- weekdays
SELECT count(*) FROM doc WHERE type = 'sale' AND dayofweek(doc_date) IN (1, 7)
SELECT CASE weekday(pay_date) WHEN 0 THEN 'Mon' ELSE 'other' END AS d, count(*) FROM pay GROUP BY 1
SELECT extract(dayofweek FROM doc_date) AS d, count(*) FROM doc GROUP BY 1
-- entered_ahead
SELECT sum(amount_kzt) FROM pay WHERE type = 'pay_in' AND pay_date >= DATE '2026-01-01'
SELECT sum(CASE line_side WHEN 'dr' THEN amount_kzt ELSE -amount_kzt END) AS balance FROM gl WHERE account LIKE '1210%'
SELECT sum(net_kzt) AS revenue FROM sale_line WHERE NOT is_intercompany AND doc_date > DATE '2025-12-31'
SELECT cp_id, sum(sum_kzt) FROM doc WHERE type = 'sale' AND doc_date >= DATE '2026-01-01' GROUP BY cp_id
SELECT count(*), sum(sum_kzt) FROM doc WHERE type = 'pay_in'
