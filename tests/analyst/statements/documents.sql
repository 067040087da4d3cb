SELECT type, count(*) FROM doc GROUP BY type ORDER BY 2 DESC
SELECT * FROM doc WHERE number_short = '234'
SELECT doc_id, type, number, doc_date, sum_doc, currency FROM doc WHERE number LIKE '%234'
SELECT doc_type, doc_number, status, paid_doc, open_doc FROM invoice_status('234', DATE '2026-01-31')
SELECT * FROM invoice_status('234', '2026-01-31')
--= SELECT * FROM invoice_status('234', DATE '2026-01-31')
SELECT number, doc_date, sum_kzt FROM doc WHERE type = 'invoice_out' AND doc_date >= DATE '2026-01-01' ORDER BY doc_date
SELECT doc_date, number, sum_doc FROM doc WHERE cp_id = 'cp_10' AND type IN ('sale', 'sale_return') ORDER BY doc_date
SELECT count(*) FROM doc WHERE is_late_entry
SELECT number, doc_date, first_synced_at FROM doc WHERE is_late_entry ORDER BY first_synced_at DESC
SELECT number, status, sum_kzt FROM doc_inactive
SELECT s.due_date, s.amount_doc FROM doc_schedule s JOIN doc d ON d.doc_id = s.doc_id WHERE d.number_short = '272' AND d.type = 'sale'
SELECT d.number, count(s.stage) AS stages FROM doc d JOIN doc_schedule s ON s.doc_id = d.doc_id GROUP BY d.number HAVING count(s.stage) > 1
SELECT d.number, b.number AS base FROM doc d JOIN doc b ON b.doc_id = d.base_doc_id WHERE d.type = 'sale' LIMIT 20
SELECT due_source, count(*) FROM doc WHERE type = 'sale' GROUP BY due_source
SELECT doc_date, number, sum_kzt FROM doc WHERE type = 'writeoff' ORDER BY doc_date
SELECT o.name, d.type, count(*) FROM doc d JOIN org o USING (org_id) WHERE year(d.doc_date) = 2025 GROUP BY ALL ORDER BY ALL
SELECT номер, дата, сумма FROM doc WHERE type = 'sale' LIMIT 10
--= SELECT number, doc_date, sum_kzt FROM doc WHERE type = 'sale' LIMIT 10
SELECT doc_type, count(*) FROM doc GROUP BY doc_type
--= SELECT type, count(*) FROM doc GROUP BY type
SELECT number, date, sum_kzt FROM doc WHERE type = 'sale' ORDER BY date DESC LIMIT 10
--= SELECT number, doc_date, sum_kzt FROM doc WHERE type = 'sale' ORDER BY doc_date DESC LIMIT 10
SELECT number, doc_date, amount_kzt FROM doc WHERE type = 'purchase' AND doc_date > '2026-01-01'
--= SELECT number, doc_date, sum_kzt FROM doc WHERE type = 'purchase' AND doc_date > '2026-01-01'
SELECT * FROM documents WHERE type = 'sale' LIMIT 5
--= SELECT * FROM doc WHERE type = 'sale' LIMIT 5
SELECT * FROM invoices WHERE number = '234'
--= SELECT * FROM doc WHERE number = '234'
SELECT * FROM doc WHERE doc_date >= NOW() - INTERVAL 30 DAY
--! clock
SELECT * FROM doc ORDER BY doc_date DESC OFFSET 10 ROWS FETCH NEXT 10 ROWS ONLY
SELECT number, doc_date FROM doc WHERE type = 'sale' ORDER BY doc_date DESC LIMIT 5 OFFSET 5
SELECT number, doc_date FROM doc WHERE type = 'sale' LIMIT 5, 5
--= SELECT number, doc_date FROM doc WHERE type = 'sale' LIMIT 5 OFFSET 5
SELECT number, CAST(doc_date AS VARCHAR) AS d, sum_kzt::text FROM doc WHERE type = 'offset'
SELECT number FROM doc WHERE doc_date::text LIKE '2026-01%' AND type = 'sale'
SELECT number FROM doc WHERE doc_date LIKE '2026-01%' AND type = 'sale'
--= SELECT number FROM doc WHERE doc_date::VARCHAR LIKE '2026-01%' AND type = 'sale'
SELECT d.number, c.name FROM doc d, cp c WHERE d.cp_id = c.cp_id AND d.type = 'sale_return'
SELECT number, CONCAT(type, ' №', number, ' от ', doc_date) AS title FROM doc LIMIT 5
SELECT currency, count(*), sum(sum_doc) FROM doc WHERE type = 'sale' GROUP BY currency
SELECT number, age(DATE '2026-01-31', due_date) AS overdue FROM doc WHERE type = 'sale' AND due_date < '2026-01-31' LIMIT 10
SELECT STRING_AGG(number, ', ') FROM doc WHERE type = 'writeoff'
SELECT GROUP_CONCAT(number SEPARATOR ', ') FROM doc WHERE type = 'offset'
--= SELECT string_agg(number, ', ') FROM doc WHERE type = 'offset'
SELECT number FROM doc WHERE comment IS NOT NULL LIMIT 5
