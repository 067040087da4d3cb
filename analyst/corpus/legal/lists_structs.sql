-- Lists, structs, maps and JSON.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ lists_structs-01: a list of documents in order; expect: answered
SELECT cp_id, list(number ORDER BY doc_date) AS numbers FROM doc WHERE type = 'sale' GROUP BY cp_id LIMIT 5

-- @ lists_structs-02: first and last of a list; expect: answered
SELECT l[1], l[-1], len(l), l[1:2] FROM (SELECT list(doc_id ORDER BY doc_date) AS l FROM doc)

-- @ lists_structs-03: a list of structs; expect: answered
SELECT cp_id, list({'number': number, 'kzt': sum_kzt} ORDER BY sum_kzt DESC)[1:3] AS top FROM doc GROUP BY cp_id LIMIT 5

-- @ lists_structs-04: a field of a struct; expect: answered
SELECT s.number, s['kzt'] FROM (SELECT {'number': number, 'kzt': sum_kzt} AS s FROM doc LIMIT 5)

-- @ lists_structs-05: a struct unpacked; expect: answered
SELECT unnest({'a': type, 'b': sum_kzt}) FROM doc LIMIT 5

-- @ lists_structs-06: a list unpacked; expect: answered
SELECT cp_id, unnest(list(doc_id)) AS doc_id FROM doc GROUP BY cp_id LIMIT 10

-- @ lists_structs-07: a map and its value; expect: answered
SELECT map {'KZT': 1, 'USD': 500}['USD'], map_keys(map {'a': 1})

-- @ lists_structs-08: a map out of an aggregate; expect: answered
SELECT m['sale'] FROM (SELECT histogram(type) AS m FROM doc)

-- @ lists_structs-09: distinct and sorted; expect: answered
SELECT list_sort(list_distinct(list(currency))) FROM doc

-- @ lists_structs-10: contains, position, intersection; expect: answered
SELECT list_contains(['KZT', 'USD'], 'USD'), list_position(['a', 'b'], 'b'), list_intersect([1, 2], [2, 3])

-- @ lists_structs-11: text out of a list; expect: answered
SELECT array_to_string(list(DISTINCT currency), ', ') FROM doc

-- @ lists_structs-12: aggregates of a list; expect: answered
SELECT list_sum(l), list_avg(l), list_aggregate(l, 'median') FROM (SELECT list(sum_kzt) AS l FROM doc WHERE type = 'sale')

-- @ lists_structs-13: zip and flatten; expect: answered
SELECT list_zip([1, 2], ['a', 'b']), flatten([[1], [2, 3]])

-- @ lists_structs-14: JSON of a row; expect: answered
SELECT to_json({'id': doc_id, 'kzt': sum_kzt}) FROM doc LIMIT 3

-- @ lists_structs-15: a field of JSON; expect: answered
SELECT '{"a": {"b": [1, 2]}}'::JSON -> 'a' ->> 'b', json_extract_string('{"a": "x"}', '$.a')

-- @ lists_structs-16: a whole row as a struct; expect: answered
SELECT d FROM (SELECT doc_id, type FROM doc LIMIT 3) d

-- @ lists_structs-17: rows as tuples; expect: answered
SELECT row(type, currency) AS pair, count(*) FROM doc GROUP BY pair ORDER BY 2 DESC

-- @ lists_structs-18: an array of fixed length; expect: answered
SELECT [1, 2, 3]::INTEGER[3], array_value(1.0, 2.0)

-- @ lists_structs-19: JSON read by a structure; expect: answered
SELECT from_json('{"a": "1.50", "b": ["x"]}', '{"a": "DECIMAL(18,2)", "b": ["VARCHAR"]}') AS j
