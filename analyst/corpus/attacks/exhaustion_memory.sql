-- Statements that would fill the memory: stopped by the limits of the engine and of the process.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ exhaustion_memory-01: a list of everything; expect: bounded
SELECT list(i) FROM range(2000000000) t(i)

-- @ exhaustion_memory-02: two long lists; expect: bounded
SELECT a.x, b.y FROM (SELECT list(i) x FROM range(100000000) t(i)) a, (SELECT list(i) y FROM range(100000000) t(i)) b

-- @ exhaustion_memory-03: text of everything; expect: bounded
SELECT length(string_agg(i::VARCHAR, ',')) FROM range(10000000000) t(i)

-- @ exhaustion_memory-04: text that doubles; expect: bounded
WITH RECURSIVE t(n, s) AS (SELECT 1, 'xxxxxxxx' UNION ALL SELECT n + 1, s || s FROM t WHERE n < 40) SELECT max(length(s)) FROM t

-- @ exhaustion_memory-05: text that doubles without recursion; expect: bounded
SELECT length(s || s || s || s) FROM (SELECT s || s || s || s AS s FROM (SELECT string_agg('xxxxxxxxxx', '') AS s FROM range(10000000)))

-- @ exhaustion_memory-06: a sort of a product; expect: bounded
SELECT * FROM range(100000) a, range(100000) b ORDER BY hash(a.range * b.range)

-- @ exhaustion_memory-07: distinct values of a product; expect: bounded
SELECT DISTINCT a.range * 100000 + b.range FROM range(100000) a, range(100000) b

-- @ exhaustion_memory-08: groups of a product; expect: bounded
SELECT md5(a.range || '-' || b.range), count(*) FROM range(100000) a, range(100000) b GROUP BY 1

-- @ exhaustion_memory-09: a window of lists; expect: bounded
SELECT list(i) OVER (ORDER BY i) FROM range(1000000) t(i)

-- @ exhaustion_memory-10: a histogram of everything; expect: bounded
SELECT histogram(i) FROM range(100000000) t(i)

-- @ exhaustion_memory-11: a map of everything; expect: bounded
SELECT map_from_entries(list((i, i))) FROM range(100000000) t(i)

-- @ exhaustion_memory-12: JSON of everything; expect: bounded
SELECT json_group_array(i) FROM range(1000000000) t(i)

-- @ exhaustion_memory-13: a JSON object of everything; expect: bounded
SELECT json_group_object(i, i) FROM range(1000000000) t(i)

-- @ exhaustion_memory-14: JSON a million brackets deep; expect: bounded
SELECT json_valid(string_agg('[', '') || string_agg(']', '')) FROM range(3000000)

-- @ exhaustion_memory-15: JSON that is searched a million brackets deep; expect: bounded
SELECT json_contains(string_agg('[', '') || string_agg(']', ''), '1') FROM range(1000000)

-- @ exhaustion_memory-16: JSON that is printed with indents; expect: bounded
SELECT length(json_pretty(string_agg('[', '') || string_agg(']', ''))) FROM range(100000)

-- @ exhaustion_memory-17: the mode of everything; expect: bounded
SELECT mode(i), entropy(i) FROM range(1000000000) t(i)

-- @ exhaustion_memory-18: quantiles of everything; expect: bounded
SELECT quantile_cont(i, [0.1, 0.5, 0.9]) FROM range(1000000000) t(i)

-- @ exhaustion_memory-19: a sample larger than the machine; expect: bounded
SELECT reservoir_quantile(i, 0.5, 1000000000) FROM range(10) t(i)

-- @ exhaustion_memory-20: the most frequent of a million; expect: bounded
SELECT approx_top_k(i, 999999) FROM range(10) t(i)

-- @ exhaustion_memory-21: the largest million of each group; expect: bounded
SELECT i % 1000, max(i, 999999) FROM range(100000000) t(i) GROUP BY 1

-- @ exhaustion_memory-22: text split into letters; expect: bounded
SELECT len(string_split(string_agg(i::VARCHAR, ''), '')) FROM range(30000000) t(i)

-- @ exhaustion_memory-23: a list exploded and gathered again; expect: bounded
SELECT list(u) FROM (SELECT unnest(l) u FROM (SELECT list(i) l FROM range(1000000) t(i)), range(1000))

-- @ exhaustion_memory-24: a cross product of lists; expect: bounded
SELECT list_transform(l, lambda x: l) FROM (SELECT list(i) l FROM range(20000) t(i))

-- @ exhaustion_memory-25: lists of lists of lists; expect: bounded
SELECT list_transform(l, lambda a: list_transform(l, lambda b: list_transform(l, lambda c: a + b + c))) FROM (SELECT list(i) l FROM range(1000) t(i))

-- @ exhaustion_memory-26: hexadecimal of hexadecimal; expect: bounded
SELECT length(hex(hex(hex(hex(hex(hex(string_agg('x', '')))))))) FROM range(10000000)

-- @ exhaustion_memory-27: a replacement that grows; expect: bounded
SELECT length(replace(replace(replace(s, 'x', s), 'x', s), 'x', s)) FROM (SELECT string_agg('x', '') AS s FROM range(1000))

-- @ exhaustion_memory-28: a regular expression's replacement that grows; expect: bounded
SELECT length(regexp_replace(s, 'x', s, 'g')) FROM (SELECT string_agg('x', '') AS s FROM range(100000))

-- @ exhaustion_memory-29: a translation to base 64, again and again; expect: bounded
SELECT length(to_base64(to_base64(to_base64(string_agg('xxxx', '')::BLOB)::BLOB)::BLOB)) FROM range(50000000)

-- @ exhaustion_memory-30: a format of a date that grows; expect: bounded; repeat
SELECT length(strftime(DATE '2026-01-31', '{{"%A%B%c" * 2000}}')) FROM range(100000)

-- @ exhaustion_memory-31: a materialised CTE of a product; expect: bounded
WITH x AS MATERIALIZED (SELECT md5(a.range::VARCHAR || b.range) m FROM range(100000) a, range(100000) b) SELECT count(*) FROM x a JOIN x b USING (m)

-- @ exhaustion_memory-32: a recursion that keeps everything; expect: bounded
WITH RECURSIVE t(n, l) AS (SELECT 0, [0] UNION ALL SELECT n + 1, list_concat(l, l) FROM t WHERE n < 60) SELECT max(len(l)) FROM t

-- @ exhaustion_memory-33: a repeated text; expect: refused
SELECT repeat('x', 1000000000)

-- @ exhaustion_memory-34: a repeated list; expect: refused
SELECT repeat([1], 1000000000)

-- @ exhaustion_memory-35: a padded text; expect: refused
SELECT lpad('x', 2000000000, 'y')

-- @ exhaustion_memory-36: a padded text on the right; expect: refused
SELECT rpad('x', 2000000000, 'y')

-- @ exhaustion_memory-37: a printed width; expect: refused
SELECT printf('%2000000000d', 1)

-- @ exhaustion_memory-38: a formatted width; expect: refused
SELECT format('{:2000000000}', 1)

-- @ exhaustion_memory-39: a bit string; expect: refused
SELECT bitstring('0', 2000000000)

-- @ exhaustion_memory-40: a list made longer; expect: refused
SELECT list_resize([1], 2000000000)

-- @ exhaustion_memory-41: a range as a value; expect: refused
SELECT range(1000000000)

-- @ exhaustion_memory-42: a series as a value; expect: refused
SELECT generate_series(1, 1000000000)

-- @ exhaustion_memory-43: a bar; expect: refused
SELECT bar(1, 0, 10, 2000000000)

-- @ exhaustion_memory-44: repeated rows; expect: refused
SELECT * FROM repeat_row(1, num_rows := 1000000000000)

-- @ exhaustion_memory-45: repeated rows by the table function; expect: refused
SELECT * FROM repeat('x', 1000000000000)
