-- LATERAL and correlated subqueries.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ lateral-01: the last three documents of each party; expect: answered
SELECT cp.name, l.doc_date, l.sum_kzt FROM cp, LATERAL (SELECT doc_date, sum_kzt FROM doc d WHERE d.cp_id = cp.cp_id ORDER BY doc_date DESC LIMIT 3) l ORDER BY cp.name LIMIT 30

-- @ lateral-02: a left lateral join; expect: answered
SELECT cp.name, x.n FROM cp LEFT JOIN LATERAL (SELECT count(*) AS n FROM deal WHERE deal.cp_id = cp.cp_id) x ON true ORDER BY x.n DESC LIMIT 10

-- @ lateral-03: a scalar subquery for each row; expect: answered
SELECT c.number, (SELECT max(doc_date) FROM doc d WHERE d.contract_id = c.contract_id) AS last_doc FROM contract c LIMIT 20

-- @ lateral-04: a lateral list; expect: answered
SELECT d.doc_id, u.word FROM doc d, LATERAL unnest(string_split(d.purpose, ' ')) u(word) WHERE d.purpose IS NOT NULL LIMIT 20

-- @ lateral-05: a chain of lateral expressions; expect: answered
SELECT d.doc_id, net, share FROM doc d, LATERAL (SELECT d.sum_kzt - coalesce(d.vat_kzt, 0) AS net) a, LATERAL (SELECT round(net / nullif(d.sum_kzt, 0), 3) AS share) b LIMIT 10

-- @ lateral-06: the debt at the end of each month by one total; expect: answered
SELECT m::DATE AS day, (SELECT sum(amount_kzt) FROM settlement s WHERE s.side = 'ar' AND s.eff_date <= m) AS settled FROM generate_series(DATE '2025-01-31', DATE '2025-06-30', INTERVAL 1 MONTH) g(m)

-- @ lateral-07: two levels of correlation; expect: answered
SELECT o.name, (SELECT count(*) FROM cp WHERE EXISTS (SELECT 1 FROM doc d WHERE d.cp_id = cp.cp_id AND d.org_id = o.org_id)) AS parties FROM org o

-- @ lateral-08: the debt at the end of each month by a macro in a subquery; expect: answered
SELECT asked.day, (SELECT sum(open_kzt) FROM ar_open(asked.day)) AS open_kzt FROM (SELECT unnest([DATE '2025-12-31', DATE '2026-01-31']) AS day) asked

-- @ lateral-09: a macro asked for the day of a CTE; expect: answered
WITH asked AS (SELECT DATE '2026-01-31' AS day) SELECT count(*) FROM ar_open((SELECT day FROM asked))
