-- Names of one's own.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ ctes-01: one CTE; expect: answered
WITH sold_docs AS (SELECT * FROM doc WHERE type = 'sale') SELECT count(*), sum(sum_kzt) FROM sold_docs

-- @ ctes-02: each reads the one before; expect: answered
WITH monthly AS (SELECT date_trunc('month', doc_date) AS month, sum(sum_kzt) AS kzt FROM doc WHERE type = 'sale' GROUP BY 1), ranked AS (SELECT *, rank() OVER (ORDER BY kzt DESC) AS place FROM monthly) SELECT * FROM ranked WHERE place <= 3

-- @ ctes-03: a CTE read twice; expect: answered
WITH m AS (SELECT date_trunc('month', doc_date)::DATE AS month, sum(sum_kzt) AS kzt FROM doc WHERE type = 'sale' GROUP BY 1) SELECT a.month, a.kzt, b.kzt AS year_ago FROM m a LEFT JOIN m b ON b.month = a.month - INTERVAL 1 YEAR ORDER BY 1

-- @ ctes-04: materialised; expect: answered
WITH paid AS MATERIALIZED (SELECT cp_id, sum(amount_kzt) AS kzt FROM pay WHERE direction = 'in' GROUP BY cp_id) SELECT count(*), max(kzt) FROM paid

-- @ ctes-05: not materialised; expect: answered
WITH p AS NOT MATERIALIZED (FROM pay WHERE direction = 'out') SELECT channel, count(*) FROM p GROUP BY channel

-- @ ctes-06: named columns; expect: answered
WITH t(party, total) AS (SELECT cp_id, sum(sum_kzt) FROM doc GROUP BY cp_id) SELECT party, total FROM t ORDER BY total DESC LIMIT 5

-- @ ctes-07: inside a CTE; expect: answered
WITH a AS (WITH b AS (SELECT cp_id, name FROM cp) SELECT * FROM b WHERE name IS NOT NULL) SELECT count(*) FROM a

-- @ ctes-08: inside a subquery; expect: answered
SELECT * FROM (WITH top AS (SELECT cp_id, sum(sum_kzt) AS kzt FROM doc GROUP BY 1 ORDER BY 2 DESC LIMIT 5) SELECT cp.name, top.kzt FROM top JOIN cp USING (cp_id)) t

-- @ ctes-09: a calendar by recursion; expect: answered
WITH RECURSIVE days(d) AS (SELECT DATE '2026-01-01' UNION ALL SELECT (d + INTERVAL 1 DAY)::DATE FROM days WHERE d < DATE '2026-01-31') SELECT d, count(doc_id) FROM days LEFT JOIN doc ON doc_date = d GROUP BY d ORDER BY d

-- @ ctes-10: a tree of head companies by recursion; expect: answered
WITH RECURSIVE tree AS (SELECT cp_id, name, 0 AS depth FROM cp WHERE parent_cp_id IS NULL UNION ALL SELECT c.cp_id, c.name, t.depth + 1 FROM cp c JOIN tree t ON c.parent_cp_id = t.cp_id) SELECT depth, count(*) FROM tree GROUP BY depth ORDER BY depth

-- @ ctes-11: a chain of base documents by recursion; expect: answered
WITH RECURSIVE chain AS (SELECT doc_id, base_doc_id, 1 AS step FROM doc WHERE base_doc_id IS NOT NULL UNION SELECT c.doc_id, d.base_doc_id, c.step + 1 FROM chain c JOIN doc d ON d.doc_id = c.base_doc_id WHERE d.base_doc_id IS NOT NULL AND c.step < 10) SELECT max(step) FROM chain

-- @ ctes-12: a CTE in a condition; expect: answered
WITH big AS (SELECT cp_id FROM doc GROUP BY cp_id HAVING sum(sum_kzt) > 1000000) SELECT name FROM cp WHERE cp_id IN (FROM big)

-- @ ctes-13: a Cyrillic name; expect: answered
WITH отгрузки AS (SELECT cp_id, sum(sum_kzt) AS сумма FROM doc WHERE type = 'sale' GROUP BY cp_id) SELECT cp.name AS клиент, сумма FROM отгрузки JOIN cp USING (cp_id) ORDER BY сумма DESC LIMIT 10

-- @ ctes-14: a CTE before a set operation; expect: answered
WITH s AS (SELECT cp_id FROM doc WHERE type = 'sale'), p AS (SELECT cp_id FROM doc WHERE type = 'purchase') SELECT cp_id FROM s INTERSECT SELECT cp_id FROM p

-- @ ctes-15: the commonest name of a CTE is free; expect: answered
WITH sales AS (SELECT cp_id, sum(sum_kzt) AS kzt FROM doc WHERE type = 'sale' GROUP BY cp_id)
SELECT count(*) FROM sales WHERE kzt > 0
