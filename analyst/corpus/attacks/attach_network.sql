-- Other databases, other machines, code from outside.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ attach_network-01: another database in memory; expect: refused
ATTACH ':memory:' AS m

-- @ attach_network-02: another database with a type; expect: refused
ATTACH 'x.db' AS m (TYPE sqlite)

-- @ attach_network-03: a Postgres server; expect: refused
ATTACH 'dbname=x host=10.0.0.1' AS p (TYPE postgres)

-- @ attach_network-04: a web address attached; expect: refused
ATTACH 'https://example.org/x.duckdb' AS w

-- @ attach_network-05: detached; expect: refused
DETACH "serve-owner"

-- @ attach_network-06: CONNECT; expect: refused
CONNECT 'x'

-- @ attach_network-07: DISCONNECT; expect: refused
DISCONNECT

-- @ attach_network-08: a web address as a relation; expect: refused
SELECT * FROM 'https://example.org/x.csv'

-- @ attach_network-09: a plain web address as a relation; expect: refused
SELECT * FROM "http://169.254.169.254/latest/meta-data/"

-- @ attach_network-10: a web address by function; expect: refused
SELECT * FROM read_csv('https://example.org/x.csv')

-- @ attach_network-11: an address that holds data of ours; expect: refused
SELECT * FROM read_text('https://example.org/?q=' || (SELECT name FROM cp LIMIT 1))

-- @ attach_network-12: an S3 address; expect: refused
SELECT * FROM 's3://bucket/x.parquet'

-- @ attach_network-13: a Google Cloud address; expect: refused
SELECT * FROM 'gs://bucket/x.parquet'

-- @ attach_network-14: an Azure address; expect: refused
SELECT * FROM 'az://container/x.parquet'

-- @ attach_network-15: a Hugging Face address; expect: refused
SELECT * FROM 'hf://datasets/x/y.csv'

-- @ attach_network-16: a network share; expect: refused
SELECT * FROM '\\host\share\x.csv'

-- @ attach_network-17: INSTALL; expect: refused
INSTALL httpfs

-- @ attach_network-18: INSTALL from an address; expect: refused
INSTALL spatial FROM 'https://example.org'

-- @ attach_network-19: INSTALL from the community; expect: refused
FORCE INSTALL shellfs FROM community

-- @ attach_network-20: LOAD; expect: refused
LOAD httpfs

-- @ attach_network-21: LOAD of a file; expect: refused
LOAD '/tmp/x.duckdb_extension'

-- @ attach_network-22: UPDATE EXTENSIONS; expect: refused
UPDATE EXTENSIONS

-- @ attach_network-23: a secret; expect: refused
CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')

-- @ attach_network-24: secrets listed; expect: refused
SELECT * FROM duckdb_secrets()

-- @ attach_network-25: which secret is used; expect: refused
SELECT * FROM which_secret('s3://bucket', 's3')

-- @ attach_network-26: extensions listed; expect: refused
SELECT * FROM duckdb_extensions()

-- @ attach_network-27: a scan of Postgres; expect: refused
SELECT * FROM postgres_scan('host=10.0.0.1', 'public', 't')

-- @ attach_network-28: a query of Postgres; expect: refused
SELECT * FROM postgres_query('p', 'SELECT 1')

-- @ attach_network-29: a scan of MySQL; expect: refused
SELECT * FROM mysql_scan('host=10.0.0.1', 'd', 't')

-- @ attach_network-30: a scan of SQLite; expect: refused
SELECT * FROM sqlite_scan('x.db', 't')

-- @ attach_network-31: a scan of Iceberg; expect: refused
SELECT * FROM iceberg_scan('s3://bucket/x')

-- @ attach_network-32: a scan of Delta; expect: refused
SELECT * FROM delta_scan('s3://bucket/x')

-- @ attach_network-33: an HTTP call; expect: refused
SELECT http_get('https://example.org')

-- @ attach_network-34: the client's address; expect: refused
SELECT inet_client_addr()

-- @ attach_network-35: an external resource; expect: refused
SELECT * FROM register_external_resource('x', 'y')

-- @ attach_network-36: a function of Python; expect: refused
SELECT * FROM python_map_function(1)

-- @ attach_network-37: a relation of another catalog; expect: refused
SELECT * FROM other.main.doc
