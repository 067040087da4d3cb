-- More than one statement in one text, however the second one is hidden.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ stacked-01: two queries; expect: refused
SELECT 1; SELECT 2

-- @ stacked-02: a drop behind a query; expect: refused
SELECT count(*) FROM doc; DROP TABLE doc

-- @ stacked-03: three statements, the middle one opens another file; expect: refused
SELECT 1; ATTACH '{file}' AS m; SELECT * FROM m.main.cp

-- @ stacked-04: an empty statement between two; expect: refused
SELECT 1;;SELECT 2

-- @ stacked-05: the second one after a line comment; expect: refused
SELECT 1; -- harmless
SELECT name FROM cp

-- @ stacked-06: the second one after a block comment; expect: refused
SELECT 1; /* harmless */ SELECT name FROM cp

-- @ stacked-07: the semicolon between two comments; expect: refused
SELECT 1 /* ; */; /* ; */ SELECT doc_id FROM doc

-- @ stacked-08: FROM-first, twice; expect: refused
FROM doc; FROM cp

-- @ stacked-09: the end of a transaction, then a write; expect: refused
SELECT 1; COMMIT; DELETE FROM doc

-- @ stacked-10: a transaction around a write; expect: refused
BEGIN; DELETE FROM doc; COMMIT

-- @ stacked-11: a setting, then a query that uses it; expect: refused
SET search_path = 'pg_catalog'; SELECT * FROM pg_class

-- @ stacked-12: a variable, then a query that reads it; expect: refused
SET VARIABLE t = 'duckdb_tables'; FROM query_table(getvariable('t'))

-- @ stacked-13: a statement prepared, then executed; expect: refused
PREPARE p AS SELECT * FROM duckdb_tables(); EXECUTE p

-- @ stacked-14: a shadow table, then an honest query; expect: refused
CREATE TEMP TABLE cp AS SELECT 'cp_1' AS cp_id, 'another name' AS name; SELECT name FROM cp

-- @ stacked-15: a shadow macro, then an honest query; expect: refused
CREATE TEMP MACRO sum(x) AS 0; SELECT sum(sum_kzt) FROM doc

-- @ stacked-16: the second one behind a carriage return alone; expect: refused; escapes
SELECT 1;\u000dSELECT name FROM cp

-- @ stacked-17: the second one behind a form feed; expect: refused; escapes
SELECT 1;\u000cDROP TABLE doc

-- @ stacked-18: the semicolon after a dollar-quoted text that holds one; expect: refused
SELECT $a$;$a$; SELECT 2

-- @ stacked-19: a semicolon after a text with a doubled quote; expect: refused
SELECT 'it''s;'; SELECT 2

-- @ stacked-20: a semicolon after an E-text with an escaped quote; expect: refused
SELECT E'\';'; DROP TABLE doc

-- @ stacked-21: a semicolon after a quoted name that holds one; expect: refused
SELECT 1 AS "a;b"; SELECT 2

-- @ stacked-22: a comment that closes early; expect: refused
SELECT 1 /* a */; DROP TABLE doc /* b */

-- @ stacked-23: a write first and an innocent query last; expect: refused
DELETE FROM doc; SELECT 1

-- @ stacked-24: DESCRIBE second; expect: refused
SELECT 1; DESCRIBE doc

-- @ stacked-25: a hundred statements; expect: refused; repeat
{{"SELECT #; " * 100}}

-- @ stacked-26: a trailing half statement; expect: failed
SELECT 1; SELEC

-- @ stacked-27: a second statement that is only a bracket; expect: failed
SELECT 1; (
