SELECT a.counterparty, a.open_kzt, p.last_paid FROM ageing(DATE '2026-01-31') a LEFT JOIN (SELECT cp_id, max(pay_date) AS last_paid FROM pay WHERE type = 'pay_in' GROUP BY cp_id) p ON p.cp_id = a.cp_id ORDER BY a.open_kzt DESC LIMIT 10
SELECT s.counterparty, s.revenue, a.open_kzt FROM (SELECT cp_id, counterparty, sum(net_kzt) AS revenue FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') GROUP BY cp_id, counterparty) s JOIN ageing(DATE '2026-01-31') a ON a.cp_id = s.cp_id ORDER BY s.revenue DESC
WITH top AS (SELECT cp_id, SUM(net_kzt) AS r FROM sales_in(DATE '2025-01-01', DATE '2025-12-31') GROUP BY cp_id ORDER BY r DESC LIMIT 5) SELECT c.name, top.r FROM top JOIN cp c ON c.cp_id = top.cp_id
SELECT c.name, d.title, d.amount_kzt, a.overdue_kzt FROM deal d JOIN cp c ON c.cp_id = d.cp_id JOIN ageing(DATE '2026-01-31') a ON a.cp_id = d.cp_id WHERE d.stage_kind = 'process' AND a.overdue_kzt > 0
SELECT d AS day, (SELECT sum(open_kzt) FROM ageing(d)) AS debt FROM (VALUES (DATE '2025-10-31'), (DATE '2025-11-30'), (DATE '2025-12-31')) t(d)
--= SELECT d AS day, (SELECT sum(open_kzt) FROM ageing(t.d)) AS debt FROM (VALUES (DATE '2025-10-31'), (DATE '2025-11-30'), (DATE '2025-12-31')) t(d)
SELECT DATE '2025-11-30' AS day, sum(open_kzt) AS debt FROM ageing(DATE '2025-11-30') UNION ALL SELECT DATE '2025-12-31', sum(open_kzt) FROM ageing(DATE '2025-12-31') UNION ALL SELECT DATE '2026-01-31', sum(open_kzt) FROM ageing(DATE '2026-01-31')
SELECT m.month, (SELECT sum(open_kzt) FROM ar_open(m.month::date)) AS debt FROM (SELECT unnest(generate_series(DATE '2025-10-31', DATE '2026-01-31', INTERVAL 1 MONTH)) AS month) m
--= SELECT m.month, (SELECT sum(open_kzt) FROM ar_open(m.month::date)) AS debt FROM (SELECT unnest([DATE '2025-10-31', DATE '2025-11-30', DATE '2025-12-31', DATE '2026-01-31']) AS month) m
SELECT 'дебиторка' AS что, sum(open_kzt) AS сумма FROM ageing(DATE '2026-01-31') UNION ALL SELECT 'кредиторка', sum(open_kzt) FROM ap_ageing(DATE '2026-01-31')
SELECT (SELECT sum(open_kzt) FROM ageing(DATE '2026-01-31')) - (SELECT sum(open_kzt) FROM ap_ageing(DATE '2026-01-31')) AS net
PIVOT (SELECT counterparty, bucket, open_kzt FROM ar_open(DATE '2026-01-31')) ON bucket IN ('not_due', '1-30', '31-60', '61-90', '91+') USING sum(open_kzt) GROUP BY counterparty
FROM ar_open(DATE '2026-01-31') SELECT counterparty, sum(open_kzt) GROUP BY ALL ORDER BY 2 DESC LIMIT 5
SELECT counterparty, sum(open_kzt) AS "sum" FROM ar_open(DATE '2026-01-31') GROUP BY counterparty ORDER BY "sum" DESC NULLS LAST LIMIT 3
SELECT counterparty, to_char(sum(open_kzt), '999 999 999.99') AS debt FROM ar_open(DATE '2026-01-31') GROUP BY counterparty LIMIT 3
--= SELECT counterparty, sum(open_kzt)::VARCHAR AS debt FROM ar_open(DATE '2026-01-31') GROUP BY counterparty LIMIT 3
SELECT counterparty, format('{:,.2f}', sum(open_kzt)) AS debt FROM ar_open(DATE '2026-01-31') GROUP BY counterparty LIMIT 3
SELECT c.name, sum(d.sum_kzt) AS billed FROM doc d JOIN cp c ON c.cp_id = d.cp_id WHERE d.type = 'sale' AND d.doc_date BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' AND NOT c.is_intercompany GROUP BY c.name ORDER BY billed DESC LIMIT 10
SELECT COALESCE(c.name, 'итого') AS client, SUM(a.open_kzt) FROM ar_open(DATE '2026-01-31') a JOIN cp c ON c.cp_id = a.cp_id GROUP BY ROLLUP (c.name) ORDER BY 2 DESC LIMIT 11
SELECT counterparty, open_kzt FROM ageing(DATE '2026-01-31') WHERE open_kzt > (SELECT avg(open_kzt) FROM ageing(DATE '2026-01-31'))
SELECT 1
SELECT count(*) FROM ageing(DATE '2026-01-31');
SELECT x.counterparty FROM (SELECT counterparty, SUM(open_kzt) s FROM ar_open(DATE '2026-01-31') GROUP BY counterparty) x WHERE x.s > 5000000
SELECT counterparty, SUM(open_kzt) AS total FROM ar_open(DATE '2026-01-31') WHERE total > 1000000 GROUP BY counterparty
--= SELECT counterparty, SUM(open_kzt) AS total FROM ar_open(DATE '2026-01-31') GROUP BY counterparty HAVING total > 1000000
SELECT counterparty, number, SUM(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY counterparty
--= SELECT counterparty, number, SUM(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY ALL
SELECT counterparty, open_kzt days FROM ageing(DATE '2026-01-31') LIMIT 3
--= SELECT counterparty, open_kzt AS days FROM ageing(DATE '2026-01-31') LIMIT 3
SELECT asof.counterparty FROM ageing(DATE '2026-01-31') asof LIMIT 3
--= SELECT counterparty FROM ageing(DATE '2026-01-31') LIMIT 3
SELECT DISTINCT ON (cp_id) cp_id, pay_date, amount_kzt FROM pay WHERE type = 'pay_in' ORDER BY cp_id, pay_date DESC
SELECT cp_id, LISTAGG(number, ', ') FROM doc WHERE type = 'writeoff' GROUP BY cp_id
SELECT NVL(bin_iin, '—') AS bin FROM cp LIMIT 3
--= SELECT coalesce(bin_iin, '—') AS bin FROM cp LIMIT 3
SELECT name, LENGTH(name) AS len, SUBSTRING(name, 1, 10) AS s, POSITION('«' IN name) AS p FROM cp LIMIT 3
SELECT EOMONTH('2026-01-15')
--= SELECT DATE '2026-01-31'
SELECT DATEADD(day, -30, '2026-01-31') AS month_ago
--= SELECT DATE '2026-01-01' AS month_ago
SELECT LAST_DAY(DATE '2026-02-01') AS month_end, MAKE_DATE(2026, 1, 31) AS d
SELECT GETDATE()
--= SELECT current_date
SELECT sum(open_kzt) FROM ar_open(as_of => DATE '2026-01-31')
--! own_entities
SELECT sum(open_kzt) FROM ar_open(as_of := DATE '2026-01-31')
--! own_entities
SELECT sum(open_kzt) FROM main.ar_open(DATE '2026-01-31')
--! own_entities
SELECT sum(open_kzt) FROM public.ar_open('2026-01-31')
--= SELECT sum(open_kzt) FROM ar_open(DATE '2026-01-31')
SELECT sum(open_kzt) AS total FROM ar_open(to_date('2026-01-31', 'YYYY-MM-DD'))
--= SELECT sum(open_kzt) AS total FROM ar_open(DATE '2026-01-31')
SELECT name FROM cp WHERE name = "ТОО «Ромашка»"
--= SELECT name FROM cp WHERE name = 'ТОО «Ромашка»'
SELECT COUNT(*) FROM doc WHERE type = 'sale' AND doc_date >= '01.01.2026'
--= SELECT COUNT(*) FROM doc WHERE type = 'sale' AND doc_date >= '2026-01-01'
SELECT COUNT(*) FROM doc WHERE type = 'sale' AND doc_date >= '2026-01-01' AND doc_date <= '2026-01-31 23:59:59'
