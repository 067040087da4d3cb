-- CTE names as a cover for real relations: a name is visible only after its CTE, and inside it only in the recursive arm.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ cte_scope-01: a CTE that reads the relation of its own name; expect: refused
WITH hid AS (SELECT * FROM hid) SELECT * FROM hid

-- @ cte_scope-02: a forward reference; expect: refused
WITH a AS (SELECT * FROM hid), hid AS (SELECT 1) SELECT * FROM a

-- @ cte_scope-03: RECURSIVE without a union; expect: refused
WITH RECURSIVE hid AS (SELECT * FROM hid) SELECT * FROM hid

-- @ cte_scope-04: the anchor arm of a recursion; expect: refused
WITH RECURSIVE hid AS (SELECT * FROM hid UNION ALL SELECT * FROM hid WHERE false) SELECT * FROM hid

-- @ cte_scope-05: the anchor arm, UNION; expect: refused
WITH RECURSIVE hid AS (SELECT * FROM hid UNION SELECT * FROM hid) SELECT * FROM hid

-- @ cte_scope-06: the anchor arm, a chain of unions; expect: refused
WITH RECURSIVE hid AS (SELECT 1 UNION ALL SELECT * FROM hid UNION ALL SELECT * FROM hid) SELECT * FROM hid

-- @ cte_scope-07: the anchor arm of a keyed recursion; expect: refused
WITH RECURSIVE hid(a, b) USING KEY (a) AS (SELECT * FROM hid UNION SELECT a, b FROM hid) SELECT * FROM hid

-- @ cte_scope-08: a recursion by EXCEPT, which is none; expect: refused
WITH RECURSIVE hid AS (SELECT 1 EXCEPT SELECT * FROM hid) SELECT * FROM hid

-- @ cte_scope-09: a recursion by INTERSECT, which is none; expect: refused
WITH RECURSIVE hid AS (SELECT 1 INTERSECT SELECT * FROM hid) SELECT * FROM hid

-- @ cte_scope-10: a subquery in the anchor arm; expect: refused
WITH RECURSIVE hid AS (SELECT (SELECT max(x) FROM hid) AS x UNION ALL SELECT x FROM hid) SELECT * FROM hid

-- @ cte_scope-11: a recursion in brackets, which is none; expect: bounded
WITH RECURSIVE hid AS ((SELECT 1 UNION ALL SELECT * FROM hid) LIMIT 5) SELECT * FROM hid

-- @ cte_scope-12: the catalog under its own name; expect: refused
WITH sqlite_master AS (FROM sqlite_master) SELECT * FROM sqlite_master

-- @ cte_scope-13: a function's view under its own name; expect: refused
WITH duckdb_tables AS (FROM duckdb_tables) FROM duckdb_tables

-- @ cte_scope-14: a file under its own name; expect: refused
WITH "x.csv" AS (FROM "x.csv") SELECT * FROM "x.csv"

-- @ cte_scope-15: two CTEs that refer to each other; expect: refused
WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM b

-- @ cte_scope-16: a name used outside the subquery that has it; expect: refused
SELECT * FROM (WITH hid AS (SELECT 1) SELECT * FROM hid) x, hid

-- @ cte_scope-17: a name used in a sibling subquery; expect: refused
SELECT (WITH hid AS (SELECT 1 AS x) SELECT x FROM hid), (SELECT max(x) FROM hid)

-- @ cte_scope-18: a name of an inner CTE used in the outer one; expect: refused
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT * FROM b) SELECT * FROM b

-- @ cte_scope-19: a name of a CTE's inside used in its later sibling; expect: refused
WITH a AS (WITH hid AS (SELECT 1) FROM hid), c AS (FROM hid) FROM c

-- @ cte_scope-20: a name of one arm used in the other; expect: refused
(WITH hid AS (SELECT 1) SELECT * FROM hid) UNION ALL SELECT * FROM hid

-- @ cte_scope-21: a name of a scalar subquery used in FROM; expect: refused
SELECT (WITH hid AS (SELECT 1) SELECT * FROM hid) FROM hid

-- @ cte_scope-22: a name of a join's arm used in its condition; expect: refused
SELECT * FROM (WITH hid AS (SELECT 1 x) FROM hid) a JOIN cp ON a.x IN (FROM hid)

-- @ cte_scope-23: a name of a lateral arm used after it; expect: refused
SELECT * FROM cp, LATERAL (WITH hid AS (SELECT 1) FROM hid) a, hid

-- @ cte_scope-24: a CTE named like a published relation; expect: refused
WITH doc AS (SELECT 1 AS x) SELECT * FROM doc

-- @ cte_scope-25: the same in capitals; expect: refused
WITH DOC AS (SELECT 1 AS x) SELECT * FROM doc

-- @ cte_scope-26: the same in quotes; expect: refused
WITH "doc" AS (SELECT 1 AS x) SELECT * FROM doc

-- @ cte_scope-27: the same inside a subquery; expect: refused
SELECT * FROM (WITH cp AS (SELECT 1 AS x) SELECT * FROM cp) a

-- @ cte_scope-28: the same inside a scalar subquery; expect: refused
SELECT (WITH cp AS (SELECT 'x' AS name) SELECT name FROM cp)

-- @ cte_scope-29: the same as a recursion; expect: refused
WITH RECURSIVE cp AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM cp WHERE n < 3) SELECT * FROM cp

-- @ cte_scope-30: a CTE named like our macro; expect: refused
WITH ar_open AS (SELECT 1 AS x) SELECT * FROM ar_open

-- @ cte_scope-31: a CTE named like a relation that a macro reads; expect: refused
WITH settlement AS (SELECT 1 AS x) SELECT * FROM ar_open(DATE '2026-01-31')

-- @ cte_scope-32: a CTE named like another relation that a macro reads; expect: refused
WITH debit_item AS (FROM debit_item WHERE false) SELECT * FROM ar_open(DATE '2026-01-31')

-- @ cte_scope-33: a name found only with its schema; expect: refused
WITH s AS (SELECT 1) SELECT * FROM main.s

-- @ cte_scope-34: a name found only with another schema; expect: refused
WITH sync_state AS (SELECT 1) SELECT * FROM meta.sync_state

-- @ cte_scope-35: a name that differs by a letter that only looks the same; expect: refused; escapes
WITH duc\u212adb_tables AS (SELECT 1) SELECT * FROM duckdb_tables

-- @ cte_scope-36: a name that differs by a Cyrillic letter; expect: refused; escapes
WITH sqlite_m\u0430ster AS (SELECT 1) SELECT * FROM sqlite_master

-- @ cte_scope-37: a name that differs by a combining mark; expect: refused; escapes
WITH "sqlite_master\u0301" AS (SELECT 1) SELECT * FROM sqlite_master

-- @ cte_scope-38: a name that differs by a space that nobody sees; expect: refused; escapes
WITH "sqlite_master\u200b" AS (SELECT 1) SELECT * FROM sqlite_master

-- @ cte_scope-39: a name that differs by the dotless i; expect: refused; escapes
WITH sql\u0131te_master AS (SELECT 1) SELECT * FROM sqlite_master

-- @ cte_scope-40: a column list instead of a CTE; expect: refused
WITH hid(hid2) AS (SELECT 1) SELECT * FROM hid2

-- @ cte_scope-41: an alias used as a relation; expect: refused
SELECT * FROM doc hid, (SELECT * FROM hid) x

-- @ cte_scope-42: a column used as a relation; expect: refused
SELECT * FROM (SELECT 1 AS hid) t, (FROM hid) x

-- @ cte_scope-43: a window's name used as a relation; expect: refused
SELECT sum(sum_kzt) OVER hid FROM doc, hid WINDOW hid AS (ORDER BY doc_date)

-- @ cte_scope-44: a lambda's variable used as a relation; expect: refused
SELECT list_transform([1], lambda hid: (SELECT max(x) FROM hid))

-- @ cte_scope-45: a name visible in a macro's argument, where the real one would be read; expect: failed
WITH duckdb_tables AS (SELECT DATE '2026-01-31' AS d) SELECT * FROM ar_open((SELECT max(table_name) FROM duckdb_tables)::DATE)

-- @ cte_scope-46: a name visible in a scalar macro's argument; expect: failed
WITH duckdb_tables AS (SELECT 1 AS d) SELECT name_norm((SELECT max(table_name) FROM duckdb_tables))

-- @ cte_scope-47: a name visible in a PIVOT; expect: failed
WITH duckdb_tables AS (SELECT 1 AS d) PIVOT duckdb_tables ON table_name IN ('doc') USING count(*)

-- @ cte_scope-48: a name visible in an UNPIVOT; expect: failed
WITH duckdb_tables AS (SELECT 1 AS d) UNPIVOT duckdb_tables ON table_name INTO NAME a VALUE b

-- @ cte_scope-49: a name visible in LIMIT; expect: failed
WITH duckdb_tables AS (SELECT 1 AS d) SELECT 1 LIMIT (SELECT count(table_name) FROM duckdb_tables)

-- @ cte_scope-50: a name visible in a lambda; expect: failed
WITH duckdb_tables AS (SELECT 1 AS d) SELECT list_transform([1], lambda x: (SELECT max(table_name) FROM duckdb_tables))

-- @ cte_scope-51: a name visible in a table function's argument; expect: failed
WITH duckdb_tables AS (SELECT 1 AS d) SELECT * FROM range((SELECT count(table_name) FROM duckdb_tables))

-- @ cte_scope-52: the recurring form of a name; expect: refused
WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT * FROM recurring.r

-- @ cte_scope-53: hidden columns behind a used name; expect: refused
WITH t AS (SELECT * FROM raw.onec_counterparty) SELECT 1

-- @ cte_scope-54: a name in a nested CTE of the recursive arm; expect: refused
WITH RECURSIVE t AS (SELECT 'x' AS a UNION ALL (WITH q AS (SELECT table_name FROM duckdb_tables) SELECT table_name FROM q)) SELECT * FROM t

-- @ cte_scope-55: a name in a lateral join of the anchor arm; expect: refused
WITH RECURSIVE hid AS (SELECT x.* FROM (SELECT 1) y, LATERAL (FROM hid) x UNION ALL SELECT * FROM hid) SELECT * FROM hid

-- @ cte_scope-56: the name of a recursion in its own order; expect: bounded
WITH RECURSIVE hid AS (SELECT 1 AS x UNION ALL SELECT x FROM hid WHERE false ORDER BY (SELECT max(x) FROM hid)) SELECT * FROM hid

-- @ cte_scope-57: a relation as a list in IN; expect: failed
SELECT doc_id FROM doc WHERE doc_id IN sqlite_master

-- @ cte_scope-58: a relation as a column; expect: failed
SELECT sqlite_master FROM doc

-- @ cte_scope-59: a relation's column without the relation; expect: failed
SELECT main.sqlite_master.sql FROM doc

-- @ cte_scope-60: a caller's column that the macro's body would read from its own alias; expect: refused
SELECT o.doc_id, (SELECT sum(open_kzt) FROM ar_open(o.doc_date)) FROM doc o

-- @ cte_scope-61: a bare column in a subquery, which the macro's body has as well; expect: refused
SELECT (SELECT sum(open_kzt) FROM ar_open((SELECT eff_date))) FROM (SELECT DATE '2025-01-31' AS eff_date) z

-- @ cte_scope-62: a caller's CTE of the name of one inside the macro; expect: refused
WITH rates AS (SELECT DATE '2025-01-01' AS eff_date) SELECT sum(open_kzt) FROM ar_open((SELECT eff_date FROM rates))

-- @ cte_scope-63: an argument drawn by lot, once for each place in the macro's body; expect: refused
SELECT sum(open_kzt) FROM ar_open(CASE WHEN random() < 0.5 THEN DATE '2026-01-31' ELSE DATE '2023-01-01' END)

-- @ cte_scope-64: a macro beside the relation whose column it takes; expect: failed
SELECT asked.day, o.open_kzt FROM (SELECT DATE '2026-01-31' AS day LIMIT 1) asked, ar_open(asked.day) o
