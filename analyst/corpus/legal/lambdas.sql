-- Lambdas and comprehensions over lists.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ lambdas-01: transform; expect: answered
SELECT list_transform([1, 2, 3], lambda x: x * 1.12)

-- @ lambdas-02: filter; expect: answered
SELECT cp_id, list_filter(list(sum_kzt), lambda x: x > 1000000) AS big FROM doc GROUP BY cp_id LIMIT 5

-- @ lambdas-03: reduce; expect: answered
SELECT list_reduce([1, 2, 3, 4], lambda a, b: a + b)

-- @ lambdas-04: a comprehension; expect: answered
SELECT [upper(x) FOR x IN string_split('a,b,c', ',') IF x <> 'b']

-- @ lambdas-05: a lambda with the index; expect: answered
SELECT list_transform(['a', 'b'], lambda x, i: x || i)

-- @ lambdas-06: words of a purpose longer than three letters; expect: answered
SELECT list_filter(string_split(purpose, ' '), lambda w: length(w) > 3) AS words FROM doc WHERE purpose IS NOT NULL LIMIT 5

-- @ lambdas-07: a lambda that sees a column; expect: answered
SELECT list_transform(list_value(sum_kzt, vat_kzt), lambda x: x / sum_kzt) FROM doc WHERE sum_kzt > 0 LIMIT 5

-- @ lambdas-08: nested lambdas; expect: answered
SELECT list_transform([[1, 2], [3]], lambda l: list_transform(l, lambda x: x + 1))

-- @ lambdas-09: sums of lists of documents; expect: answered
SELECT cp_id, list_sum(list_transform(list(sum_kzt), lambda x: round(x, 0))) AS rounded FROM doc GROUP BY cp_id LIMIT 5
