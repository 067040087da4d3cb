SELECT counterparty, SUM(open_kzt) AS debt FROM `analyst.ar_open`(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY 1 ORDER BY 2 DESC LIMIT 10
--= SELECT counterparty, SUM(open_kzt) AS debt FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY 1 ORDER BY 2 DESC LIMIT 10
SELECT FORMAT_DATE('%Y-%m', pay_date) AS month, SUM(amount_kzt) AS paid FROM pay WHERE type = 'pay_out' GROUP BY month ORDER BY month
--= SELECT strftime(pay_date, '%Y-%m') AS month, SUM(amount_kzt) AS paid FROM pay WHERE type = 'pay_out' GROUP BY month ORDER BY month
SELECT DATE_TRUNC(doc_date, MONTH) AS month, COUNTIF(type = 'sale') AS sales, COUNTIF(type = 'sale_return') AS returns FROM doc GROUP BY month ORDER BY month
--= SELECT date_trunc('month', doc_date)::DATE AS month, count_if(type = 'sale') AS sales, count_if(type = 'sale_return') AS returns FROM doc GROUP BY month ORDER BY month
SELECT counterparty, SAFE_DIVIDE(overdue_kzt, open_kzt) AS share FROM ageing(DATE '2026-01-31') WHERE open_kzt > 0 ORDER BY share DESC LIMIT 10
--= SELECT counterparty, overdue_kzt / nullif(open_kzt, 0) AS share FROM ageing(DATE '2026-01-31') WHERE open_kzt > 0 ORDER BY share DESC LIMIT 10
SELECT DATE_DIFF(due_date, doc_date, DAY) AS days_to_pay, COUNT(*) AS n FROM doc WHERE type = 'sale' GROUP BY 1 ORDER BY 2 DESC
--= SELECT date_diff('day', doc_date, due_date) AS days_to_pay, COUNT(*) AS n FROM doc WHERE type = 'sale' GROUP BY 1 ORDER BY 2 DESC
SELECT * EXCEPT (name_norm, full_name) FROM cp WHERE kind = 'foreign'
SELECT number, SAFE_CAST(number_short AS INT64) AS n FROM doc WHERE type = 'invoice_out' ORDER BY n DESC LIMIT 5
--= SELECT number, TRY_CAST(number_short AS BIGINT) AS n FROM doc WHERE type = 'invoice_out' ORDER BY n DESC LIMIT 5
SELECT counterparty, ARRAY_AGG(number ORDER BY due_date LIMIT 3) AS oldest FROM ar_open(DATE '2026-01-31') WHERE days_late > 0 GROUP BY counterparty
--= SELECT counterparty, array_agg(number ORDER BY due_date)[1:3] AS oldest FROM ar_open(DATE '2026-01-31') WHERE days_late > 0 GROUP BY counterparty
SELECT IFF(is_stale, 'stale', 'fresh') AS state, COUNT(*) FROM cash_position('2026-01-31') GROUP BY 1
--= SELECT CASE WHEN is_stale THEN 'stale' ELSE 'fresh' END AS state, COUNT(*) FROM cash_position(DATE '2026-01-31') GROUP BY 1
SELECT counterparty, amount_kzt, pay_date FROM pay WHERE type = 'pay_in' QUALIFY ROW_NUMBER() OVER (PARTITION BY cp_id ORDER BY pay_date DESC) = 1
SELECT TO_VARCHAR(doc_date, 'YYYY-MM') AS m, SUM(net_kzt) AS revenue FROM TABLE(sales_in('2025-07-01'::DATE, '2025-12-31'::DATE)) GROUP BY m
--= SELECT strftime(doc_date, '%Y-%m') AS m, SUM(net_kzt) AS revenue FROM sales_in(DATE '2025-07-01', DATE '2025-12-31') GROUP BY m
SELECT DATEADD('day', -90, '2026-01-31'::DATE) AS since
--= SELECT DATE '2025-11-02' AS since
SELECT ZEROIFNULL(SUM(unused_kzt)) AS advances FROM advances(DATE '2026-01-31') WHERE side = 'ar' AND kind = 'advance' AND NOT is_intercompany
--= SELECT coalesce(SUM(unused_kzt), 0) AS advances FROM advances(DATE '2026-01-31') WHERE side = 'ar' AND kind = 'advance' AND NOT is_intercompany
SELECT MONTH(pay_date) AS m, SUM(amount_kzt)::NUMBER(18,2) AS paid FROM pay WHERE direction = 'out' AND type = 'pay_out' GROUP BY 1
--= SELECT MONTH(pay_date) AS m, SUM(amount_kzt)::DECIMAL(18,2) AS paid FROM pay WHERE direction = 'out' AND type = 'pay_out' GROUP BY 1
SELECT NVL(counterparty, '—') AS who, LISTAGG(number, ', ') WITHIN GROUP (ORDER BY number) AS docs FROM ap_open(DATE '2026-01-31') WHERE days_late > 60 GROUP BY 1
--= SELECT coalesce(counterparty, '—') AS who, string_agg(number, ', ' ORDER BY number) AS docs FROM ap_open(DATE '2026-01-31') WHERE days_late > 60 GROUP BY 1
SELECT TRUNC(pay_date, 'MM') AS m, SUM(amount_kzt) FROM pay WHERE type = 'pay_in' GROUP BY TRUNC(pay_date, 'MM') ORDER BY 1
--= SELECT date_trunc('month', pay_date)::DATE AS m, SUM(amount_kzt) FROM pay WHERE type = 'pay_in' GROUP BY 1 ORDER BY 1
SELECT DECODE(direction, 'in', 'приход', 'out', 'расход') AS dir, COUNT(*) FROM bank_line GROUP BY DECODE(direction, 'in', 'приход', 'out', 'расход')
--= SELECT CASE direction WHEN 'in' THEN 'приход' WHEN 'out' THEN 'расход' END AS dir, COUNT(*) FROM bank_line GROUP BY 1
SELECT cp_id FROM pay WHERE type = 'pay_in' MINUS SELECT cp_id FROM ageing(DATE '2026-01-31')
--= SELECT cp_id FROM pay WHERE type = 'pay_in' EXCEPT SELECT cp_id FROM ageing(DATE '2026-01-31')
SELECT ADD_MONTHS(DATE '2026-01-31', -1) AS prev_month
--= SELECT DATE '2025-12-31' AS prev_month
SELECT toStartOfMonth(pay_date) AS m, sumIf(amount_kzt, type = 'pay_in') AS inflow, sumIf(amount_kzt, type = 'pay_out') AS outflow FROM pay GROUP BY m ORDER BY m
--= SELECT date_trunc('month', pay_date)::DATE AS m, coalesce(sum(amount_kzt) FILTER (WHERE type = 'pay_in'), 0) AS inflow, coalesce(sum(amount_kzt) FILTER (WHERE type = 'pay_out'), 0) AS outflow FROM pay GROUP BY m ORDER BY m
SELECT контрагент, сумма, дата FROM pay WHERE type = 'pay_in' ORDER BY дата DESC LIMIT 10
--= SELECT counterparty, amount_kzt, pay_date FROM pay WHERE type = 'pay_in' ORDER BY pay_date DESC LIMIT 10
SELECT покупатель AS клиент, задолженность, просрочено FROM ageing(DATE '2026-01-31') ORDER BY задолженность DESC LIMIT 10
--= SELECT counterparty AS клиент, open_kzt, overdue_kzt FROM ageing(DATE '2026-01-31') ORDER BY open_kzt DESC LIMIT 10
SELECT номенклатура, склад, остаток, ед_изм FROM stock_now WHERE остаток > 0
--= SELECT item, warehouse, on_hand, unit FROM stock_now WHERE on_hand > 0
SELECT * FROM контрагенты WHERE наименование ILIKE '%ромашка%'
--= SELECT * FROM cp WHERE name ILIKE '%ромашка%'
SELECT SUM(сумма) FROM оплаты WHERE тип = 'pay_out' AND дата BETWEEN '01.10.2025' AND '31.12.2025'
--= SELECT SUM(amount_kzt) FROM pay WHERE type = 'pay_out' AND pay_date BETWEEN '2025-10-01' AND '2025-12-31'
SELECT ответственный, этап, COUNT(*) FROM pipeline(DATE '2026-01-31') GROUP BY ответственный, этап
--= SELECT owner, stage, COUNT(*) FROM pipeline(DATE '2026-01-31') GROUP BY owner, stage
SELECT customer_name, invoice_number, invoice_date, due_date, outstanding_amount FROM ar_open(DATE '2026-01-31') WHERE days_past_due > 0 ORDER BY outstanding_amount DESC
--= SELECT counterparty, number, doc_date, due_date, open_kzt FROM ar_open(DATE '2026-01-31') WHERE days_late > 0 ORDER BY open_kzt DESC
SELECT customer_id, customer_name, total_outstanding, bucket_1_30, bucket_31_60 FROM ar_aging(DATE '2026-01-31')
--= SELECT cp_id, counterparty, open_kzt, d1_30_kzt, d31_60_kzt FROM ageing(DATE '2026-01-31')
SELECT payment_date, payment_number, amount, payer FROM payments WHERE direction = 'in' AND payment_date >= '2026-01-01' ORDER BY payment_date
--= SELECT pay_date, number, amount_kzt, counterparty FROM pay WHERE direction = 'in' AND pay_date >= '2026-01-01' ORDER BY pay_date
SELECT product_name, SUM(quantity) AS sold, SUM(revenue) AS revenue FROM sales(DATE '2025-10-01', DATE '2025-12-31') GROUP BY product_name
--= SELECT i.name AS product_name, SUM(s.qty) AS sold, SUM(s.net_kzt) AS revenue FROM sales_in(DATE '2025-10-01', DATE '2025-12-31') s JOIN item i ON i.item_id = s.item_id GROUP BY i.name
SELECT counterparty_name, sum(amount) FROM transactions WHERE type = 'pay_in' GROUP BY counterparty_name
--= SELECT counterparty, sum(amount_kzt) FROM pay WHERE type = 'pay_in' GROUP BY counterparty
SELECT transaction_date, debit, credit, balance FROM bank_statements WHERE bank_account_id = 'ba_1'
--= SELECT first_day, last_day, total_in, total_out, closing FROM bank_stmt WHERE bank_account_id = 'ba_1'
SELECT deal_name, deal_amount, expected_close_date, responsible FROM pipeline(DATE '2026-01-31') WHERE probability >= 50
--= SELECT title, amount_kzt, close_date, owner FROM pipeline(DATE '2026-01-31') WHERE probability >= 50
SELECT org_name, SUM(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY org_name
--= SELECT o.name AS org_name, SUM(a.open_kzt) FROM ar_open(DATE '2026-01-31') a JOIN org o ON o.org_id = a.org_id WHERE NOT a.is_intercompany GROUP BY o.name
SELECT product, available_qty, reserved_qty FROM stock_available WHERE product ILIKE '%арматура%'
--= SELECT item, available, reserved FROM stock_available(DATE '2026-01-31') WHERE item ILIKE '%арматура%'
SELECT COUNT(DISTINCT customer_id) AS buyers, AVG(total_amount) AS avg_check FROM doc WHERE doc_type = 'sale' AND document_date >= '2025-01-01'
--= SELECT COUNT(DISTINCT cp_id) AS buyers, AVG(sum_kzt) AS avg_check FROM doc WHERE type = 'sale' AND doc_date >= '2025-01-01'
SELECT month, SUM(sales) FROM margin(DATE '2025-01-01', DATE '2025-12-31') GROUP BY month
--= SELECT month_from, SUM(revenue_kzt) FROM margin(DATE '2025-01-01', DATE '2025-12-31') GROUP BY month_from
SELECT vat_rate, SUM(tax_amount) FROM vat_lines(DATE '2025-10-01', DATE '2025-12-31') WHERE currency = 'KZT' GROUP BY vat_rate
--= SELECT vat_rate, SUM(vat_doc) FROM vat_lines(DATE '2025-10-01', DATE '2025-12-31') WHERE currency = 'KZT' GROUP BY vat_rate
SELECT * FROM cash_forecast WHERE horizon = 30
--= SELECT * FROM cash_in_daily(DATE '2026-01-31', 30)
SELECT supplier, SUM(amount) AS purchases FROM purchases WHERE doc_date >= '2025-01-01' GROUP BY supplier
--= SELECT c.name, SUM(d.sum_kzt) AS purchases FROM doc d JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'purchase' AND d.doc_date >= '2025-01-01' GROUP BY c.name
SELECT d.title, d.amount_kzt, c.paid_kzt FROM deal d JOIN deal_chain(DATE '2026-01-31') c ON c.deal_id = d.deal_id WHERE c.shipped_kzt > COALESCE(c.paid_kzt, 0)
SELECT counterparty, expected_on, open_kzt FROM cash_in(DATE '2026-01-31') WHERE expected_on BETWEEN DATE '2026-02-01' AND DATE '2026-02-07' AND NOT is_doubtful ORDER BY expected_on
SELECT item, ready_on, arrives_on, reason FROM atp('item_3', 5, 'Алматы', DATE '2026-01-31')
--= SELECT warehouse, ready_on, arrives_on, reason FROM atp('item_3', 5, 'Алматы', DATE '2026-01-31')
