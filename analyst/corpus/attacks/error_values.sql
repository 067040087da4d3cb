-- Errors as a channel: a message must hold no value of a cell, no path and no hidden name.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ error_values-01: a name cast to a number; expect: failed
SELECT name::INTEGER FROM cp

-- @ error_values-02: a purpose cast to a date; expect: failed
SELECT CAST(purpose AS DATE) FROM doc

-- @ error_values-03: an amount cast to what cannot hold it; expect: failed
SELECT sum_kzt::TINYINT FROM doc

-- @ error_values-04: an amount cast to a short decimal; expect: failed
SELECT sum_kzt::DECIMAL(3, 2) FROM doc

-- @ error_values-05: a name cast to JSON; expect: failed
SELECT name::JSON FROM cp

-- @ error_values-06: a name cast to a list; expect: failed
SELECT name::INTEGER[] FROM cp

-- @ error_values-07: a name cast to a struct; expect: failed
SELECT name::STRUCT(a INTEGER) FROM cp

-- @ error_values-08: a name cast to an enumeration; expect: failed
SELECT name::ENUM('a') FROM cp

-- @ error_values-09: a name cast to a bit string; expect: failed
SELECT name::BIT FROM cp

-- @ error_values-10: a name cast to an interval; expect: failed
SELECT name::INTERVAL FROM cp

-- @ error_values-11: a name cast to an id; expect: failed
SELECT name::UUID FROM cp

-- @ error_values-12: a name cast to a union; expect: failed
SELECT name::UNION(a INTEGER) FROM cp

-- @ error_values-13: a cast of a name that a filter was to hide; expect: failed
SELECT count(*) FROM cp WHERE bin_iin IS NOT NULL AND name::INTEGER > 0

-- @ error_values-14: a cast inside a CASE; expect: failed
SELECT CASE WHEN length(name) > 0 THEN name::BIGINT END FROM cp

-- @ error_values-15: a cast inside a join's condition; expect: failed
SELECT count(*) FROM cp JOIN doc ON cp.name::INTEGER = doc.number::INTEGER

-- @ error_values-16: a cast inside a list; expect: failed
SELECT [name]::INTEGER[] FROM cp

-- @ error_values-17: a cast inside a lambda; expect: failed
SELECT list_transform([name], lambda x: x::DATE) FROM cp

-- @ error_values-18: a cast inside an aggregate's order; expect: failed
SELECT list(doc_id ORDER BY purpose::DATE) FROM doc

-- @ error_values-19: a time out of a name; expect: failed
SELECT strptime(name, '%Y-%m-%d') FROM cp

-- @ error_values-20: a part of a date that a name names; expect: failed
SELECT date_part(name, DATE '2026-01-31') FROM cp

-- @ error_values-21: a time zone that a name names; expect: failed
SELECT timezone(name, TIMESTAMP '2026-01-31 00:00:00') FROM cp

-- @ error_values-22: a time zone worded as a missing column; expect: failed
SELECT timezone('column "' || cp_id || '" not found', TIMESTAMP '2026-01-31 00:00:00') FROM cp

-- @ error_values-23: a time zone worded as wrong types; expect: failed
SELECT timezone('argument types ''' || name || '''', TIMESTAMP '2026-01-31 00:00:00') FROM cp

-- @ error_values-24: a time zone worded as a syntax error; expect: failed
SELECT timezone('at or near "' || name || '"', TIMESTAMP '2026-01-31 00:00:00') FROM cp

-- @ error_values-25: a time zone in the other form; expect: failed
SELECT TIMESTAMP '2026-01-31 00:00:00' AT TIME ZONE name FROM cp

-- @ error_values-26: a regular expression out of a name; expect: failed
SELECT regexp_matches('x', '(' || name) FROM cp

-- @ error_values-27: an escape character out of a name; expect: failed
SELECT name LIKE 'a' ESCAPE name FROM cp

-- @ error_values-28: a path of JSON out of a name; expect: failed
SELECT json_extract('{}', '$' || name) FROM cp

-- @ error_values-29: the structure of JSON that is none; expect: failed
SELECT json_structure(name) FROM cp

-- @ error_values-30: hexadecimal digits out of a name; expect: failed
SELECT unhex(name) FROM cp

-- @ error_values-31: base 64 out of a name; expect: failed
SELECT from_base64(name) FROM cp

-- @ error_values-32: a size out of a name; expect: failed
SELECT parse_formatted_bytes(name) FROM cp

-- @ error_values-33: a map with the same key twice; expect: failed
SELECT map([name, name], [1, 2]) FROM cp

-- @ error_values-34: a scalar subquery of many rows; expect: failed
SELECT (SELECT name FROM cp)

-- @ error_values-35: a limit out of a name; expect: failed
SELECT doc_id FROM doc LIMIT (SELECT name FROM cp LIMIT 1)

-- @ error_values-36: a macro's date out of a name; expect: failed
SELECT * FROM ar_open((SELECT name FROM cp LIMIT 1)::DATE)

-- @ error_values-37: an overflow of a product; expect: failed
SELECT sum_kzt * sum_kzt * sum_kzt * sum_kzt FROM doc WHERE sum_kzt > 1000

-- @ error_values-38: an overflow of a whole number; expect: failed
SELECT 1::UTINYINT - sum_kzt::BIGINT::UTINYINT FROM doc

-- @ error_values-39: an error on purpose; expect: refused
SELECT error(name) FROM cp

-- @ error_values-40: an error on purpose, qualified; expect: refused
SELECT system.main.error((SELECT max(name) FROM cp))

-- @ error_values-41: an error on purpose inside CASE; expect: refused
SELECT CASE WHEN sum_kzt > 0 THEN error(purpose) END FROM doc

-- @ error_values-42: an assertion; expect: refused
SELECT assert_true(false, name) FROM cp

-- @ error_values-43: a missing column, near hidden ones; expect: failed
SELECT src FROM doc

-- @ error_values-44: a missing column of an alias; expect: failed
SELECT d.src_base FROM doc d

-- @ error_values-45: a missing relation, near hidden ones; expect: refused
SELECT * FROM onec_counterparty

-- @ error_values-46: a missing function, near others; expect: refused
SELECT current_settin('threads')

-- @ error_values-47: a missing type, near others; expect: refused
SELECT 'x'::dock

-- @ error_values-48: a missing collation, near others; expect: failed
SELECT name COLLATE kazak FROM cp

-- @ error_values-49: an ambiguous name; expect: failed
SELECT cp_id FROM doc, cp

-- @ error_values-50: a column of a macro that is missing; expect: failed
SELECT no_such FROM ar_open(DATE '2026-01-31')

-- @ error_values-51: wrong types for a macro; expect: failed
SELECT * FROM ar_open('not a date')

-- @ error_values-52: a list that is not one; expect: failed
SELECT unnest(name) FROM cp

-- @ error_values-53: a number in scientific writing that no type holds; expect: failed
SELECT 1e999::DECIMAL(18, 2)

-- @ error_values-54: an interval that the client cannot hold; expect: bounded
SELECT INTERVAL 9999999 YEAR

-- @ error_values-55: a character that is none; expect: bounded
SELECT chr(55296)

-- @ error_values-56: a time zone worded as wrong types, from a purpose; expect: failed
SELECT timezone('argument types ''' || purpose || '''', TIMESTAMP '2026-01-31 00:00:00') FROM doc WHERE purpose IS NOT NULL

-- @ error_values-57: a time zone worded as a name that must be grouped; expect: failed
SELECT timezone('column "' || cp_id || '" must appear in the GROUP BY', TIMESTAMP '2026-01-31 00:00:00') FROM cp

-- @ error_values-58: a time zone worded as a macro's name; expect: failed
SELECT timezone('Macro ar_open() does not support ' || name, TIMESTAMP '2026-01-31 00:00:00') FROM cp
