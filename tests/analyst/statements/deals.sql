SELECT stage, count(*), sum(amount_kzt) FROM pipeline(DATE '2026-01-31') GROUP BY stage ORDER BY 3 DESC
SELECT pipeline, sum(weighted_kzt) FROM pipeline(DATE '2026-01-31') GROUP BY pipeline
SELECT owner, count(*) AS deals, sum(amount_kzt) AS total FROM deal WHERE stage_kind = 'won' AND close_date >= DATE '2025-01-01' GROUP BY owner ORDER BY total DESC
SELECT stage_kind, count(*) FROM deal GROUP BY stage_kind
SELECT round(100.0 * count(*) FILTER (WHERE stage_kind = 'won') / count(*), 1) AS win_rate FROM deal WHERE stage_kind IN ('won', 'lost') AND close_date BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
SELECT gap, count(*), sum(amount_kzt) FROM deal_chain(DATE '2026-01-31') WHERE stage_kind = 'won' GROUP BY gap
SELECT title, counterparty, amount_kzt FROM deal_chain(DATE '2026-01-31') WHERE gap = 'won_no_invoice' ORDER BY amount_kzt DESC
SELECT deal_id, title, amount, currency FROM deal WHERE currency = 'USD'
SELECT date_trunc('month', close_date) AS month, count(*) FROM deal WHERE stage_kind = 'won' GROUP BY 1 ORDER BY 1
SELECT median(date_diff('day', begin_date, close_date)) AS cycle FROM deal WHERE stage_kind = 'won'
SELECT title, updated_at FROM deal WHERE stage_kind = 'process' AND updated_at < TIMESTAMP '2025-12-01' ORDER BY updated_at
SELECT c.name, count(*) FROM deal d JOIN cp c ON c.cp_id = d.cp_id GROUP BY c.name ORDER BY 2 DESC LIMIT 10
SELECT number, amount, currency, due_on FROM crm_invoice WHERE stage_kind = 'process' AND due_on < DATE '2026-01-31'
SELECT i.number, d.title FROM crm_invoice i JOIN deal d ON d.deal_id = i.deal_id LIMIT 10
SELECT title, AGE(close_date, begin_date) FROM deal WHERE stage_kind = 'won' LIMIT 5
SELECT DATEDIFF(close_date, begin_date) AS days_to_close FROM deal WHERE stage_kind = 'won' LIMIT 5
--= SELECT date_diff('day', begin_date, close_date) AS days_to_close FROM deal WHERE stage_kind = 'won' LIMIT 5
SELECT owner, SUM(IF(stage_kind = 'won', amount_kzt, 0)) AS won FROM deal GROUP BY owner
SELECT owner, SUM(IIF(stage_kind = 'won', 1, 0)) AS won FROM deal GROUP BY owner
--= SELECT owner, SUM(if(stage_kind = 'won', 1, 0)) AS won FROM deal GROUP BY owner
SELECT manager, COUNT(*) FROM deal GROUP BY manager
--= SELECT owner, COUNT(*) FROM deal GROUP BY owner
SELECT status, COUNT(*) FROM deal GROUP BY status
--= SELECT stage_kind, COUNT(*) FROM deal GROUP BY stage_kind
SELECT * FROM deals WHERE stage_kind = 'process' LIMIT 5
--= SELECT * FROM deal WHERE stage_kind = 'process' LIMIT 5
SELECT name, amount FROM deal ORDER BY amount DESC LIMIT 5
--= SELECT title, amount FROM deal ORDER BY amount DESC LIMIT 5
SELECT title, created_at::date, amount_kzt FROM deal WHERE created_at >= '2026-01-01' ORDER BY created_at
SELECT title, close_date FROM pipeline(DATE '2026-01-31') WHERE close_date < DATE '2026-01-31'
SELECT owner AS менеджер, count(*) AS сделок FROM pipeline(DATE '2026-01-31') GROUP BY owner
SELECT title, probability FROM deal WHERE probability >= 70 AND stage_kind = 'process'
