-- Answers larger than anybody can read: cut, marked, and never read as empty.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ exhaustion_output-01: a million rows; expect: bounded
SELECT i, i * 1.5 AS x FROM range(1000000) t(i)

-- @ exhaustion_output-02: a million million rows; expect: bounded
SELECT * FROM range(1000000000000)

-- @ exhaustion_output-03: five thousand columns; expect: bounded; repeat
SELECT {{"1 AS c#" * 1500, ","}}

-- @ exhaustion_output-04: thousands of columns by stars; expect: bounded; repeat
SELECT {{"d.*" * 300, ","}} FROM doc d

-- @ exhaustion_output-05: one cell of fifty megabytes; expect: bounded
SELECT string_agg('xxxxxxxxxx', '') FROM range(5000000)

-- @ exhaustion_output-06: many cells of a megabyte; expect: bounded
SELECT s FROM (SELECT string_agg('xxxxxxxxxx', '') s FROM range(100000)), range(1000)

-- @ exhaustion_output-07: a list of a million; expect: bounded
SELECT list(i) FROM range(1000000) t(i)

-- @ exhaustion_output-08: a map of a million; expect: bounded
SELECT map(list(i), list(i)) FROM range(1000000) t(i)

-- @ exhaustion_output-09: every row as one struct; expect: bounded
SELECT list(d) FROM doc d

-- @ exhaustion_output-10: two megabytes of echo; expect: bounded; repeat
SELECT string_agg('{{"x" * 15000}}', '') FROM range(140)

-- @ exhaustion_output-11: a long column name; expect: bounded; repeat
SELECT 1 AS "{{"n" * 15000}}"

-- @ exhaustion_output-12: many long column names; expect: bounded; repeat
SELECT {{"1 AS nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn#" * 250, ","}}

-- @ exhaustion_output-13: an expression as a column name; expect: bounded; repeat
SELECT {{"1" * 5000, "+"}}

-- @ exhaustion_output-14: bytes of fifty megabytes; expect: bounded
SELECT string_agg('xxxxxxxxxx', '')::BLOB FROM range(5000000)

-- @ exhaustion_output-15: a bit string of megabytes; expect: bounded
SELECT string_agg('10', '')::BIT FROM range(1000000)

-- @ exhaustion_output-16: a list of lists of lists; expect: bounded
SELECT list_transform(l, lambda x: l) FROM (SELECT list(i) l FROM range(1000) t(i))

-- @ exhaustion_output-17: a struct as deep as brackets allow; expect: bounded; repeat
SELECT {{"{'a': " * 60}}1{{"}" * 60}}

-- @ exhaustion_output-18: JSON of every row; expect: bounded
SELECT json_group_array(to_json(d)) FROM doc d

-- @ exhaustion_output-19: a number with many digits; expect: bounded
SELECT 170141183460469231731687303715884105727, 1e308, 1e308 * 10

-- @ exhaustion_output-20: dates that the client does not have; expect: bounded
SELECT DATE '290000-01-01', TIMESTAMP 'infinity', DATE '0044-03-15 (BC)', TIME '24:00:00'

-- @ exhaustion_output-21: a product of all relations; expect: bounded
SELECT * FROM doc, gl, bank_line

-- @ exhaustion_output-22: text of directions and controls; expect: bounded
SELECT string_agg(chr(8238) || chr(7) || chr(8203), '') FROM range(100000)

-- @ exhaustion_output-23: every character there is; expect: bounded
SELECT string_agg(chr(i::INTEGER), '') FROM range(1, 50000) t(i)

-- @ exhaustion_output-24: a month count that the client cannot hold; expect: bounded
SELECT to_months(1000000000)

-- @ exhaustion_output-25: a day count that the client cannot hold; expect: bounded
SELECT to_days(1000000000), INTERVAL 178956970 YEAR
