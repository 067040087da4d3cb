-- Relations and columns that are in the mirror and not published: they are not in the serving file, and no form of naming finds them.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ hidden_columns-01: the raw layer; expect: refused
SELECT * FROM raw.onec_counterparty

-- @ hidden_columns-02: the raw layer in capitals and quotes; expect: refused
SELECT * FROM "RAW"."ONEC_COUNTERPARTY"

-- @ hidden_columns-03: the staging layer; expect: refused
SELECT * FROM staging.doc

-- @ hidden_columns-04: the loader's own tables; expect: refused
SELECT * FROM meta.sync_state

-- @ hidden_columns-05: the moment of the run; expect: refused
SELECT * FROM meta.run

-- @ hidden_columns-06: the keys behind short ids; expect: refused
SELECT * FROM meta.short_id

-- @ hidden_columns-07: a relation of the core that is not published; expect: refused
SELECT * FROM doc_key

-- @ hidden_columns-08: a published name in a schema that is not main; expect: refused
SELECT * FROM staging.cp

-- @ hidden_columns-09: a published name in temp; expect: refused
SELECT * FROM temp.doc

-- @ hidden_columns-10: a published name in temp.main; expect: refused
SELECT * FROM temp.main.doc

-- @ hidden_columns-11: a published name in system; expect: refused
SELECT * FROM system.main.doc

-- @ hidden_columns-12: a published name with a space; expect: refused
SELECT * FROM "doc "

-- @ hidden_columns-13: a published name with a dot inside quotes; expect: refused
SELECT * FROM "main.doc"

-- @ hidden_columns-14: an empty name; expect: failed
SELECT * FROM ""

-- @ hidden_columns-15: a column that only the source has; expect: failed
SELECT src_ref FROM doc

-- @ hidden_columns-16: a column that only the source has, qualified; expect: failed
SELECT doc.src_version FROM doc

-- @ hidden_columns-17: a column that only the source has, by struct; expect: failed
SELECT (d).src_ref FROM doc d

-- @ hidden_columns-18: a column that only the source has, by extraction; expect: failed
SELECT struct_extract(d, 'src_ref') FROM doc d

-- @ hidden_columns-19: a column by a number beyond the last; expect: failed
SELECT #999 FROM doc

-- @ hidden_columns-20: a column by the number zero; expect: failed
SELECT #0 FROM doc

-- @ hidden_columns-21: a column by pattern with nothing to find; expect: failed
SELECT COLUMNS('src_.*') FROM doc

-- @ hidden_columns-22: a column by a lambda; expect: failed
SELECT COLUMNS(lambda c: c LIKE 'src%') FROM doc

-- @ hidden_columns-23: a column by LIKE; expect: failed
SELECT * LIKE 'src%' FROM doc

-- @ hidden_columns-24: a column by exclusion of what is not there; expect: failed
SELECT * EXCLUDE (src_ref) FROM doc

-- @ hidden_columns-25: a column in a struct of chosen ones; expect: failed
SELECT struct_pack(a := src_ref) FROM doc

-- @ hidden_columns-26: a column by replacing; expect: failed
SELECT * REPLACE (src_ref AS doc_id) FROM doc

-- @ hidden_columns-27: a column in USING; expect: failed
SELECT * FROM doc a JOIN doc b USING (src_ref)

-- @ hidden_columns-28: a column in ORDER BY; expect: failed
SELECT doc_id FROM doc ORDER BY src_ref

-- @ hidden_columns-29: a column in UNPIVOT; expect: failed
UNPIVOT doc ON src_ref INTO NAME k VALUE v

-- @ hidden_columns-30: a column in PIVOT; expect: failed
PIVOT doc ON src_ref IN ('x') USING count(*)

-- @ hidden_columns-31: a column in ASOF's condition; expect: failed
SELECT 1 FROM doc a ASOF JOIN doc b ON a.src_version >= b.src_version

-- @ hidden_columns-32: a column of a macro's inside; expect: failed
SELECT turn FROM ar_open(DATE '2026-01-31')

-- @ hidden_columns-33: a macro's inner relation from outside; expect: refused
SELECT * FROM ar_open(DATE '2026-01-31') a, paid

-- @ hidden_columns-34: a macro's inner relation as an argument; expect: refused
SELECT * FROM ar_open((SELECT max(eff_date) FROM paid))

-- @ hidden_columns-35: a macro's inner column as an argument; expect: failed
SELECT * FROM ar_open(s.eff_date)

-- @ hidden_columns-36: a macro's inner CTE reached by a column; expect: failed
SELECT * FROM ageing(o.due_date)

-- @ hidden_columns-37: the file a row is from; expect: failed
SELECT filename FROM doc

-- @ hidden_columns-38: the row number in the file; expect: failed
SELECT file_row_number FROM doc

-- @ hidden_columns-39: the table a row is from; expect: failed
SELECT tableoid FROM doc

-- @ hidden_columns-40: a state of another time; expect: refused
SELECT * FROM doc AT (VERSION => 1)

-- @ hidden_columns-41: a state of another moment; expect: refused
SELECT * FROM doc AT (TIMESTAMP => TIMESTAMP '2026-01-01')

-- @ hidden_columns-42: a macro without its arguments; expect: refused
SELECT * FROM sales_in

-- @ hidden_columns-43: a macro with too many arguments; expect: refused
SELECT * FROM ar_open(DATE '2026-01-31', true)

-- @ hidden_columns-44: a macro with an argument it does not have; expect: failed
SELECT * FROM ar_open(raw := DATE '2026-01-31')

-- @ hidden_columns-45: a macro of a schema that is not main; expect: refused
SELECT * FROM staging.ar_open(DATE '2026-01-31')

-- @ hidden_columns-46: a macro of the system catalog; expect: refused
SELECT * FROM system.main.ar_open(DATE '2026-01-31')

-- @ hidden_columns-47: a scalar macro as a relation; expect: refused
SELECT * FROM name_norm('x')

-- @ hidden_columns-48: a scalar macro of a schema; expect: refused
SELECT staging.name_norm('x')

-- @ hidden_columns-49: a scan of a table by name; expect: refused
SELECT * FROM seq_scan('doc_key')

-- @ hidden_columns-50: the memory of a table; expect: refused
SELECT * FROM table_scan('doc_key')
