-- A relation or a statement given as text and run by a function.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ dynamic_sql-01: query(); expect: refused
SELECT * FROM query('SELECT * FROM duckdb_tables()')

-- @ dynamic_sql-02: query_table(); expect: refused
SELECT * FROM query_table('doc')

-- @ dynamic_sql-03: query_table() of a list; expect: refused
SELECT * FROM query_table(['doc', 'cp'])

-- @ dynamic_sql-04: query_table() by name; expect: refused
SELECT * FROM query_table(['doc', 'cp'], true)

-- @ dynamic_sql-05: query_table() of a path; expect: refused
SELECT * FROM query_table('{file}')

-- @ dynamic_sql-06: a serialised statement executed; expect: refused
SELECT * FROM json_execute_serialized_sql('{"error":false,"statements":[]}')

-- @ dynamic_sql-07: a serialised statement executed by PRAGMA; expect: refused
PRAGMA json_execute_serialized_sql('{}')

-- @ dynamic_sql-08: a statement serialised; expect: refused
SELECT json_serialize_sql('SELECT 1')

-- @ dynamic_sql-09: a statement put together again; expect: refused
SELECT json_deserialize_sql('{}')

-- @ dynamic_sql-10: a plan serialised; expect: refused
SELECT json_serialize_plan('SELECT * FROM duckdb_tables()')

-- @ dynamic_sql-11: EXPLAIN as a table function; expect: refused
SELECT * FROM explain('SELECT * FROM duckdb_tables()')

-- @ dynamic_sql-12: EXPLAIN; expect: refused
EXPLAIN SELECT * FROM doc

-- @ dynamic_sql-13: EXPLAIN ANALYZE; expect: refused
EXPLAIN ANALYZE SELECT * FROM doc

-- @ dynamic_sql-14: EXPLAIN inside a query; expect: failed
SELECT * FROM (EXPLAIN SELECT 1)

-- @ dynamic_sql-15: PREPARE; expect: refused
PREPARE p AS SELECT * FROM cp WHERE cp_id = $1

-- @ dynamic_sql-16: EXECUTE; expect: refused
EXECUTE p('cp_1')

-- @ dynamic_sql-17: CALL of a table function; expect: refused
CALL duckdb_tables()

-- @ dynamic_sql-18: a table function's name in quotes; expect: refused
SELECT * FROM "query"('SELECT 1')

-- @ dynamic_sql-19: query() in capitals with a comment before its bracket; expect: refused
SELECT * FROM QUERY/**/('SELECT 1')

-- @ dynamic_sql-20: query() of a text put together; expect: refused
SELECT * FROM query('SEL' || 'ECT 1')

-- @ dynamic_sql-21: query() in dollar quotes; expect: refused
SELECT * FROM query($q$SELECT * FROM duckdb_settings()$q$)

-- @ dynamic_sql-22: query() in a lateral join; expect: refused
SELECT * FROM (SELECT 'SELECT 1' AS s) t, LATERAL query(t.s)

-- @ dynamic_sql-23: query() of a schema; expect: refused
SELECT * FROM main.query('SELECT 1')

-- @ dynamic_sql-24: query() of the system catalog; expect: refused
SELECT * FROM system.main.query('SELECT 1')

-- @ dynamic_sql-25: query() as a scalar function; expect: refused
SELECT query('SELECT 1')

-- @ dynamic_sql-26: query_table() inside a CTE; expect: refused
WITH q AS MATERIALIZED (FROM query_table('duckdb_tables')) FROM q

-- @ dynamic_sql-27: query_table() inside IN; expect: refused
SELECT doc_id FROM doc WHERE doc_id IN (SELECT table_name FROM query_table('duckdb_tables'))

-- @ dynamic_sql-28: query() inside PIVOT; expect: refused
PIVOT query('SELECT 1 AS a') ON a IN (1) USING count(*)

-- @ dynamic_sql-29: our macro's name chained with query(); expect: refused
SELECT * FROM ar_open(DATE '2026-01-31') JOIN query('SELECT 1') ON true

-- @ dynamic_sql-30: a macro that takes a relation's name; expect: refused
SELECT * FROM histogram('duckdb_tables', 'table_name')

-- @ dynamic_sql-31: another macro that takes a relation's name; expect: refused
SELECT * FROM histogram_values('doc', 'type')

-- @ dynamic_sql-32: a function by name; expect: refused
SELECT list_aggregate([1], 'write_log')

-- @ dynamic_sql-33: a function by name that waits; expect: failed
SELECT list_aggr([1], 'sleep_ms')

-- @ dynamic_sql-34: a function by name that tells the settings; expect: refused
SELECT list_aggregate(['threads'], 'current_setting')

-- @ dynamic_sql-35: a function invoked by another; expect: refused
SELECT invoke(lambda x: x, 1)

-- @ dynamic_sql-36: apply() of a denied function; expect: refused
SELECT apply(['x'], lambda x: getenv(x))

-- @ dynamic_sql-37: reduce() with a denied function; expect: refused
SELECT reduce(['a', 'b'], lambda a, b: current_setting(b))

-- @ dynamic_sql-38: a list comprehension with a denied function; expect: refused
SELECT [current_setting(x) FOR x IN ['threads']]

-- @ dynamic_sql-39: a relation named by a column; expect: refused
SELECT * FROM IDENTIFIER('doc')

-- @ dynamic_sql-40: a relation named by a parameter; expect: failed
SELECT * FROM $1

-- @ dynamic_sql-41: a relation named by a variable; expect: failed
SELECT * FROM $relation

-- @ dynamic_sql-42: SUMMARIZE of a text; expect: refused
SUMMARIZE (FROM query('SELECT 1'))

-- @ dynamic_sql-43: a dynamic PIVOT, which runs a query to learn its columns; expect: refused
PIVOT doc ON type USING sum(sum_kzt)

-- @ dynamic_sql-44: a dynamic PIVOT inside a query; expect: refused
SELECT * FROM (PIVOT cp ON kind USING count(*))

-- @ dynamic_sql-45: a type made from text; expect: refused
SELECT make_type('VARCHAR')

-- @ dynamic_sql-46: a cast to a type in text; expect: refused
SELECT cast_to_type('1', NULL::INTEGER)

-- @ dynamic_sql-47: a type of our own given as text to JSON; expect: refused
SELECT json_transform('{"a": "x"}', '{"a": "main.mood"}')

-- @ dynamic_sql-48: a relation given as a type to JSON; expect: refused
SELECT from_json('{"a": 1}', '{"a": "information_schema.tables"}')

-- @ dynamic_sql-49: statistics by an aggregate's name; expect: refused
SELECT list_aggregate([1], 'stats')

-- @ dynamic_sql-50: a harmful aggregate by its name; expect: refused
SELECT list_aggregate([1, 2], 'reservoir_quantile', 1000000000)
