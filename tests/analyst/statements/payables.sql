SELECT sum(open_kzt) AS payable FROM ap_open(DATE '2026-01-31') WHERE NOT is_intercompany
SELECT counterparty, open_kzt, overdue_kzt, advances_kzt FROM ap_ageing(DATE '2026-01-31') ORDER BY open_kzt DESC LIMIT 10
SELECT counterparty, number, due_date, open_kzt FROM ap_open(DATE '2026-01-31') WHERE due_date <= DATE '2026-02-14' ORDER BY due_date
SELECT week(due_date) AS wk, sum(open_kzt) FROM ap_open(DATE '2026-01-31') WHERE due_date > DATE '2026-01-31' GROUP BY wk ORDER BY wk
--! own_entities
SELECT bucket, sum(open_kzt) FROM ap_open(DATE '2026-01-31') GROUP BY bucket
--! own_entities
SELECT counterparty, max_days_late FROM ap_ageing(DATE '2026-01-31') WHERE max_days_late > 60 ORDER BY 2 DESC
SELECT ap.counterparty, ap.open_kzt AS we_owe, ar.open_kzt AS they_owe FROM ap_ageing(DATE '2026-01-31') ap JOIN ageing(DATE '2026-01-31') ar ON ar.cp_id = ap.cp_id
SELECT currency, sum(open_doc) AS open_doc FROM ap_open(DATE '2026-01-31') GROUP BY currency
SELECT EXTRACT(month FROM due_date) AS m, SUM(open_kzt) FROM ap_open(DATE '2026-01-31') WHERE EXTRACT(year FROM due_date) = 2026 GROUP BY 1
--! own_entities
SELECT c.name, c.bin_iin, SUM(a.open_kzt) AS total FROM ap_open(DATE '2026-01-31') AS a INNER JOIN cp AS c ON c.cp_id = a.cp_id GROUP BY c.name, c.bin_iin ORDER BY total DESC
SELECT supplier, open_kzt FROM ap_ageing(DATE '2026-01-31')
--= SELECT counterparty, open_kzt FROM ap_ageing(DATE '2026-01-31')
SELECT * FROM ap_open(CURRENT_DATE) WHERE days_late > 0 LIMIT 20
--= SELECT * FROM ap_open(DATE '2026-01-31') WHERE days_late > 0 LIMIT 20
SELECT * FROM payables(DATE '2026-01-31')
--= SELECT * FROM ap_open(DATE '2026-01-31')
SELECT counterparty, sum(open_kzt) FROM ap_open(DATE '2026-01-31' - INTERVAL 1 MONTH) GROUP BY 1
--= SELECT counterparty, sum(open_kzt) FROM ap_open(DATE '2025-12-31') GROUP BY 1
SELECT counterparty, SUM(open_kzt) AS долг FROM ap_open(DATE '2026-01-31') WHERE days_late > 0 GROUP BY counterparty ORDER BY долг DESC
SELECT count(DISTINCT cp_id) AS suppliers, sum(items) AS items FROM ap_ageing(DATE '2026-01-31')
SELECT counterparty, sum(unused_kzt) AS advance FROM advances(DATE '2026-01-31') WHERE side = 'ap' GROUP BY counterparty ORDER BY advance DESC
SELECT due_source, count(*) FROM ap_open(DATE '2026-01-31') GROUP BY due_source
SELECT number, in_number, due_date, sum_kzt FROM doc WHERE type = 'purchase' AND due_date BETWEEN '2026-02-01' AND '2026-02-28' ORDER BY due_date
SELECT o.name, sum(open_kzt) FILTER (WHERE days_late > 0) AS overdue FROM ap_open(DATE '2026-01-31') JOIN org o USING (org_id) GROUP BY o.name
