-- Statistics of columns and storage: what a view or a filter would hide, they tell about the whole table.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ statistics-01: statistics of a column; expect: refused
SELECT stats(sum_kzt) FROM doc LIMIT 1

-- @ statistics-02: statistics through a filter; expect: refused
SELECT stats(sum_kzt) FROM (SELECT * FROM doc WHERE false)

-- @ statistics-03: statistics through a CTE; expect: refused
WITH d AS (SELECT sum_kzt FROM doc WHERE type = 'sale') SELECT stats(sum_kzt) FROM d

-- @ statistics-04: statistics through our own macro; expect: refused
SELECT stats(open_kzt) FROM ar_open(DATE '2026-01-31')

-- @ statistics-05: statistics in capitals and quotes; expect: refused
SELECT "STATS"(name) FROM cp

-- @ statistics-06: statistics as a method; expect: refused
SELECT name.stats() FROM cp

-- @ statistics-07: statistics in a WHERE; expect: refused
SELECT doc_id FROM doc WHERE stats(sum_kzt) LIKE '%Max%'

-- @ statistics-08: statistics in an ORDER BY; expect: refused
SELECT doc_id FROM doc ORDER BY stats(sum_kzt)

-- @ statistics-09: statistics in GROUP BY; expect: refused
SELECT count(*) FROM doc GROUP BY stats(doc_date)

-- @ statistics-10: statistics in HAVING; expect: refused
SELECT type FROM doc GROUP BY type HAVING max(stats(sum_kzt)) <> ''

-- @ statistics-11: statistics in QUALIFY; expect: refused
SELECT doc_id FROM doc QUALIFY max(stats(sum_kzt)) OVER () <> ''

-- @ statistics-12: statistics in a lambda; expect: refused
SELECT list_transform([1], lambda x: stats(x))

-- @ statistics-13: storage of a table; expect: refused
SELECT * FROM pragma_storage_info('doc')

-- @ statistics-14: storage by PRAGMA; expect: refused
PRAGMA storage_info('doc')

-- @ statistics-15: columns of a table; expect: refused
SELECT * FROM pragma_table_info('doc')

-- @ statistics-16: columns by SHOW; expect: refused
SELECT * FROM pragma_show('doc')

-- @ statistics-17: SUMMARIZE; expect: refused
SUMMARIZE doc

-- @ statistics-18: SUMMARIZE of a query; expect: refused
SUMMARIZE SELECT * FROM cp

-- @ statistics-19: SUMMARIZE as a source of rows; expect: refused
SELECT * FROM (SUMMARIZE doc)

-- @ statistics-20: SUMMARIZE inside a CTE; expect: refused
WITH s AS (SUMMARIZE doc) SELECT * FROM s

-- @ statistics-21: the summary function; expect: refused
SELECT * FROM summary((SELECT * FROM doc))

-- @ statistics-22: size of the database; expect: refused
CALL pragma_database_size()

-- @ statistics-23: size by PRAGMA; expect: refused
PRAGMA database_size

-- @ statistics-24: free blocks; expect: refused
SELECT * FROM pragma_metadata_info()

-- @ statistics-25: estimated sizes; expect: refused
SELECT table_name, estimated_size FROM duckdb_tables()

-- @ statistics-26: the vector kind of a column; expect: refused
SELECT vector_type(name) FROM cp

-- @ statistics-27: the block size; expect: refused
SELECT get_block_size('serve-owner')

-- @ statistics-28: the order key of a value; expect: refused
SELECT create_sort_key(name, 'ASC') FROM cp

-- @ statistics-29: statistics of a parquet file; expect: refused
SELECT stats_max FROM parquet_metadata('x.parquet')

-- @ statistics-30: bloom filter of a parquet file; expect: refused
SELECT * FROM parquet_bloom_probe('x.parquet', 'a', 1)
