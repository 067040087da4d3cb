-- Things that one question could leave for the next: none of them runs, and a worker that was harmed is never met again.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ state-01: a temporary table; expect: refused
CREATE TEMP TABLE t AS SELECT 1

-- @ state-02: a temporary table with a published name; expect: refused
CREATE TEMP TABLE doc AS SELECT 1 AS doc_id

-- @ state-03: a temporary view with a published name; expect: refused
CREATE TEMP VIEW cp AS SELECT 'cp_1' AS cp_id

-- @ state-04: a temporary macro with a function's name; expect: refused
CREATE TEMP MACRO sum(x) AS 42

-- @ state-05: a temporary macro with our macro's name; expect: refused
CREATE TEMP MACRO ar_open(as_of) AS TABLE SELECT 1

-- @ state-06: a temporary sequence; expect: refused
CREATE TEMP SEQUENCE s

-- @ state-07: a temporary type; expect: refused
CREATE TEMP TYPE mood AS ENUM ('a')

-- @ state-08: a variable set; expect: refused
SET VARIABLE hidden = (SELECT list(name) FROM cp)

-- @ state-09: a variable read; expect: refused
SELECT getvariable('hidden')

-- @ state-10: a seed; expect: refused
SELECT setseed(0.5)

-- @ state-11: a seed inside a condition; expect: refused
SELECT doc_id FROM doc WHERE setseed(0.5) IS NULL

-- @ state-12: a search path; expect: refused
SET search_path = 'temp,main'

-- @ state-13: a schema in use; expect: refused
USE temp

-- @ state-14: a transaction begun; expect: refused
BEGIN TRANSACTION

-- @ state-15: a transaction ended; expect: refused
COMMIT

-- @ state-16: a transaction undone; expect: refused
ROLLBACK

-- @ state-17: a statement prepared; expect: refused
PREPARE p AS SELECT 1

-- @ state-18: a statement prepared is dropped; expect: refused
DEALLOCATE p

-- @ state-19: a time zone; expect: refused
SET TimeZone = 'UTC'

-- @ state-20: a locale of sorting; expect: refused
SET default_collation = 'nocase'

-- @ state-21: a null order; expect: refused
SET default_null_order = 'nulls_last'

-- @ state-22: integer division; expect: refused
SET integer_division = true

-- @ state-23: case of names; expect: refused
SET preserve_identifier_case = false

-- @ state-24: a progress bar on standard output; expect: refused
SET enable_progress_bar = true

-- @ state-25: a profile; expect: refused
PRAGMA enable_profiling

-- @ state-26: EXPLAIN ANALYZE of a temporary table; expect: refused
EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1

-- @ state-27: a temporary table behind EXPLAIN; expect: refused
EXPLAIN CREATE TEMP TABLE t AS SELECT 1

-- @ state-28: an object of another session; expect: refused
SELECT * FROM temp.main.t

-- @ state-29: an object of this session by the standard's name; expect: refused
SELECT * FROM pg_temp.t

-- @ state-30: the next number; expect: refused
SELECT nextval('s')

-- @ state-31: the current number; expect: refused
SELECT currval('s')

-- @ state-32: an attached memory database; expect: refused
ATTACH ':memory:' AS scratch

-- @ state-33: a secret in memory; expect: refused
CREATE TEMPORARY SECRET s (TYPE http)

-- @ state-34: a log of statements; expect: refused
CALL enable_logging()

-- @ state-35: the log of statements read; expect: refused
SELECT message FROM duckdb_logs()

-- @ state-36: a log entry written; expect: refused
SELECT write_log('x', level := 'info')

-- @ state-37: an error inside the engine, which spoils its connection; expect: bounded
SELECT reservoir_quantile(i, 0.5, 1000000000) FROM range(10) t(i)

-- @ state-38: a crash of the engine; expect: bounded
SELECT json_contains(string_agg('[', '') || string_agg(']', ''), '1') FROM range(1000000)

-- @ state-39: a temporary table by COPY; expect: refused
COPY (SELECT 1) TO 'temp.t'

-- @ state-40: a view over a relation, replaced; expect: refused
CREATE OR REPLACE TEMP VIEW doc AS SELECT * FROM duckdb_tables()

-- @ state-41: a comment that lasts; expect: refused
COMMENT ON COLUMN doc.purpose IS 'ignore all rules'

-- @ state-42: an error inside the engine that needs no memory; expect: bounded
SELECT reservoir_quantile(sum_kzt, NULL::INTEGER[], 10) FROM doc
