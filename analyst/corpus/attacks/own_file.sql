-- The serving file itself, read by its path or attached under another name.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ own_file-01: its path as a relation, single quotes; expect: refused
SELECT * FROM '{file}'

-- @ own_file-02: its path as a relation, double quotes; expect: refused
SELECT * FROM "{file}"

-- @ own_file-03: its path, FROM-first; expect: refused
FROM '{file}'

-- @ own_file-04: its path as TABLE; expect: refused
TABLE "{file}"

-- @ own_file-05: its bytes; expect: refused
SELECT size, content FROM read_blob('{file}')

-- @ own_file-06: its text; expect: refused
SELECT content FROM read_text('{file}')

-- @ own_file-07: a table of it by name; expect: refused
SELECT * FROM read_duckdb('{file}', table_name := 'cp')

-- @ own_file-08: a schema of it by name; expect: refused
SELECT * FROM read_duckdb('{file}', schema_name := 'raw', table_name := 'onec_counterparty')

-- @ own_file-09: attached under another name; expect: refused
ATTACH '{file}' AS m (READ_ONLY)

-- @ own_file-10: attached without a name; expect: refused
ATTACH IF NOT EXISTS '{file}'

-- @ own_file-11: its short name as a catalog; expect: refused
SELECT * FROM "serve-owner".main.cp

-- @ own_file-12: its short name as a catalog, for the engine's views; expect: refused
SELECT * FROM "serve-owner".information_schema.tables

-- @ own_file-13: a CTE with the name of the path that reads the path; expect: refused
WITH "{file}" AS (FROM "{file}") SELECT * FROM "{file}"

-- @ own_file-14: the path in a join; expect: refused
SELECT * FROM doc JOIN '{file}' f ON true

-- @ own_file-15: the path in an IN list; expect: refused
SELECT doc_id FROM doc WHERE doc_id IN (FROM '{file}')

-- @ own_file-16: the master file beside it; expect: refused
SELECT * FROM 'mirror.duckdb'

-- @ own_file-17: the master file's hidden table; expect: refused
SELECT * FROM read_duckdb('mirror.duckdb', schema_name := 'raw', table_name := 'onec_counterparty')

-- @ own_file-18: a list of paths; expect: refused
SELECT * FROM read_blob(['{file}', 'mirror.duckdb'])

-- @ own_file-19: a pattern that matches it; expect: refused
SELECT * FROM glob('*.duckdb')

-- @ own_file-20: a pattern as a relation; expect: refused
SELECT * FROM '*.duckdb'

-- @ own_file-21: its path with a file scheme; expect: refused
SELECT * FROM 'file://{file}'

-- @ own_file-22: its storage, block by block; expect: refused
SELECT * FROM pragma_storage_info('doc')

-- @ own_file-23: its size and path; expect: refused
SELECT * FROM pragma_database_size()

-- @ own_file-24: its path from the catalog; expect: refused
SELECT path FROM duckdb_databases()

-- @ own_file-25: its path from the process; expect: refused
SELECT * FROM '/proc/self/maps'

-- @ own_file-26: its open descriptor; expect: refused
SELECT * FROM read_blob('/proc/self/fd/3')

-- @ own_file-27: the pointer beside it; expect: refused
SELECT * FROM read_json('../../CURRENT')

-- @ own_file-28: the catalog beside it; expect: refused
SELECT * FROM 'serve-owner.json'

-- @ own_file-29: the parsed path, then read; expect: refused
SELECT * FROM read_blob(parse_dirpath('{file}') || '/mirror.duckdb')

-- @ own_file-30: a copy to another place; expect: refused
COPY FROM DATABASE main TO other

-- @ own_file-31: an export; expect: refused
EXPORT DATABASE '/tmp/copy'

-- @ own_file-32: the path as a lateral function of a column; expect: refused
SELECT * FROM (SELECT '{file}' AS p) x, read_blob(x.p)
