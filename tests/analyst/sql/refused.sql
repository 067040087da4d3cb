-- [guard.one_statement] two or more at once
SELECT 1; SELECT 2
SELECT 1; SELECT doc_id FROM doc; SELECT 3
SELECT 1;;SELECT 2
SELECT 1 /* ; */; SELECT doc_id FROM doc
FROM doc; FROM cp
-- [guard.only_select] writes, state, maintenance
SELECT 1; DROP TABLE doc
SELECT 1; ATTACH 'serve-owner.duckdb' AS m
INSERT INTO doc VALUES (1)
UPDATE doc SET sum_kzt = 0
DELETE FROM doc
TRUNCATE doc
MERGE INTO doc USING cp ON true WHEN MATCHED THEN DELETE
DROP TABLE doc
DROP MACRO TABLE ar_open
CREATE TABLE t AS SELECT 1
CREATE TEMP TABLE doc AS SELECT 1
CREATE TEMP VIEW cp AS SELECT 1
CREATE TEMP MACRO sum(x) AS 1
CREATE SEQUENCE s
CREATE SCHEMA s
CREATE TYPE mood AS ENUM ('a')
ALTER TABLE doc ADD COLUMN x INTEGER
COMMENT ON TABLE doc IS 'x'
BEGIN
COMMIT
ROLLBACK
CHECKPOINT
VACUUM
ANALYZE
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
CALL pragma_version()
EXPLAIN SELECT 1
EXPLAIN ANALYZE SELECT 1
EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1
-- [guard.only_select] settings and the outside
SET search_path = 'x'
SET VARIABLE a = 1
SET memory_limit = '10GB'
RESET memory_limit
USE main
PRAGMA database_list
PRAGMA storage_info('doc')
PRAGMA table_info('doc')
PRAGMA enable_profiling
ATTACH 'serve-owner.duckdb' AS m
ATTACH ':memory:' AS m
DETACH m
COPY doc TO 'out.csv'
COPY doc FROM 'in.csv'
COPY (SELECT 1) TO '/dev/stdout'
EXPORT DATABASE 'x'
IMPORT DATABASE 'x'
INSTALL httpfs
LOAD httpfs
UPDATE EXTENSIONS
CREATE SECRET s (TYPE s3)
-- [guard.only_select] a PIVOT that must read its values first
PIVOT doc ON type USING sum(sum_kzt)
-- [guard.describe] describing and data-changing nodes inside a SELECT
DESCRIBE doc
SUMMARIZE doc
SHOW TABLES
SHOW ALL TABLES
SELECT * FROM (DESCRIBE doc)
FROM (SUMMARIZE doc)
SELECT * FROM (SHOW ALL TABLES)
-- [guard.node_kinds] describing and data-changing nodes inside a SELECT
WITH d AS (DELETE FROM doc RETURNING *) SELECT * FROM d
WITH d AS (INSERT INTO doc SELECT * FROM doc RETURNING *) SELECT * FROM d
WITH d AS (UPDATE doc SET sum_kzt = 0 RETURNING *) SELECT * FROM d
-- [guard.relations] what is not published
SELECT * FROM raw.onec_counterparty
SELECT * FROM mirror
SELECT * FROM meta.sync_state
SELECT * FROM staging.doc
SELECT * FROM other.main.doc
SELECT * FROM "serve-owner".main.doc
SELECT * FROM temp.doc
SELECT * FROM "doc "
SELECT * FROM ar_open
SELECT (SELECT max(x) FROM secret)
SELECT * FROM doc WHERE EXISTS (FROM secret)
SELECT * FROM doc JOIN secret USING (doc_id)
SELECT * FROM doc, LATERAL (SELECT * FROM secret) s
SELECT list(x) FROM (SELECT 1 x UNION ALL SELECT s FROM secret)
SELECT * FROM doc ORDER BY (SELECT 1 FROM secret)
SELECT * FROM doc LIMIT (SELECT n FROM secret)
SELECT sum(1) FILTER (WHERE 1 IN (FROM secret)) FROM doc
SELECT CASE WHEN true THEN (SELECT s FROM secret) END
SELECT * FROM ar_open((SELECT d FROM secret))
PIVOT secret ON a IN ('x') USING sum(b)
UNPIVOT secret ON a INTO NAME k VALUE v
TABLE secret
-- [guard.moment] what is not published
FROM doc AT (VERSION => 1)
-- [guard.relations] the engine's catalog
SELECT * FROM information_schema.tables
SELECT * FROM pg_catalog.pg_class
SELECT * FROM pg_class
SELECT * FROM sqlite_master
SELECT * FROM sqlite_schema
SELECT * FROM duckdb_tables
SELECT * FROM duckdb_columns
SELECT * FROM pragma_database_list
-- [guard.relations] files by name
SELECT * FROM 'serve-owner.duckdb'
SELECT * FROM "serve-owner.duckdb"
SELECT * FROM '/etc/passwd'
SELECT * FROM 'x.csv'
SELECT * FROM 'x.parquet'
SELECT * FROM 'https://example.org/x.csv'
SELECT * FROM 's3://bucket/x.parquet'
SELECT * FROM 'data/*.json'
-- [guard.table_functions] table functions
SELECT * FROM read_csv('x.csv')
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM read_blob('serve-owner.duckdb')
SELECT * FROM read_json('x')
SELECT * FROM read_parquet('x')
SELECT * FROM read_duckdb('serve-owner.duckdb', table_name := 'doc')
SELECT * FROM parquet_scan('x')
SELECT * FROM sniff_csv('x')
SELECT * FROM glob('*')
SELECT * FROM query('SELECT 1')
SELECT * FROM query_table('doc')
SELECT * FROM query_table(['doc', 'cp'])
SELECT * FROM json_execute_serialized_sql('{}')
SELECT * FROM duckdb_settings()
SELECT * FROM duckdb_databases()
SELECT * FROM duckdb_tables()
SELECT * FROM duckdb_columns()
SELECT * FROM duckdb_views()
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_functions()
SELECT * FROM duckdb_logs()
SELECT * FROM pragma_storage_info('doc')
SELECT * FROM pragma_table_info('doc')
SELECT * FROM pragma_database_size()
SELECT * FROM pragma_version()
SELECT * FROM checkpoint()
SELECT * FROM histogram('doc', 'type')
SELECT * FROM histogram_values('doc', 'type')
SELECT * FROM summary(doc)
SELECT * FROM test_all_types()
SELECT * FROM repeat_row(1, num_rows := 10)
SELECT * FROM seq_scan('doc')
SELECT * FROM arrow_scan(1, 2, 3)
SELECT * FROM python_map_function(1)
SELECT * FROM which_secret('x', 's3')
SELECT * FROM enable_logging()
SELECT * FROM system.main.range(3)
-- [guard.macro_arguments] table functions
SELECT * FROM ar_open()
SELECT * FROM ar_open(DATE '2026-01-31', 1)
-- [guard.table_functions] table functions
SELECT * FROM name_norm('x')
-- [guard.functions] dynamic SQL, statistics, identity, settings
SELECT list_aggregate([1, 2, 3], 'reservoir_quantile', 0.5, 1000000000)
SELECT list_aggregate([sum_kzt], type) FROM doc
SELECT list_aggr([1], 'stats')
SELECT stats(sum_kzt) FROM doc
SELECT current_setting('memory_limit')
SELECT getvariable('x')
SELECT current_database()
SELECT current_schema()
SELECT current_schemas(true)
SELECT current_query()
-- [guard.telling_names] dynamic SQL, statistics, identity, settings
SELECT current_user
SELECT session_user
SELECT user
SELECT current_catalog
SELECT current_role
-- [guard.functions] dynamic SQL, statistics, identity, settings
SELECT version()
SELECT txid_current()
SELECT in_search_path('main', 'x')
SELECT json_serialize_sql('SELECT 1')
SELECT json_deserialize_sql('{}')
SELECT json_serialize_plan('SELECT 1')
SELECT nextval('s')
SELECT currval('s')
SELECT setseed(0.5)
SELECT write_log('x')
SELECT pg_get_viewdef(1)
SELECT has_table_privilege('doc', 'select')
SELECT inet_server_addr()
SELECT getenv('HOME')
SELECT vector_type(sum_kzt) FROM doc
SELECT create_sort_key(doc_id, 'ASC') FROM doc
-- [guard.function_paths] dynamic SQL, statistics, identity, settings
SELECT main.upper('x')
SELECT system.main.upper('x')
SELECT type.upper() FROM doc
-- [guard.functions] dynamic SQL, statistics, identity, settings
SELECT my_own_function(1)
-- [guard.functions] errors that print values
SELECT error(purpose) FROM doc
SELECT assert_true(false)
-- [guard.functions] waiting and making gigabytes
SELECT pg_sleep(10)
SELECT sleep_ms(10000)
-- [guard.sizes] waiting and making gigabytes
SELECT repeat('x', 1000000000)
SELECT lpad('x', 2000000000, 'y')
SELECT rpad('x', 2000000000, 'y')
SELECT printf('%2000000000d', 1)
SELECT format('{:2000000000}', 1)
-- [guard.functions] waiting and making gigabytes
SELECT factorial(20)
SELECT damerau_levenshtein('a', 'b')
SELECT bitstring('0', 2000000000)
-- [guard.sizes] waiting and making gigabytes
SELECT range(1000000000)
SELECT generate_series(1, 1000000000)
SELECT bar(1, 0, 10, 2000000000)
SELECT to_base(1, 2, 2000000000)
SELECT to_base(1, 2, length(purpose)) FROM doc
SELECT equi_width_bins(0, 10, 1000000000, true)
SELECT list_resize([1], 2000000000)
SELECT array_resize([1], sum_kzt::INTEGER) FROM doc
-- [guard.structures] a structure of types in text
SELECT from_json('{"a": 1}', '{"a": "information_schema.tables"}')
SELECT json_transform('{"a": "x"}', '{"a": "main.mood"}')
SELECT from_json_strict('1', '"BIGNUM"')
SELECT json_transform_strict('[1]', '["VARIANT"]')
SELECT from_json('1', json_structure('1'))
SELECT from_json('1', 'not json')
-- [guard.types] types that are slow or not ours
SELECT '9'::BIGNUM
SELECT CAST('1' AS other.main.mood)
SELECT 'x'::no_such_type
-- [guard.cte_names] names that hide a relation
WITH doc AS (SELECT 1 AS x) SELECT * FROM doc
WITH DOC AS (SELECT 1 AS x) SELECT * FROM doc
WITH RECURSIVE cp AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM cp WHERE n < 3) SELECT * FROM cp
WITH ar_open AS (SELECT 1) SELECT * FROM ar_open
SELECT * FROM (WITH doc AS (SELECT 1) SELECT * FROM doc)
-- [guard.cte_scope] CTE scope
WITH hid AS (SELECT * FROM hid) SELECT * FROM hid
WITH a AS (SELECT * FROM hid), hid AS (SELECT 1) SELECT * FROM a
WITH RECURSIVE hid AS (SELECT * FROM hid) SELECT * FROM hid
WITH RECURSIVE hid AS (SELECT * FROM hid UNION ALL SELECT * FROM hid WHERE false) SELECT * FROM hid
WITH sqlite_master AS (FROM sqlite_master) SELECT * FROM sqlite_master
WITH "serve-owner.duckdb" AS (FROM "serve-owner.duckdb") SELECT * FROM "serve-owner.duckdb"
SELECT * FROM (WITH secret AS (SELECT 1) SELECT * FROM secret) x, secret
-- [guard.relations] CTE scope
WITH duc{K}db_tables AS (SELECT 1) SELECT * FROM duckdb_tables
-- [guard.cte_scope] CTE scope
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT * FROM b) SELECT * FROM b
-- [guard.relations] CTE scope
WITH s AS (SELECT 1) SELECT * FROM main.s
-- [guard.parameters] values nobody bound
SELECT $1
SELECT ?
SELECT * FROM doc WHERE doc_id = $id
-- [guard.characters] what never reaches the parser
SELECT '{NUL}'
SELECT 1{NUL}; DROP TABLE doc
-- [guard.depth] what never reaches the parser
SELECT {65(}1{65)}
SELECT {9000(}
SELECT {9000[}
SELECT '))))' {9000(}
SELECT E'\'' {9000(}
SELECT $t$ ) $t$ {9000(}
-- [guard.length] what never reaches the parser
SELECT {21000 }1
-- [guard.characters] what never reaches the parser
SELECT '{SURROGATE}'
-- [guard.pivot_values] values that are not in the statement
PIVOT doc ON type IN my_enum USING sum(sum_kzt)
FROM doc PIVOT (sum(sum_kzt) FOR type IN my_enum)
-- [guard.macro_arguments] arguments of another type or name, and columns that the macro's body would take for its own
SELECT * FROM ar_open(20260131)
SELECT * FROM ar_open(1.5)
SELECT * FROM ar_open(asof := DATE '2026-01-31')
SELECT * FROM ar_open(due_date)
SELECT * FROM ar_open(doc_date + 1)
SELECT * FROM doc d, ar_open(doc_date)
-- [guard.macro_scope] names in an argument that the macro's body has as well: it would read its own
SELECT d.doc_id, (SELECT count(*) FROM ar_open(doc.doc_date)) FROM cp AS doc
SELECT (SELECT sum(open_kzt) FROM ar_open(doc.due_date)) FROM doc
SELECT (SELECT count(*) FROM ar_open((SELECT due_date))) FROM (SELECT DATE '2026-01-31' AS due_date) AS z
SELECT (SELECT count(*) FROM ar_open((SELECT max(due_date) FROM cp))) FROM (SELECT DATE '2026-01-31' AS due_date) AS z
WITH doc_days AS (SELECT DATE '2026-01-31' AS day) SELECT * FROM ar_open((SELECT other FROM doc_days))
SELECT (SELECT count(*) FROM ar_open(CASE WHEN true THEN main.doc.doc_date END)) FROM doc
SELECT (SELECT count(*) FROM ar_open((SELECT max(due_date) FROM cp SEMI JOIN doc ON true))) FROM (SELECT DATE '2026-01-31' AS due_date) AS z
-- [guard.macro_chance] an argument that is drawn again wherever the body has it
SELECT * FROM ar_open(DATE '2026-01-01' + (random() * 30)::INTEGER)
SELECT * FROM ar_open((SELECT max(doc_date) FROM doc USING SAMPLE 10 PERCENT (bernoulli)))
SELECT name_norm(uuid()::VARCHAR)
-- [guard.sizes] sizes that are computed, large or hidden in a pattern
SELECT repeat(purpose, 10) FROM doc
SELECT repeat('x', 1001)
SELECT repeat('x', 10 * 1000)
SELECT lpad(number, sum_kzt::INTEGER, '0') FROM doc
SELECT printf('%*d', 1000000000, 1)
SELECT printf('%1000000000d', 1)
SELECT format('{:{}}', 1, 1000000000)
SELECT format(purpose, 1) FROM doc
SELECT unnest(range(10001))
SELECT len(generate_series(0, 99999999999))
-- [guard.functions] what may bring the engine down, and what the grammar keeps for itself
SELECT reservoir_quantile(sum_kzt, 0.5, 1000000000) FROM doc
SELECT "__cast"(1)
