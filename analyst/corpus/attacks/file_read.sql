-- Files of the host: by table function, by a name that is a path, by COPY.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ file_read-01: CSV by function; expect: refused
SELECT * FROM read_csv('/etc/passwd')

-- @ file_read-02: CSV with sniffing, old name; expect: refused
SELECT * FROM read_csv_auto('/etc/passwd', header := false)

-- @ file_read-03: the sniffer itself; expect: refused
SELECT * FROM sniff_csv('/etc/passwd')

-- @ file_read-04: text; expect: refused
SELECT content FROM read_text('/etc/passwd')

-- @ file_read-05: blob; expect: refused
SELECT content FROM read_blob('/etc/shadow')

-- @ file_read-06: JSON; expect: refused
SELECT * FROM read_json('/etc/hostname')

-- @ file_read-07: JSON lines; expect: refused
SELECT * FROM read_ndjson('/etc/hostname')

-- @ file_read-08: JSON objects; expect: refused
SELECT * FROM read_json_objects('/etc/hostname')

-- @ file_read-09: JSON objects, automatic; expect: refused
SELECT * FROM read_json_objects_auto('/etc/hostname')

-- @ file_read-10: parquet; expect: refused
SELECT * FROM read_parquet('/tmp/*.parquet')

-- @ file_read-11: parquet, old name; expect: refused
SELECT * FROM parquet_scan('/tmp/x.parquet')

-- @ file_read-12: parquet metadata; expect: refused
SELECT * FROM parquet_metadata('/tmp/x.parquet')

-- @ file_read-13: parquet schema; expect: refused
SELECT * FROM parquet_schema('/tmp/x.parquet')

-- @ file_read-14: parquet key-value metadata; expect: refused
SELECT * FROM parquet_kv_metadata('/tmp/x.parquet')

-- @ file_read-15: a directory listing; expect: refused
SELECT * FROM glob('/home/*/.ssh/*')

-- @ file_read-16: a path as a relation, single quotes; expect: refused
SELECT * FROM '/etc/passwd'

-- @ file_read-17: a path as a relation, double quotes; expect: refused
SELECT * FROM "/etc/passwd.csv"

-- @ file_read-18: a relative path; expect: refused
SELECT * FROM '../../../etc/passwd'

-- @ file_read-19: a home path; expect: refused
SELECT * FROM '~/.aws/credentials'

-- @ file_read-20: a compressed file; expect: refused
SELECT * FROM 'x.csv.gz'

-- @ file_read-21: a JSON file as a relation; expect: refused
SELECT * FROM 'x.json'

-- @ file_read-22: a parquet file as a relation; expect: refused
SELECT * FROM 'x.parquet'

-- @ file_read-23: an Excel file; expect: refused
SELECT * FROM 'x.xlsx'

-- @ file_read-24: a SQLite file; expect: refused
SELECT * FROM 'x.sqlite'

-- @ file_read-25: an Arrow file; expect: refused
SELECT * FROM 'x.arrow'

-- @ file_read-26: a pattern as a relation; expect: refused
SELECT * FROM '/var/log/*.csv'

-- @ file_read-27: the environment of the process; expect: refused
SELECT * FROM read_blob('/proc/self/environ')

-- @ file_read-28: the command line of the process; expect: refused
SELECT * FROM '/proc/self/cmdline'

-- @ file_read-29: standard input; expect: refused
SELECT * FROM read_csv('/dev/stdin')

-- @ file_read-30: a device without an end; expect: refused
SELECT * FROM read_blob('/dev/zero')

-- @ file_read-31: a named pipe syntax; expect: refused
SELECT * FROM read_csv('ls |')

-- @ file_read-32: a path built of pieces; expect: refused
SELECT * FROM read_text('/etc/' || 'passwd')

-- @ file_read-33: a path from a column; expect: refused
SELECT t.content FROM doc, LATERAL (SELECT content FROM read_text(doc.purpose)) t

-- @ file_read-34: a list of paths; expect: refused
SELECT * FROM read_text(['/etc/passwd', '/etc/hosts'])

-- @ file_read-35: a path in a CTE; expect: refused
WITH f AS (SELECT * FROM '/etc/passwd') SELECT * FROM f

-- @ file_read-36: a path as the anchor of a recursion; expect: refused
WITH RECURSIVE r AS (SELECT * FROM '/etc/passwd' UNION ALL SELECT * FROM r) SELECT * FROM r

-- @ file_read-37: a path behind a set operation; expect: refused
SELECT name FROM cp UNION ALL SELECT * FROM '/etc/passwd'

-- @ file_read-38: a path in PIVOT; expect: refused
PIVOT '/etc/passwd' ON a IN ('x') USING count(*)

-- @ file_read-39: a path in UNPIVOT; expect: refused
UNPIVOT '/etc/passwd' ON a INTO NAME k VALUE v

-- @ file_read-40: a path in ASOF; expect: refused
SELECT * FROM doc ASOF JOIN '/etc/passwd' p ON doc.doc_id >= p.a

-- @ file_read-41: a path in EXISTS; expect: refused
SELECT 1 WHERE EXISTS (FROM '/etc/passwd')

-- @ file_read-42: a path as a schema; expect: refused
SELECT * FROM "/etc".passwd

-- @ file_read-43: COPY FROM; expect: refused
COPY doc FROM '/etc/passwd'

-- @ file_read-44: COPY FROM as a query; expect: failed
SELECT * FROM (COPY doc FROM '/etc/passwd')

-- @ file_read-45: the environment by function; expect: refused
SELECT getenv('HOME')

-- @ file_read-46: a Python variable of the host; expect: refused
SELECT * FROM settings

-- @ file_read-47: a Python frame by pointer; expect: refused
SELECT * FROM python_scan(140000000000)

-- @ file_read-48: an Arrow stream by pointer; expect: refused
SELECT * FROM arrow_scan(1, 2, 3)

-- @ file_read-49: a pandas frame by pointer; expect: refused
SELECT * FROM pandas_scan(1)

-- @ file_read-50: a qualified reader; expect: refused
SELECT * FROM main.read_text('/etc/passwd')

-- @ file_read-51: a reader of the system catalog; expect: refused
SELECT * FROM system.main.read_text('/etc/passwd')

-- @ file_read-52: a quoted reader in capitals; expect: refused
SELECT * FROM "READ_TEXT"('/etc/passwd')

-- @ file_read-53: a reader as a scalar function; expect: refused
SELECT read_text('/etc/passwd')

-- @ file_read-54: method chaining to a reader; expect: refused
SELECT '/etc/passwd'.read_text()
