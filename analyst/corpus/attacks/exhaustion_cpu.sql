-- Statements that would compute for ever: stopped by the time limit, and the next question is answered.
--
-- A block is a header line and one statement. expect: refused (by a rule of the guard), failed (ends with an error that tells nothing),
-- bounded (ends within the limits of time, memory and size). Flags escapes and repeat, and {file}: see analyst/corpus/__init__.py.

-- @ exhaustion_cpu-01: a cross join of ranges; expect: bounded
SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range > random()

-- @ exhaustion_cpu-02: a cross join of relations; expect: bounded
SELECT sum(a.sum_kzt * b.sum_kzt + c.sum_kzt) FROM doc a, doc b, doc c WHERE a.sum_kzt > random()

-- @ exhaustion_cpu-03: a join by inequality; expect: bounded
SELECT count(*) FROM gl a JOIN gl b ON a.amount_kzt < b.amount_kzt AND a.dt > b.dt JOIN doc c ON c.sum_kzt > b.amount_kzt

-- @ exhaustion_cpu-04: a recursion without an end; expect: bounded
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t

-- @ exhaustion_cpu-05: a recursion that tries to go round; expect: bounded
WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT (n * 7 + 1) % 100000007 FROM t) SELECT count(*) FROM t

-- @ exhaustion_cpu-06: a recursion that doubles; expect: bounded
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + x FROM t, (VALUES (1), (2)) v(x)) SELECT count(*) FROM t

-- @ exhaustion_cpu-07: a series without a practical end; expect: bounded
SELECT count(*) FROM generate_series(1, 1000000000000) t(i) WHERE hash(i) = 1

-- @ exhaustion_cpu-08: a series of moments; expect: bounded
SELECT max(t) FROM generate_series(TIMESTAMP '0001-01-01', TIMESTAMP '9999-12-31', INTERVAL 1 MICROSECOND) g(t)

-- @ exhaustion_cpu-09: hashes of hashes; expect: bounded
SELECT max(sha256(sha256(md5(i::VARCHAR)))) FROM range(1000000000) t(i)

-- @ exhaustion_cpu-10: a regular expression over everything; expect: bounded
SELECT count(*) FROM range(100000000) t(i) WHERE regexp_matches(md5(i::VARCHAR), '(a|b|c)*(d|e|f)*x')

-- @ exhaustion_cpu-11: a pattern with many wildcards; expect: bounded
SELECT count(*) FROM doc a, doc b WHERE a.purpose LIKE '%а%е%и%о%у%ы%э%ю%я%' || b.doc_id

-- @ exhaustion_cpu-12: text similarity of every pair; expect: bounded
SELECT max(jaro_winkler_similarity(a.purpose, b.purpose)) FROM bank_line a, bank_line b

-- @ exhaustion_cpu-13: a window over a product; expect: bounded
SELECT max(s) FROM (SELECT sum(a.sum_kzt) OVER (ORDER BY b.sum_kzt ROWS BETWEEN 100000 PRECEDING AND 100000 FOLLOWING) s FROM doc a, doc b)

-- @ exhaustion_cpu-14: a median in every frame; expect: bounded
SELECT max(m) FROM (SELECT median(i) OVER (ORDER BY hash(i) ROWS BETWEEN 50000 PRECEDING AND 50000 FOLLOWING) m FROM range(1000000) t(i))

-- @ exhaustion_cpu-15: distinct values in every frame; expect: bounded
SELECT max(c) FROM (SELECT count(DISTINCT i % 1000) OVER (ORDER BY hash(i) ROWS BETWEEN 50000 PRECEDING AND 50000 FOLLOWING) c FROM range(1000000) t(i))

-- @ exhaustion_cpu-16: a lambda over a long list; expect: bounded
SELECT list_sum(list_transform(list(i), lambda x: x * x + hash(x) % 7)) FROM range(100000000) t(i)

-- @ exhaustion_cpu-17: a reduction of a long list; expect: bounded
SELECT list_reduce(list(i), lambda a, b: (a + b) % 1000003) FROM range(20000000) t(i)

-- @ exhaustion_cpu-18: a macro called for every row; expect: bounded
SELECT count(*) FROM doc d, LATERAL (SELECT count(*) FROM ar_open(DATE '2026-01-31')) x, LATERAL (SELECT count(*) FROM range(d.sum_kzt::BIGINT)) y

-- @ exhaustion_cpu-19: a macro in a product with itself; expect: bounded
SELECT count(*) FROM ar_open(DATE '2026-01-31') a, ar_open(DATE '2025-12-31') b, ar_open(DATE '2025-11-30') c, ar_open(DATE '2025-10-31') d WHERE a.open_kzt + b.open_kzt + c.open_kzt > d.open_kzt

-- @ exhaustion_cpu-20: a name normalised for every pair; expect: bounded
SELECT count(DISTINCT name_norm(a.purpose || b.purpose)) FROM bank_line a, bank_line b

-- @ exhaustion_cpu-21: eighty joins; expect: bounded; repeat
SELECT count(*) FROM doc d0 {{"JOIN cp c# USING (cp_id) " * 80}}

-- @ exhaustion_cpu-22: eighty joins that compare; expect: bounded; repeat
SELECT count(*) FROM doc d0 {{"JOIN doc d#x ON d#x.sum_kzt > d0.sum_kzt " * 40}}

-- @ exhaustion_cpu-23: a subquery for every row of a product; expect: bounded
SELECT count(*) FROM doc a, doc b WHERE a.sum_kzt > (SELECT avg(c.sum_kzt) FROM doc c WHERE c.cp_id = b.cp_id AND c.doc_date < a.doc_date)

-- @ exhaustion_cpu-24: ASOF over a product; expect: bounded
SELECT count(*) FROM (SELECT a.doc_date + (b.sum_kzt % 100)::INTEGER d FROM doc a, doc b) x ASOF JOIN doc y ON x.d >= y.doc_date

-- @ exhaustion_cpu-25: CUBE of many columns; expect: bounded
SELECT count(*) FROM (SELECT count(*) FROM doc GROUP BY CUBE (doc_id, type, org_id, cp_id, contract_id, number, doc_date, currency, sum_doc, due_date, operation, knp))

-- @ exhaustion_cpu-26: waiting; expect: refused
SELECT pg_sleep(60)

-- @ exhaustion_cpu-27: waiting by the row; expect: refused
SELECT sleep_ms(1000) FROM doc

-- @ exhaustion_cpu-28: waiting inside a condition; expect: refused
SELECT 1 WHERE sleep_ms(60000) IS NULL

-- @ exhaustion_cpu-29: a factorial; expect: refused
SELECT factorial(100000)

-- @ exhaustion_cpu-30: an edit distance of everything; expect: bounded
SELECT max(levenshtein(a.purpose, b.purpose)) FROM doc a, doc b

-- @ exhaustion_cpu-31: an edit distance of another kind; expect: refused
SELECT damerau_levenshtein(name, name) FROM cp

-- @ exhaustion_cpu-32: a sum behind LIMIT 0; expect: bounded
SELECT * FROM (SELECT count(*) c FROM range(1000000) a, range(1000000) b WHERE a.range * b.range > random()) LIMIT 0

-- @ exhaustion_cpu-33: a number of a thousand digits; expect: refused
SELECT ('9' || '9')::BIGNUM

-- @ exhaustion_cpu-34: a pattern of a hundred thousand letters; expect: bounded
SELECT count(*) FROM bank_line WHERE regexp_matches(purpose, (SELECT string_agg('(а|б)?', '') FROM range(100000)))

-- @ exhaustion_cpu-35: a constant that is computed while planning; expect: bounded; repeat
SELECT list_sum(list_transform(string_split('{{"1" * 9000, ","}}', ','), lambda x: list_sum(list_transform(string_split('{{"1" * 500, ","}}', ','), lambda y: y::BIGINT * x::BIGINT))))

-- @ exhaustion_cpu-36: an edit distance of two long texts, which does not stop when asked; expect: bounded
SELECT levenshtein(replace(repeat('a', 1000), 'a', repeat('a', 100)), replace(repeat('b', 1000), 'b', repeat('b', 100)))

-- @ exhaustion_cpu-37: stars of stars, which the binder writes out; expect: bounded
WITH a AS (SELECT *, * FROM doc), b AS (SELECT *, * FROM a), c AS (SELECT *, * FROM b), d AS (SELECT *, * FROM c), e AS (SELECT *, * FROM d), f AS (SELECT *, * FROM e), g AS (SELECT *, * FROM f), h AS (SELECT *, * FROM g), i AS (SELECT *, * FROM h), j AS (SELECT *, * FROM i) SELECT * FROM j
