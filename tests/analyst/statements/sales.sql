SELECT sum(net_kzt) FROM sales_in(DATE '2025-10-01', DATE '2025-12-31') WHERE NOT is_intercompany
SELECT counterparty, sum(net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') WHERE NOT is_intercompany GROUP BY counterparty ORDER BY revenue DESC LIMIT 10
SELECT date_trunc('month', doc_date) AS month, sum(net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') WHERE NOT is_intercompany GROUP BY 1 ORDER BY 1
SELECT i.name, sum(s.qty) AS qty, sum(s.net_kzt) AS net FROM sales_in(DATE '2025-10-01', DATE '2025-12-31') s JOIN item i ON i.item_id = s.item_id GROUP BY i.name ORDER BY net DESC
SELECT type, sum(gross_kzt) FROM sales_in(DATE '2026-01-01', DATE '2026-01-31') GROUP BY type
--! own_entities
SELECT year(doc_date) AS y, sum(net_kzt) FROM sales_in(DATE '2023-01-01', DATE '2025-12-31') WHERE NOT is_intercompany GROUP BY y ORDER BY y
SELECT counterparty, -sum(net_kzt) AS returned FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') WHERE type = 'sale_return' GROUP BY counterparty
WITH m AS (SELECT date_trunc('month', doc_date) AS month, sum(net_kzt) AS net FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') WHERE NOT is_intercompany GROUP BY 1) SELECT month, net, net - lag(net) OVER (ORDER BY month) AS change FROM m ORDER BY month
SELECT cp_id, counterparty, max(doc_date) AS last_sale FROM sales_in(DATE '2024-01-01', DATE '2026-01-31') WHERE type = 'sale' GROUP BY cp_id, counterparty HAVING max(doc_date) < DATE '2025-07-31'
SELECT month_from, revenue_kzt, booked_cost_kzt, is_closed FROM margin(DATE '2025-01-01', DATE '2025-12-31') ORDER BY month_from
SELECT count(*) AS sales, avg(sum_kzt)::DECIMAL(18,2) AS average_check FROM doc WHERE type = 'sale' AND doc_date >= DATE '2025-01-01'
SELECT doc_date, number, sum_kzt FROM doc WHERE type = 'sale' AND doc_date BETWEEN '2026-01-01' AND '2026-01-31' ORDER BY sum_kzt DESC LIMIT 10
SELECT c.name, COUNT(*) AS deals, SUM(d.sum_kzt) AS total FROM doc d JOIN cp c ON d.cp_id = c.cp_id WHERE d.type = 'sale' AND YEAR(d.doc_date) = 2025 AND NOT c.is_intercompany GROUP BY c.name ORDER BY total DESC LIMIT 10
SELECT i.name, l.qty, l.price FROM doc_line l JOIN doc d ON d.doc_id = l.doc_id JOIN item i ON i.item_id = l.item_id WHERE d.number_short = '234' AND d.type = 'sale'
SELECT i.name AS товар, SUM(l.qty) AS количество FROM doc_line l JOIN doc d USING (doc_id) JOIN item i USING (item_id) WHERE d.type = 'sale' AND d.doc_date >= '2025-12-01' GROUP BY товар ORDER BY количество DESC
SELECT sum(revenue_kzt) FROM sales_in(DATE '2025-10-01', DATE '2025-12-31')
--= SELECT sum(net_kzt) FROM sales_in(DATE '2025-10-01', DATE '2025-12-31')
SELECT customer_name, SUM(net_kzt) FROM sales_in(DATE '2025-10-01', DATE '2025-12-31') GROUP BY customer_name
--= SELECT counterparty, SUM(net_kzt) FROM sales_in(DATE '2025-10-01', DATE '2025-12-31') GROUP BY counterparty
SELECT counterparty, SUM(net_kzt) FROM sales(DATE '2025-10-01', DATE '2025-12-31') GROUP BY counterparty
--= SELECT counterparty, SUM(net_kzt) FROM sales_in(DATE '2025-10-01', DATE '2025-12-31') GROUP BY counterparty
SELECT counterparty, SUM(net_kzt) FROM sales_in(DATE '2025-10-01') GROUP BY counterparty
--= SELECT counterparty, SUM(net_kzt) FROM sales_in(DATE '2025-10-01', DATE '2026-01-31') GROUP BY counterparty
SELECT DATE_TRUNC('quarter', doc_date) AS qtr, SUM(net_kzt) FROM sales_in('2024-01-01', '2025-12-31') GROUP BY 1 ORDER BY 1
--= SELECT DATE_TRUNC('quarter', doc_date) AS qtr, SUM(net_kzt) FROM sales_in(DATE '2024-01-01', DATE '2025-12-31') GROUP BY 1 ORDER BY 1
SELECT EXTRACT(DOW FROM doc_date) AS dow, SUM(net_kzt) FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') GROUP BY dow
--! own_entities
SELECT counterparty, SUM(net_kzt) AS total, RANK() OVER (ORDER BY SUM(net_kzt) DESC) AS place FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') GROUP BY counterparty
SELECT counterparty, net_kzt, ROUND(net_kzt / SUM(net_kzt) OVER () * 100, 1) AS share FROM (SELECT counterparty, SUM(net_kzt) AS net_kzt FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') GROUP BY counterparty) t ORDER BY net_kzt DESC
SELECT counterparty FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') EXCEPT SELECT counterparty FROM sales_in(DATE '2026-01-01', DATE '2026-01-31')
SELECT sum(gross_kzt - vat_kzt) AS net FROM sales_in(DATE '2025-10-01', DATE '2025-12-31')
--! own_entities
SELECT sum(credit_kzt) AS credit, sum(prepaid_kzt) AS prepaid FROM credit_sales(DATE '2025-10-01', DATE '2025-12-31')
SELECT * FROM dso(DATE '2026-01-31', 90)
SELECT month_from, counted_days FROM dso_months(DATE '2026-01-31') ORDER BY month_from DESC LIMIT 6
SELECT collected_kzt, possible_kzt, round(collected_kzt / possible_kzt * 100, 1) AS cei FROM collections(DATE '2025-10-01', DATE '2025-12-31')
