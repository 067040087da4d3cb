-- Set operations.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ sets-01: UNION; expect: answered
SELECT cp_id FROM doc UNION SELECT cp_id FROM deal

-- @ sets-02: UNION ALL with a label; expect: answered
SELECT 'ar' AS side, sum(open_kzt) AS kzt FROM ar_open(DATE '2026-01-31') UNION ALL SELECT 'ap', sum(open_kzt) FROM ap_open(DATE '2026-01-31')

-- @ sets-03: UNION BY NAME; expect: answered
SELECT cp_id, name FROM cp UNION ALL BY NAME SELECT name, org_id FROM org

-- @ sets-04: EXCEPT; expect: answered
SELECT cp_id FROM cp EXCEPT SELECT cp_id FROM doc

-- @ sets-05: EXCEPT ALL; expect: answered
SELECT currency FROM doc EXCEPT ALL SELECT currency FROM pay

-- @ sets-06: INTERSECT; expect: answered
SELECT cp_id FROM doc WHERE type = 'sale' INTERSECT SELECT cp_id FROM doc WHERE type = 'purchase'

-- @ sets-07: order and limit over all; expect: answered
(SELECT doc_id, sum_kzt FROM doc WHERE type = 'sale' ORDER BY sum_kzt DESC LIMIT 5) UNION ALL (SELECT doc_id, sum_kzt FROM doc WHERE type = 'purchase' ORDER BY sum_kzt DESC LIMIT 5) ORDER BY sum_kzt

-- @ sets-08: a set inside FROM; expect: answered
SELECT count(*) FROM (SELECT cp_id FROM doc UNION SELECT cp_id FROM bank_line) u

-- @ sets-09: three arms; expect: answered
SELECT 'a' AS x UNION SELECT 'b' UNION SELECT 'a'

-- @ sets-10: active and inactive documents together; expect: answered
SELECT 'active' AS state, count(*) FROM doc UNION ALL SELECT status, count(*) FROM doc_inactive GROUP BY status
