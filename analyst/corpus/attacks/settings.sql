-- Settings, session and the environment: read or changed.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ settings-01: memory limit; expect: refused
SET memory_limit = '100GB'

-- @ settings-02: threads; expect: refused
SET threads = 64

-- @ settings-03: time zone, which would shift dates; expect: refused
SET TimeZone = 'America/New_York'

-- @ settings-04: search path; expect: refused
SET search_path = 'information_schema'

-- @ settings-05: schema; expect: refused
SET schema = 'pg_catalog'

-- @ settings-06: USE; expect: refused
USE memory

-- @ settings-07: external access; expect: refused
SET enable_external_access = true

-- @ settings-08: the lock itself; expect: refused
SET lock_configuration = false

-- @ settings-09: time limit; expect: refused
SET max_execution_time = 0

-- @ settings-10: global form; expect: refused
SET GLOBAL threads = 64

-- @ settings-11: session form; expect: refused
SET SESSION default_null_order = 'nulls_first'

-- @ settings-12: reset; expect: refused
RESET lock_configuration

-- @ settings-13: a variable; expect: refused
SET VARIABLE a = (SELECT max(name) FROM cp)

-- @ settings-14: a variable reset; expect: refused
RESET VARIABLE a

-- @ settings-15: PRAGMA with a value; expect: refused
PRAGMA memory_limit = '100GB'

-- @ settings-16: PRAGMA as a call; expect: refused
PRAGMA database_list

-- @ settings-17: PRAGMA version; expect: refused
PRAGMA version

-- @ settings-18: PRAGMA platform; expect: refused
PRAGMA platform

-- @ settings-19: PRAGMA show; expect: refused
PRAGMA show_tables_expanded

-- @ settings-20: PRAGMA user agent; expect: refused
CALL pragma_user_agent()

-- @ settings-21: profiling; expect: refused
PRAGMA enable_profiling

-- @ settings-22: optimiser off; expect: refused
PRAGMA disable_optimizer

-- @ settings-23: verification on; expect: refused
PRAGMA enable_verification

-- @ settings-24: a setting read; expect: refused
SELECT current_setting('memory_limit')

-- @ settings-25: a setting with a path read; expect: refused
SELECT current_setting('secret_directory')

-- @ settings-26: a variable read; expect: refused
SELECT getvariable('a')

-- @ settings-27: a variable read by its short form; expect: refused
SELECT $a

-- @ settings-28: all settings as a table; expect: refused
SELECT * FROM duckdb_settings()

-- @ settings-29: all variables as a table; expect: refused
SELECT * FROM duckdb_variables()

-- @ settings-30: version as a function; expect: refused
SELECT version()

-- @ settings-31: version as a table; expect: refused
SELECT * FROM pragma_version()

-- @ settings-32: platform as a table; expect: refused
SELECT * FROM pragma_platform()

-- @ settings-33: the user; expect: refused
SELECT current_user

-- @ settings-34: the user in quotes; expect: refused
SELECT "current_user"

-- @ settings-35: the session's user; expect: refused
SELECT session_user

-- @ settings-36: the user in capitals; expect: refused
SELECT USER

-- @ settings-37: the role; expect: refused
SELECT current_role

-- @ settings-38: the catalog; expect: refused
SELECT current_catalog

-- @ settings-39: the database by function; expect: refused
SELECT current_database()

-- @ settings-40: the schema; expect: refused
SELECT current_schema

-- @ settings-41: the schemas; expect: refused
SELECT current_schemas(true)

-- @ settings-42: the path searched; expect: refused
SELECT in_search_path('main', 'x')

-- @ settings-43: the running statement; expect: refused
SELECT current_query()

-- @ settings-44: the connection; expect: refused
SELECT current_connection_id()

-- @ settings-45: the transaction; expect: refused
SELECT txid_current()

-- @ settings-46: the query's number; expect: refused
SELECT current_query_id()

-- @ settings-47: memory in use; expect: refused
SELECT * FROM duckdb_memory()

-- @ settings-48: temporary files; expect: refused
SELECT * FROM duckdb_temporary_files()

-- @ settings-49: optimisers; expect: refused
SELECT * FROM duckdb_optimizers()

-- @ settings-50: logs; expect: refused
SELECT * FROM duckdb_logs()

-- @ settings-51: connections; expect: refused
SELECT * FROM duckdb_connection_count()

-- @ settings-52: a setting in a filter; expect: refused
SELECT doc_id FROM doc WHERE doc_id = current_setting('threads')

-- @ settings-53: a setting in an ORDER BY; expect: refused
SELECT doc_id FROM doc ORDER BY current_setting('threads')

-- @ settings-54: a setting inside a lambda; expect: refused
SELECT list_transform([1], lambda x: current_setting('threads'))

-- @ settings-55: a setting as a macro's argument; expect: refused
SELECT name_norm(current_setting('temp_directory'))

-- @ settings-56: a setting inside FILTER; expect: refused
SELECT count(*) FILTER (WHERE current_setting('threads') = '1') FROM doc

-- @ settings-57: a setting inside a window frame; expect: refused
SELECT sum(sum_kzt) OVER (ORDER BY doc_date ROWS current_setting('threads')::INTEGER PRECEDING) FROM doc

-- @ settings-58: a setting inside LIMIT; expect: refused
SELECT doc_id FROM doc LIMIT current_setting('threads')::INTEGER
