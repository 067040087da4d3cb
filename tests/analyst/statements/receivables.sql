SELECT sum(open_kzt) FROM ar_open(DATE '2026-01-31')
--! own_entities
SELECT counterparty, sum(open_kzt) AS debt FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY counterparty ORDER BY debt DESC LIMIT 10
SELECT counterparty, open_kzt, overdue_kzt FROM ageing(DATE '2026-01-31') ORDER BY overdue_kzt DESC LIMIT 20
SELECT * FROM ageing('2026-01-31') LIMIT 5
--= SELECT * FROM ageing(DATE '2026-01-31') LIMIT 5
SELECT bucket, count(*) AS items, sum(open_kzt) AS open_kzt FROM ar_open(DATE '2026-01-31') WHERE is_intercompany = false GROUP BY bucket ORDER BY bucket
SELECT counterparty, max(days_late) AS oldest FROM ar_open(DATE '2026-01-31') WHERE days_late > 90 GROUP BY 1 ORDER BY 2 DESC
SELECT o.name AS организация, sum(a.open_kzt) AS долг FROM ar_open(DATE '2026-01-31') a JOIN org o ON o.org_id = a.org_id WHERE NOT a.is_intercompany GROUP BY o.name
SELECT counterparty AS "Контрагент", ROUND(SUM(open_kzt), 2) AS "Долг, тенге" FROM ar_open(DATE '2025-12-31') GROUP BY counterparty HAVING SUM(open_kzt) > 1000000 ORDER BY 2 DESC
WITH now_ AS (SELECT cp_id, open_kzt FROM ageing(DATE '2026-01-31')), before AS (SELECT cp_id, open_kzt FROM ageing(DATE '2025-12-31')) SELECT coalesce(n.cp_id, b.cp_id) AS cp_id, coalesce(n.open_kzt, 0) - coalesce(b.open_kzt, 0) AS change FROM now_ n FULL JOIN before b ON n.cp_id = b.cp_id ORDER BY abs(change) DESC LIMIT 15
SELECT number, doc_date, due_date, days_late, open_kzt FROM ar_open(DATE '2026-01-31') WHERE cp_id = 'cp_12' ORDER BY due_date
SELECT number, due_date, open_doc, currency FROM ar_open(DATE '2026-01-31') WHERE currency <> 'KZT'
SELECT counterparty, number, open_kzt FROM ar_open(DATE '2026-01-31') WHERE counterparty ILIKE '%кровля%'
SELECT sum(CASE WHEN days_late > 0 THEN open_kzt ELSE 0 END) AS overdue, sum(open_kzt) AS total FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany
SELECT round(100.0 * sum(overdue_kzt) / sum(open_kzt), 1) AS overdue_pct FROM ageing(DATE '2026-01-31')
SELECT due_date, sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE due_date BETWEEN DATE '2026-02-01' AND DATE '2026-02-14' GROUP BY due_date ORDER BY due_date
--! own_entities
SELECT date_trunc('month', doc_date) AS month, sum(open_kzt) AS open_kzt FROM ar_open(DATE '2026-01-31') GROUP BY 1 ORDER BY 1
--! own_entities
SELECT c.name, a.open_kzt FROM ageing(DATE '2026-01-31') a LEFT JOIN cp c USING (cp_id) WHERE c.kind = 'entrepreneur' ORDER BY a.open_kzt DESC
SELECT IFNULL(counterparty, 'нет') AS client, SUM(open_kzt) AS total FROM ar_open('2026-01-31') GROUP BY client ORDER BY total DESC LIMIT 10
--= SELECT IFNULL(counterparty, 'нет') AS client, SUM(open_kzt) AS total FROM ar_open(DATE '2026-01-31') GROUP BY client ORDER BY total DESC LIMIT 10
SELECT counterparty, count(*) docs, sum(open_kzt)::numeric(18,2) total FROM ar_open(DATE '2026-01-31') WHERE days_late > 30 GROUP BY counterparty ORDER BY total DESC
SELECT TOP 10 counterparty, open_kzt FROM ageing(DATE '2026-01-31') ORDER BY open_kzt DESC
--= SELECT counterparty, open_kzt FROM ageing(DATE '2026-01-31') ORDER BY open_kzt DESC LIMIT 10
SELECT `counterparty`, SUM(`open_kzt`) FROM ar_open(DATE '2026-01-31') GROUP BY `counterparty`
SELECT counterparty, sum(amount_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY counterparty
--= SELECT counterparty, sum(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY counterparty
SELECT customer, overdue_kzt FROM ageing(DATE '2026-01-31') ORDER BY overdue_kzt DESC
--= SELECT counterparty, overdue_kzt FROM ageing(DATE '2026-01-31') ORDER BY overdue_kzt DESC
SELECT * FROM receivables(DATE '2026-01-31') WHERE days_late > 0
--= SELECT * FROM ar_open(DATE '2026-01-31') WHERE days_late > 0
SELECT counterparty, open_kzt FROM ar_open WHERE days_late > 0
--= SELECT counterparty, open_kzt FROM ar_open(DATE '2026-01-31') WHERE days_late > 0
SELECT manager, sum(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY manager
--= SELECT counterparty, sum(open_kzt) FROM ar_open(DATE '2026-01-31') GROUP BY counterparty
SELECT counterparty, DATEDIFF('day', due_date, DATE '2026-01-31') AS days FROM ar_open(DATE '2026-01-31') WHERE days_late > 0 ORDER BY days DESC LIMIT 5
SELECT counterparty, unused_kzt FROM advances(DATE '2026-01-31') WHERE side = 'ar' AND kind = 'advance' ORDER BY unused_kzt DESC LIMIT 10
SELECT side, kind, sum(unused_kzt) FROM advances(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY ALL
SELECT counterparty, contract, exposure_kzt FROM exposure(DATE '2026-01-31') WHERE NOT is_intercompany ORDER BY exposure_kzt DESC LIMIT 10
SELECT limit_state, count(*) FROM exposure(DATE '2026-01-31') GROUP BY 1
SELECT day, expected_kzt, running_kzt FROM cash_in_daily(DATE '2026-01-31', 30)
SELECT counterparty, expected_on, open_kzt FROM cash_in(DATE '2026-01-31') WHERE NOT is_doubtful AND expected_on <= DATE '2026-02-28' ORDER BY expected_on
