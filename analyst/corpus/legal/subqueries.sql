-- Subqueries in every place.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ subqueries-01: in FROM; expect: answered
SELECT avg(n) FROM (SELECT cp_id, count(*) AS n FROM doc GROUP BY cp_id)

-- @ subqueries-02: in SELECT; expect: answered
SELECT cp.name, (SELECT sum(sum_kzt) FROM doc WHERE doc.cp_id = cp.cp_id AND type = 'sale') AS sold FROM cp ORDER BY sold DESC NULLS LAST LIMIT 10

-- @ subqueries-03: in WHERE; expect: answered
SELECT * FROM bank_stmt WHERE last_day = (SELECT max(last_day) FROM bank_stmt)

-- @ subqueries-04: in HAVING; expect: answered
SELECT cp_id, sum(sum_kzt) AS kzt FROM doc GROUP BY cp_id HAVING sum(sum_kzt) > (SELECT avg(sum_kzt) FROM doc) * 10

-- @ subqueries-05: in ORDER BY; expect: answered
SELECT name FROM cp ORDER BY (SELECT count(*) FROM doc WHERE doc.cp_id = cp.cp_id) DESC LIMIT 5

-- @ subqueries-06: in LIMIT; expect: answered
SELECT doc_id FROM doc LIMIT (SELECT count(*) FROM org)

-- @ subqueries-07: in CASE; expect: answered
SELECT CASE WHEN (SELECT count(*) FROM finding) > 0 THEN 'есть расхождения' ELSE 'всё сходится' END AS ответ

-- @ subqueries-08: in a join's condition; expect: answered
SELECT count(*) FROM doc d JOIN fx_rate f ON f.currency = d.currency AND f.rate_date = (SELECT max(rate_date) FROM fx_rate x WHERE x.currency = d.currency AND x.rate_date <= d.doc_date)

-- @ subqueries-09: in IN with a list of kinds; expect: answered
SELECT sum(amount_kzt) FROM pay WHERE cp_id IN (SELECT cp_id FROM cp WHERE is_intercompany)

-- @ subqueries-10: a list out of a subquery; expect: answered
SELECT ARRAY(SELECT DISTINCT currency FROM doc ORDER BY currency)

-- @ subqueries-11: a subquery of a subquery; expect: answered
SELECT max(m) FROM (SELECT cp_id, max(kzt) AS m FROM (SELECT cp_id, doc_date, sum(sum_kzt) AS kzt FROM doc GROUP BY ALL) GROUP BY cp_id)

-- @ subqueries-12: a pair compared; expect: answered
SELECT doc_id FROM doc WHERE (cp_id, doc_date) IN (SELECT cp_id, max(doc_date) FROM doc GROUP BY cp_id) LIMIT 20
