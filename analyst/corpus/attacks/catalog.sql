-- The engine's own catalog: names of everything, definitions, paths.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ catalog-01: tables of the standard; expect: refused
SELECT * FROM information_schema.tables

-- @ catalog-02: columns of the standard; expect: refused
SELECT * FROM information_schema.columns

-- @ catalog-03: schemata of the standard; expect: refused
SELECT * FROM INFORMATION_SCHEMA.SCHEMATA

-- @ catalog-04: views of the standard in quotes; expect: refused
SELECT * FROM "information_schema"."views"

-- @ catalog-05: the standard with a catalog before it; expect: refused
SELECT * FROM system.information_schema.tables

-- @ catalog-06: Postgres classes; expect: refused
SELECT * FROM pg_catalog.pg_class

-- @ catalog-07: Postgres classes without a schema; expect: refused
SELECT * FROM pg_class

-- @ catalog-08: Postgres attributes; expect: refused
SELECT * FROM pg_attribute

-- @ catalog-09: Postgres namespaces; expect: refused
SELECT * FROM pg_catalog.pg_namespace

-- @ catalog-10: Postgres tables; expect: refused
SELECT * FROM pg_tables

-- @ catalog-11: Postgres settings; expect: refused
SELECT * FROM pg_settings

-- @ catalog-12: Postgres databases; expect: refused
SELECT * FROM pg_database

-- @ catalog-13: Postgres procedures; expect: refused
SELECT * FROM pg_proc

-- @ catalog-14: SQLite's master; expect: refused
SELECT * FROM sqlite_master

-- @ catalog-15: SQLite's schema; expect: refused
SELECT * FROM sqlite_schema

-- @ catalog-16: SQLite's temporary master; expect: refused
SELECT * FROM sqlite_temp_master

-- @ catalog-17: the engine's tables as a view; expect: refused
SELECT * FROM duckdb_tables

-- @ catalog-18: the engine's columns as a view; expect: refused
SELECT * FROM duckdb_columns

-- @ catalog-19: the engine's settings as a view; expect: refused
SELECT * FROM duckdb_settings

-- @ catalog-20: the engine's logs as a view; expect: refused
SELECT * FROM duckdb_logs

-- @ catalog-21: the engine's view with main before it; expect: refused
SELECT * FROM main.duckdb_tables

-- @ catalog-22: the engine's view with system before it; expect: refused
SELECT * FROM system.main.duckdb_tables

-- @ catalog-23: the engine's tables as a function; expect: refused
SELECT * FROM duckdb_tables()

-- @ catalog-24: the engine's columns as a function; expect: refused
SELECT * FROM duckdb_columns()

-- @ catalog-25: the engine's views with their text; expect: refused
SELECT sql FROM duckdb_views()

-- @ catalog-26: the engine's functions with their bodies; expect: refused
SELECT macro_definition FROM duckdb_functions()

-- @ catalog-27: the engine's databases with their paths; expect: refused
SELECT path FROM duckdb_databases()

-- @ catalog-28: the engine's schemas; expect: refused
SELECT * FROM duckdb_schemas()

-- @ catalog-29: the engine's constraints; expect: refused
SELECT * FROM duckdb_constraints()

-- @ catalog-30: the engine's indexes; expect: refused
SELECT * FROM duckdb_indexes()

-- @ catalog-31: the engine's sequences; expect: refused
SELECT * FROM duckdb_sequences()

-- @ catalog-32: the engine's types; expect: refused
SELECT * FROM duckdb_types()

-- @ catalog-33: the engine's dependencies; expect: refused
SELECT * FROM duckdb_dependencies()

-- @ catalog-34: the engine's triggers; expect: refused
SELECT * FROM duckdb_triggers()

-- @ catalog-35: the engine's prepared statements; expect: refused
SELECT * FROM duckdb_prepared_statements()

-- @ catalog-36: the engine's key words; expect: refused
SELECT * FROM duckdb_keywords()

-- @ catalog-37: list of databases; expect: refused
SELECT * FROM pragma_database_list

-- @ catalog-38: list of databases as a function; expect: refused
SELECT * FROM pragma_database_list()

-- @ catalog-39: list of collations; expect: refused
SELECT * FROM pragma_collations()

-- @ catalog-40: SHOW TABLES; expect: refused
SHOW TABLES

-- @ catalog-41: SHOW ALL TABLES; expect: refused
SHOW ALL TABLES

-- @ catalog-42: SHOW DATABASES; expect: refused
SHOW DATABASES

-- @ catalog-43: SHOW of a setting; expect: refused
SHOW threads

-- @ catalog-44: SHOW TABLES FROM; expect: refused
SHOW TABLES FROM main

-- @ catalog-45: DESCRIBE without a name; expect: refused
DESCRIBE

-- @ catalog-46: DESCRIBE of a relation; expect: refused
DESCRIBE doc

-- @ catalog-47: DESCRIBE of a query; expect: refused
DESCRIBE SELECT * FROM doc

-- @ catalog-48: SHOW as a source of rows; expect: refused
SELECT * FROM (SHOW ALL TABLES)

-- @ catalog-49: DESCRIBE as a source of rows; expect: refused
SELECT column_name FROM (DESCRIBE doc)

-- @ catalog-50: DESCRIBE inside a CTE; expect: refused
WITH d AS (DESCRIBE doc) FROM d

-- @ catalog-51: DESCRIBE inside a scalar subquery; expect: refused
SELECT (SELECT max(column_name) FROM (DESCRIBE doc))

-- @ catalog-52: a name by its number; expect: refused
SELECT 'doc'::regclass

-- @ catalog-53: a view's definition; expect: refused
SELECT pg_get_viewdef('doc')

-- @ catalog-54: a constraint's definition; expect: refused
SELECT pg_get_constraintdef(1)

-- @ catalog-55: an expression's text; expect: refused
SELECT pg_get_expr('x', 1)

-- @ catalog-56: the privilege of a table; expect: refused
SELECT has_table_privilege('doc', 'select')

-- @ catalog-57: a comment on a column; expect: refused
SELECT col_description(1, 1)

-- @ catalog-58: the size of a table; expect: refused
SELECT pg_size_pretty(1)

-- @ catalog-59: the type of a name; expect: refused
SELECT format_type(1, 1)

-- @ catalog-60: the catalog in a scalar subquery; expect: refused
SELECT (SELECT string_agg(table_name, ',') FROM duckdb_tables)

-- @ catalog-61: the catalog in a lateral join; expect: refused
SELECT * FROM doc, LATERAL (SELECT table_name FROM duckdb_tables()) t

-- @ catalog-62: the catalog in ORDER BY; expect: refused
SELECT doc_id FROM doc ORDER BY (SELECT count(*) FROM duckdb_tables())

-- @ catalog-63: the catalog in LIMIT; expect: refused
SELECT doc_id FROM doc LIMIT (SELECT count(*) FROM information_schema.tables)

-- @ catalog-64: the catalog in a macro's argument; expect: refused
SELECT * FROM ar_open((SELECT max(table_name) FROM duckdb_tables())::DATE)

-- @ catalog-65: the catalog in VALUES; expect: refused
VALUES ((SELECT max(table_name) FROM duckdb_tables()))

-- @ catalog-66: the catalog in a list; expect: refused
SELECT [(SELECT max(sql) FROM sqlite_master)]

-- @ catalog-67: the catalog in a struct; expect: refused
SELECT {'a': (SELECT max(sql) FROM sqlite_master)}

-- @ catalog-68: the catalog in a sample's neighbour; expect: refused
SELECT * FROM (SELECT * FROM duckdb_columns USING SAMPLE 1)

-- @ catalog-69: the catalog in a right arm; expect: refused
SELECT name FROM cp EXCEPT SELECT table_name FROM duckdb_tables

-- @ catalog-70: the catalog behind POSITIONAL JOIN; expect: refused
SELECT * FROM cp POSITIONAL JOIN duckdb_tables

-- @ catalog-71: the catalog behind SEMI JOIN; expect: refused
SELECT * FROM cp SEMI JOIN duckdb_tables t ON t.table_name = cp.name

-- @ catalog-72: the catalog in a CASE; expect: refused
SELECT CASE WHEN EXISTS (FROM sqlite_master WHERE sql LIKE '%secret%') THEN 1 END

-- @ catalog-73: the catalog in a window's partition; expect: refused
SELECT row_number() OVER (PARTITION BY (SELECT max(sql) FROM sqlite_master)) FROM doc

-- @ catalog-74: the catalog in a join's condition; expect: refused
SELECT * FROM doc JOIN cp ON (SELECT count(*) > 0 FROM sqlite_master)

-- @ catalog-75: the catalog in GROUPING SETS; expect: refused
SELECT count(*) FROM doc GROUP BY GROUPING SETS ((type), ((SELECT max(sql) FROM sqlite_master)))

-- @ catalog-76: the catalog in DISTINCT ON; expect: refused
SELECT DISTINCT ON ((SELECT max(sql) FROM sqlite_master)) doc_id FROM doc

-- @ catalog-77: the catalog in REPLACE; expect: refused
SELECT * REPLACE ((SELECT max(sql) FROM sqlite_master) AS doc_id) FROM doc

-- @ catalog-78: the catalog in an aggregate's order; expect: refused
SELECT list(doc_id ORDER BY (SELECT max(sql) FROM sqlite_master)) FROM doc

-- @ catalog-79: the catalog in ANY; expect: refused
SELECT 'x' = ANY (SELECT sql FROM sqlite_master)

-- @ catalog-80: the catalog in unnest; expect: refused
SELECT unnest((SELECT list(sql) FROM sqlite_master))

-- @ catalog-81: the catalog in generate_series; expect: refused
SELECT * FROM generate_series(1, (SELECT count(*) FROM sqlite_master))

-- @ catalog-82: the catalog in PIVOT's list; expect: refused
PIVOT doc ON type IN (SELECT sql FROM sqlite_master) USING count(*)

-- @ catalog-83: the catalog in UNPIVOT; expect: refused
UNPIVOT duckdb_tables ON table_name INTO NAME k VALUE v

-- @ catalog-84: test data of every type; expect: refused
SELECT * FROM test_all_types()
