SELECT method, count(*), sum(amount_kzt) FROM settlement WHERE side = 'ar' GROUP BY method
SELECT s.eff_date, s.amount_doc, d.number FROM settlement s JOIN doc d ON d.doc_id = s.credit_doc_id WHERE s.debit_doc_id = (SELECT doc_id FROM doc WHERE number_short = '272' AND type = 'sale' LIMIT 1)
SELECT c.name, avg(p.days_late) AS mean_late FROM paid_items(DATE '2025-01-01', DATE '2025-12-31') p JOIN cp c ON c.cp_id = p.cp_id GROUP BY c.name ORDER BY mean_late DESC LIMIT 10
SELECT cp_id, sum(amount_kzt * days_late) / sum(amount_kzt) AS weighted FROM paid_items(DATE '2025-10-01', DATE '2025-12-31') GROUP BY cp_id
SELECT count(*) FILTER (WHERE days_late > 0) AS late, count(*) AS all_items FROM paid_items(DATE '2025-10-01', DATE '2025-12-31')
SELECT debit_doc_id, sum(amount_doc) AS settled FROM settlement WHERE side = 'ar' AND eff_date <= DATE '2026-01-31' GROUP BY debit_doc_id LIMIT 10
SELECT sum(amount_kzt) FROM settlement WHERE method = 'writeoff'
SELECT doc_type, sum(amount_doc) FROM debit_item WHERE side = 'ap' AND currency = 'KZT' GROUP BY doc_type
SELECT doc_type, count(*) FROM credit_item GROUP BY doc_type
SELECT d.number, d.doc_date, sum(s.amount_kzt) AS paid FROM doc d JOIN settlement s ON s.debit_doc_id = d.doc_id WHERE d.type = 'sale' AND d.cp_id = 'cp_12' GROUP BY d.number, d.doc_date ORDER BY d.doc_date
SELECT eff_date, amount_kzt FROM settlement WHERE cp_id = 'cp_12' AND side = 'ar' AND eff_date BETWEEN '2025-10-01' AND '2025-12-31'
SELECT method, evidence, count(*) FROM settlement GROUP BY 1, 2 ORDER BY 3 DESC
SELECT payment_id, amount_kzt FROM settlement LIMIT 5
--= SELECT credit_doc_id, amount_kzt FROM settlement LIMIT 5
SELECT settlement_date, amount_kzt FROM settlement WHERE side = 'ar' LIMIT 5
--= SELECT eff_date, amount_kzt FROM settlement WHERE side = 'ar' LIMIT 5
SELECT cp_id, DATE_PART('month', eff_date) AS m, SUM(amount_kzt) FROM settlement WHERE side='ar' AND method IN ('explicit','contract_fifo') GROUP BY cp_id, m LIMIT 20
SELECT cp_id, quantile_cont(days_late, 0.5) AS median_late FROM paid_items(DATE '2025-01-01', DATE '2025-12-31') GROUP BY cp_id
SELECT cp_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_late) AS p50 FROM paid_items(DATE '2025-01-01', DATE '2025-12-31') GROUP BY cp_id
SELECT credit_doc_id, array_agg(debit_doc_id) FROM settlement WHERE side = 'ar' GROUP BY credit_doc_id LIMIT 5
