SELECT TOP 10 counterparty, SUM(open_kzt) AS debt FROM ar_open('2026-01-31') WHERE is_intercompany = 0 GROUP BY counterparty ORDER BY debt DESC
--= SELECT counterparty, SUM(open_kzt) AS debt FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY counterparty ORDER BY debt DESC LIMIT 10
SELECT TOP (5) [counterparty], [overdue_kzt] FROM [ageing]('20260131') ORDER BY [overdue_kzt] DESC
--= SELECT counterparty, overdue_kzt FROM ageing(DATE '2026-01-31') ORDER BY overdue_kzt DESC LIMIT 5
SELECT ISNULL(SUM(amount_kzt), 0) AS paid FROM pay WHERE type = 'pay_out' AND pay_date >= '2025-10-01' AND pay_date < DATEADD(month, 3, '2025-10-01')
--= SELECT coalesce(SUM(amount_kzt), 0) AS paid FROM pay WHERE type = 'pay_out' AND pay_date >= '2025-10-01' AND pay_date < '2026-01-01'
SELECT YEAR(pay_date) AS y, MONTH(pay_date) AS m, SUM(amount_kzt) AS received FROM pay WHERE direction = 'in' AND type = 'pay_in' GROUP BY YEAR(pay_date), MONTH(pay_date) ORDER BY y, m
SELECT CONVERT(VARCHAR(7), pay_date, 120) AS ym, SUM(amount_kzt) AS total FROM pay WHERE type = 'pay_in' GROUP BY CONVERT(VARCHAR(7), pay_date, 120) ORDER BY ym
--= SELECT strftime(pay_date, '%Y-%m') AS ym, SUM(amount_kzt) AS total FROM pay WHERE type = 'pay_in' GROUP BY 1 ORDER BY ym
SELECT FORMAT(doc_date, 'yyyy-MM') AS ym, SUM(net_kzt) AS revenue FROM sales_in('2025-01-01', '2025-12-31') WHERE is_intercompany = 0 GROUP BY FORMAT(doc_date, 'yyyy-MM')
--= SELECT strftime(doc_date, '%Y-%m') AS ym, SUM(net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') WHERE NOT is_intercompany GROUP BY 1
SELECT number, DATEDIFF(day, doc_date, due_date) AS terms FROM doc WHERE type = 'sale' AND due_source = 'contract'
--= SELECT number, date_diff('day', doc_date, due_date) AS terms FROM doc WHERE type = 'sale' AND due_source = 'contract'
SELECT counterparty, CASE WHEN days_late <= 0 THEN 'current' WHEN days_late <= 30 THEN '1-30' ELSE '30+' END AS aging, SUM(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY counterparty, CASE WHEN days_late <= 0 THEN 'current' WHEN days_late <= 30 THEN '1-30' ELSE '30+' END
SELECT i.name AS ItemName, s.on_hand FROM stock_now AS s INNER JOIN item AS i ON i.item_id = s.item_id WHERE s.on_hand < 0
SELECT name + ' (' + bin_iin + ')' AS label FROM cp WHERE kind = 'company'
--= SELECT name || ' (' || bin_iin || ')' AS label FROM cp WHERE kind = 'company'
SELECT IIF(days_late > 0, 'overdue', 'current') AS state, COUNT(*) AS n FROM ap_open('2026-01-31') GROUP BY IIF(days_late > 0, 'overdue', 'current')
--= SELECT CASE WHEN days_late > 0 THEN 'overdue' ELSE 'current' END AS state, COUNT(*) AS n FROM ap_open(DATE '2026-01-31') GROUP BY 1
SELECT d.number, d.doc_date, d.sum_kzt FROM dbo.doc d WHERE d.type = 'sale_return' AND d.doc_date > DATEADD(year, -1, '2026-01-31')
--= SELECT d.number, d.doc_date, d.sum_kzt FROM doc d WHERE d.type = 'sale_return' AND d.doc_date > DATE '2025-01-31'
SELECT c.name, x.last_date FROM cp c CROSS APPLY (SELECT MAX(p.pay_date) AS last_date FROM pay p WHERE p.cp_id = c.cp_id AND p.type = 'pay_out') x WHERE x.last_date IS NOT NULL
--= SELECT c.name, max(p.pay_date) AS last_date FROM cp c JOIN pay p ON p.cp_id = c.cp_id AND p.type = 'pay_out' GROUP BY c.cp_id, c.name
SELECT DATEPART(quarter, doc_date) AS q, SUM(net_kzt) FROM sales_in('2025-01-01', '2025-12-31') GROUP BY DATEPART(quarter, doc_date)
--= SELECT quarter(doc_date) AS q, SUM(net_kzt) FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') GROUP BY 1
SELECT STRING_AGG(number, ', ') WITHIN GROUP (ORDER BY doc_date) AS numbers FROM doc WHERE type = 'writeoff'
--= SELECT string_agg(number, ', ' ORDER BY doc_date) AS numbers FROM doc WHERE type = 'writeoff'
SELECT LEN(number) AS l, COUNT(*) FROM doc GROUP BY LEN(number)
SELECT CAST(SUM(open_kzt) AS MONEY) AS total FROM ageing(DATE '2026-01-31')
--= SELECT SUM(open_kzt)::DECIMAL(19,4) AS total FROM ageing(DATE '2026-01-31')
SELECT IFNULL(c.name, 'Без контрагента') AS client, SUM(d.sum_kzt) AS total FROM doc d LEFT JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'sale' AND YEAR(d.doc_date) = 2025 GROUP BY client ORDER BY total DESC LIMIT 0, 10
--= SELECT coalesce(c.name, 'Без контрагента') AS client, SUM(d.sum_kzt) AS total FROM doc d LEFT JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'sale' AND YEAR(d.doc_date) = 2025 GROUP BY client ORDER BY total DESC LIMIT 10
SELECT DATE_FORMAT(move_date, '%Y-%m') AS ym, SUM(IF(qty > 0, qty, 0)) AS came FROM stock_move GROUP BY ym ORDER BY ym
--= SELECT strftime(move_date, '%Y-%m') AS ym, SUM(if(qty > 0, qty, 0)) AS came FROM stock_move GROUP BY ym ORDER BY ym
SELECT GROUP_CONCAT(DISTINCT currency ORDER BY currency SEPARATOR '/') AS currencies FROM bank_account
--= SELECT string_agg(DISTINCT currency, '/' ORDER BY currency) AS currencies FROM bank_account
SELECT `name`, `bin_iin` FROM `cp` WHERE `bin_valid` = 0
SELECT counterparty, SUM(amount_kzt) total FROM pay WHERE type = "pay_out" AND pay_date BETWEEN "2025-01-01" AND "2025-12-31" GROUP BY counterparty ORDER BY total DESC LIMIT 5
--= SELECT counterparty, SUM(amount_kzt) total FROM pay WHERE type = 'pay_out' AND pay_date BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY counterparty ORDER BY total DESC LIMIT 5
SELECT STR_TO_DATE('31.01.2026', '%d.%m.%Y') AS d, LAST_DAY('2026-02-10') AS month_end
--= SELECT DATE '2026-01-31' AS d, DATE '2026-02-28' AS month_end
SELECT number, due_date FROM doc WHERE type = 'purchase' AND due_date BETWEEN CURDATE() AND DATE_ADD(CURDATE(), INTERVAL 14 DAY)
--= SELECT number, due_date FROM doc WHERE type = 'purchase' AND due_date BETWEEN current_date AND current_date + 14
SELECT TIMESTAMPDIFF(DAY, begin_date, close_date) AS days_open, title FROM deal WHERE stage_kind = 'won' ORDER BY days_open DESC LIMIT 5
--= SELECT date_diff('day', begin_date, close_date) AS days_open, title FROM deal WHERE stage_kind = 'won' ORDER BY days_open DESC LIMIT 5
SELECT value_date, amount FROM bank_line WHERE purpose REGEXP 'аренд' AND direction = 'out'
--= SELECT value_date, amount FROM bank_line WHERE regexp_matches(purpose, 'аренд') AND direction = 'out'
SELECT manager, SUM(amount_kzt) AS won FROM deals WHERE stage_kind = 'won' GROUP BY manager ORDER BY won DESC
--= SELECT owner, SUM(amount_kzt) AS won FROM deal WHERE stage_kind = 'won' GROUP BY owner ORDER BY won DESC
SELECT supplier_name, total_due FROM ap_ageing('2026-01-31') ORDER BY total_due DESC
--= SELECT counterparty, open_kzt FROM ap_ageing(DATE '2026-01-31') ORDER BY open_kzt DESC
SELECT vendor, SUM(outstanding) AS we_owe FROM ap_open(DATE '2026-01-31') WHERE due_date < '2026-01-31' GROUP BY vendor
--= SELECT counterparty, SUM(open_kzt) AS we_owe FROM ap_open(DATE '2026-01-31') WHERE due_date < '2026-01-31' GROUP BY counterparty
SELECT status, COUNT(*) AS cnt FROM invoice_status('234', GETDATE()) GROUP BY status
--= SELECT status, COUNT(*) AS cnt FROM invoice_status('234', DATE '2026-01-31') GROUP BY status
SELECT account_number, bank_name, currency FROM bank_accounts WHERE closed_on IS NULL
--= SELECT iban, bank, currency FROM bank_account WHERE closed_on IS NULL
SELECT c.name, k.number AS contract_no, k.credit_limit FROM contracts k JOIN cp c ON k.cp_id = c.cp_id WHERE k.credit_limit > 0
--= SELECT c.name, k.number AS contract_no, k.credit_limit_kzt FROM contract k JOIN cp c ON k.cp_id = c.cp_id WHERE k.credit_limit_kzt > 0
SELECT TOP 20 PERCENT counterparty, open_kzt FROM ageing(DATE '2026-01-31') ORDER BY open_kzt DESC
--= SELECT counterparty, open_kzt FROM ageing(DATE '2026-01-31') ORDER BY open_kzt DESC LIMIT 20%
SELECT doc_date, invoice_number, total FROM doc WHERE type = 'invoice_out' ORDER BY doc_date DESC LIMIT 10
--= SELECT doc_date, number, sum_kzt FROM doc WHERE type = 'invoice_out' ORDER BY doc_date DESC LIMIT 10
SELECT cp.name, SUM(open_kzt) FROM ar_open(DATE '2026-01-31') JOIN cp ON cp.cp_id = ar_open.cp_id GROUP BY cp.name
SELECT warehouse, item, on_hand FROM stock_on('2025-12-31') WHERE warehouse LIKE '%Алматы%'
--= SELECT warehouse, item, on_hand FROM stock_on(DATE '2025-12-31') WHERE warehouse LIKE '%Алматы%'
SELECT stage, COUNT(*) AS n, SUM(amount_kzt) AS pipeline_kzt FROM pipeline('2026-01-31') GROUP BY stage WITH ROLLUP
--= SELECT stage, COUNT(*) AS n, SUM(amount_kzt) AS pipeline_kzt FROM pipeline(DATE '2026-01-31') GROUP BY ROLLUP (stage)
SELECT counterparty, MAX(days_late) AS worst FROM ar_open(DATE '2026-01-31') GROUP BY counterparty HAVING MAX(days_late) > 90 ORDER BY worst DESC
SELECT SUM(CASE WHEN direction = 'in' THEN amount ELSE 0 END) AS came, SUM(CASE WHEN direction = 'out' THEN amount ELSE 0 END) AS went FROM bank_line WHERE currency = 'KZT' AND value_date BETWEEN '2026-01-01' AND '2026-01-31'
