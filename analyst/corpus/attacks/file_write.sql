-- Files of the host written, moved or deleted.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ file_write-01: COPY of a relation; expect: refused
COPY doc TO '/tmp/out.csv'

-- @ file_write-02: COPY of a query; expect: refused
COPY (SELECT * FROM cp) TO '/tmp/out.parquet' (FORMAT parquet)

-- @ file_write-03: COPY to JSON; expect: refused
COPY cp TO '/tmp/out.json' (FORMAT json, ARRAY true)

-- @ file_write-04: COPY to standard output, which is the protocol; expect: refused
COPY (SELECT 1) TO '/dev/stdout'

-- @ file_write-05: COPY in partitions; expect: refused
COPY doc TO '/tmp/out' (FORMAT csv, PARTITION_BY (type))

-- @ file_write-06: COPY over the serving file; expect: refused
COPY (SELECT 1) TO '{file}'

-- @ file_write-07: COPY to a process; expect: failed
COPY (SELECT 1) TO PROGRAM 'sh'

-- @ file_write-08: COPY behind a CTE; expect: failed
WITH x AS (SELECT 1) COPY (FROM x) TO '/tmp/x.csv'

-- @ file_write-09: COPY as a source of rows; expect: failed
FROM (COPY doc TO '/tmp/out.csv')

-- @ file_write-10: EXPORT; expect: refused
EXPORT DATABASE '/tmp/out' (FORMAT parquet)

-- @ file_write-11: IMPORT; expect: refused
IMPORT DATABASE '/tmp/out'

-- @ file_write-12: a new database file; expect: refused
ATTACH '/tmp/new.duckdb' AS n

-- @ file_write-13: a database copied; expect: refused
COPY FROM DATABASE "serve-owner" TO n

-- @ file_write-14: a log into a file; expect: refused
CALL enable_logging(storage_path := '/tmp/log')

-- @ file_write-15: logging as a table function; expect: refused
SELECT * FROM enable_logging('QueryLog')

-- @ file_write-16: a profile into a file; expect: refused
PRAGMA enable_profiling = 'json'

-- @ file_write-17: the place of the profile; expect: refused
SET profiling_output = '/tmp/profile.json'

-- @ file_write-18: the place of temporary files; expect: refused
SET temp_directory = '/tmp'

-- @ file_write-19: the place of extensions; expect: refused
SET extension_directory = '/tmp'

-- @ file_write-20: a persistent secret; expect: refused
CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')

-- @ file_write-21: a writer as a function; expect: refused
SELECT * FROM write_csv('/tmp/x.csv')

-- @ file_write-22: EXPLAIN ANALYZE of COPY; expect: refused
EXPLAIN ANALYZE COPY doc TO '/tmp/out.csv'

-- @ file_write-23: PREPARE of COPY; expect: refused
PREPARE p AS COPY doc TO '/tmp/out.csv'

-- @ file_write-24: a log truncated; expect: refused
SELECT * FROM truncate_duckdb_logs()

-- @ file_write-25: parquet with our own key; expect: refused
PRAGMA add_parquet_key('k', '0123456789112345')
