SELECT sum(amount_kzt) FROM pay WHERE direction = 'out' AND pay_date BETWEEN DATE '2025-10-01' AND DATE '2025-12-31'
SELECT counterparty, sum(amount_kzt) AS paid FROM pay WHERE type = 'pay_out' AND pay_date >= DATE '2025-01-01' AND pay_date < DATE '2026-01-01' GROUP BY counterparty ORDER BY paid DESC LIMIT 10
SELECT pay_date, number, amount_kzt, channel FROM pay WHERE cp_id = 'cp_7' AND type = 'pay_out' ORDER BY pay_date DESC
SELECT strftime(pay_date, '%Y-%m') AS month, sum(amount_kzt) FROM pay WHERE direction = 'in' GROUP BY month ORDER BY month
SELECT channel, count(*), sum(amount_kzt) FROM pay WHERE type = 'pay_out' GROUP BY channel
SELECT counterparty, SUM(CASE WHEN type='pay_out' THEN amount_kzt WHEN type='refund_in' THEN -amount_kzt ELSE 0 END) AS net FROM pay WHERE pay_date BETWEEN '2025-10-01' AND '2025-12-31' GROUP BY counterparty ORDER BY net DESC
SELECT p.number, p.pay_date, p.amount_kzt FROM pay p JOIN cp ON cp.cp_id = p.cp_id WHERE cp.name LIKE '%Бетон%' AND p.direction = 'out'
SELECT TO_CHAR(pay_date, 'YYYY-MM') AS month, SUM(amount_kzt) FROM pay WHERE direction = 'in' GROUP BY 1 ORDER BY 1
--= SELECT strftime(pay_date, '%Y-%m') AS month, SUM(amount_kzt) FROM pay WHERE direction = 'in' GROUP BY 1 ORDER BY 1
SELECT DATE_FORMAT(pay_date, '%Y-%m') AS m, SUM(amount_kzt) AS total FROM pay GROUP BY m
--= SELECT strftime(pay_date, '%Y-%m') AS m, SUM(amount_kzt) AS total FROM pay GROUP BY m
SELECT date_part('year', pay_date) y, date_part('quarter', pay_date) q, sum(amount_kzt) s FROM pay WHERE type = 'pay_in' GROUP BY y, q ORDER BY y, q
SELECT counterparty, max(pay_date) AS last_payment FROM pay WHERE type = 'pay_in' GROUP BY counterparty ORDER BY last_payment
SELECT counterparty, amount_doc, currency FROM pay WHERE currency = 'USD'
SELECT number, amount_kzt FROM pay WHERE pay_date = '2025-11-12'
SELECT number, payment_date, amount_kzt FROM pay WHERE type = 'pay_in' LIMIT 10
--= SELECT number, pay_date, amount_kzt FROM pay WHERE type = 'pay_in' LIMIT 10
SELECT counterparty, sum(sum_kzt) FROM pay WHERE type = 'pay_out' GROUP BY counterparty
--= SELECT counterparty, sum(amount_kzt) FROM pay WHERE type = 'pay_out' GROUP BY counterparty
SELECT counterparty, sum(amount) FROM pay WHERE type = 'pay_in' AND pay_date >= '2026-01-01' GROUP BY 1
--= SELECT counterparty, sum(amount_kzt) FROM pay WHERE type = 'pay_in' AND pay_date >= '2026-01-01' GROUP BY 1
SELECT counterparty, SUM(amount_kzt) FROM payments WHERE direction = 'out' GROUP BY counterparty
--= SELECT counterparty, SUM(amount_kzt) FROM pay WHERE direction = 'out' GROUP BY counterparty
SELECT pay_date::date AS d, SUM(amount_kzt) FROM pay WHERE pay_date > '2025-12-31'::date GROUP BY d ORDER BY d
--! mixed_kinds
SELECT * FROM pay WHERE cp_id = 'cp_3' ORDER BY pay_date DESC LIMIT 5
SELECT counterparty, amount_kzt, row_number() OVER (PARTITION BY cp_id ORDER BY pay_date DESC) AS rn FROM pay WHERE type = 'pay_in' QUALIFY rn = 1
SELECT counterparty, pay_date, amount_kzt FROM pay WHERE type='pay_in' AND pay_date >= DATE '2026-01-31' - INTERVAL '30 days'
SELECT counterparty, pay_date, amount_kzt FROM pay WHERE type='pay_in' AND pay_date >= DATE_SUB('2026-01-31', INTERVAL 30 DAY)
--= SELECT counterparty, pay_date, amount_kzt FROM pay WHERE type='pay_in' AND pay_date >= DATE '2026-01-01'
SELECT knp, count(*), sum(amount_kzt) FROM pay GROUP BY knp ORDER BY 3 DESC LIMIT 10
--! mixed_kinds
SELECT a.doc_id, a.target_doc_id, a.amount_kzt FROM pay_alloc a JOIN pay p ON p.doc_id = a.doc_id WHERE p.cp_id = 'cp_5'
SELECT p.number, d.number AS paid_document, a.amount_doc FROM pay_alloc a JOIN pay p ON p.doc_id = a.doc_id LEFT JOIN doc d ON d.doc_id = a.target_doc_id WHERE p.pay_date >= DATE '2026-01-01'
SELECT counterparty, count(*) AS n FROM pay WHERE purpose ILIKE '%аренд%' GROUP BY counterparty
SELECT month(pay_date) AS месяц, sum(amount_kzt) AS оплачено FROM pay WHERE year(pay_date) = 2025 AND direction = 'out' GROUP BY месяц ORDER BY месяц
SELECT org.name, sum(amount_kzt) FROM pay JOIN org ON org.org_id = pay.org_id WHERE pay.type = 'refund_in' GROUP BY org.name
