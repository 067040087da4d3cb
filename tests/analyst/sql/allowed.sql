-- [plain] one relation
SELECT 1
SELECT 1;
SELECT 1; -- done
SELECT * FROM doc
SELECT * FROM main.doc
SELECT * FROM DOC
select "doc_id" from "doc"
FROM doc
FROM doc SELECT doc_id
TABLE doc
VALUES (1, 'a'), (2, 'b')
SELECT DISTINCT type FROM doc
SELECT DISTINCT ON (type) type, doc_id FROM doc ORDER BY type, doc_id
SELECT * EXCLUDE (purpose) FROM doc
SELECT * REPLACE (sum_kzt / 1000 AS sum_kzt) FROM doc
SELECT * RENAME (doc_id AS id) FROM doc
SELECT COLUMNS('sum.*') FROM doc
SELECT d.* FROM doc d LIMIT 3
SELECT doc_id FROM doc LIMIT 5 OFFSET 5
SELECT doc_id FROM doc LIMIT 10%
SELECT doc_id FROM doc USING SAMPLE 5
SELECT #1 FROM doc
SELECT sum_kzt AS "сумма, ₸" FROM doc
SELECT d.sum_kzt итого FROM doc d
/* words */ SELECT /* more /* nested */ words */ 1
-- [where] conditions
SELECT * FROM doc WHERE type = 'sale' AND sum_kzt > 100 OR NOT doc_id IS NULL
SELECT * FROM doc WHERE type IN ('sale', 'pay_out') AND doc_date BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
SELECT * FROM cp WHERE name ILIKE '%строй%' OR name LIKE 'ТОО%' OR name SIMILAR TO '.*Бета.*'
SELECT * FROM doc WHERE doc_date >= DATE '2026-01-31' - INTERVAL 30 DAY
SELECT * FROM doc WHERE cp_id IN (SELECT cp_id FROM cp WHERE bin_iin IS NOT NULL)
SELECT * FROM cp WHERE EXISTS (SELECT 1 FROM doc WHERE doc.cp_id = cp.cp_id)
SELECT * FROM doc WHERE sum_kzt > ALL (SELECT sum_kzt FROM doc WHERE type = 'sale' LIMIT 0)
SELECT * FROM doc WHERE (type, cp_id) = ('sale', 'cp_1')
SELECT * FROM cp WHERE regexp_matches(name, '^ТОО') AND name COLLATE NOCASE <> 'x'
SELECT * FROM doc WHERE purpose LIKE '%(%' AND purpose <> '))))'
-- [group] aggregation
SELECT type, sum(sum_kzt) FROM doc GROUP BY type
SELECT type, sum(sum_kzt) FROM doc GROUP BY ALL ORDER BY ALL
SELECT type, count(*) FILTER (WHERE sum_kzt > 1000) FROM doc GROUP BY 1 HAVING count(*) > 1
SELECT type, cp_id, sum(sum_kzt), grouping(type) FROM doc GROUP BY GROUPING SETS ((type), (cp_id), ())
SELECT type, cp_id, sum(sum_kzt) FROM doc GROUP BY ROLLUP (type, cp_id)
SELECT type, cp_id, sum(sum_kzt) FROM doc GROUP BY CUBE (type, cp_id)
SELECT median(sum_kzt), quantile_cont(sum_kzt, 0.9), mode(type), arg_max(doc_id, sum_kzt), stddev(sum_kzt) FROM doc
SELECT string_agg(doc_id, ', ' ORDER BY doc_id), list(type), any_value(cp_id), bool_or(true) FROM doc
SELECT histogram(type), approx_count_distinct(cp_id) FROM doc
SELECT last(doc_id ORDER BY doc_date DESC) FROM doc
-- [window] windows
SELECT doc_id, row_number() OVER (PARTITION BY cp_id ORDER BY doc_date) FROM doc
SELECT doc_id, sum(sum_kzt) OVER w FROM doc WINDOW w AS (PARTITION BY cp_id ORDER BY doc_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
SELECT * FROM doc QUALIFY row_number() OVER (PARTITION BY cp_id ORDER BY sum_kzt DESC) = 1
SELECT lag(sum_kzt) OVER (ORDER BY doc_date), ntile(4) OVER (ORDER BY sum_kzt), percent_rank() OVER (ORDER BY sum_kzt) FROM doc
SELECT avg(sum_kzt) OVER (ORDER BY doc_date RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM doc
-- [join] several relations
SELECT cp.name, sum(d.sum_kzt) FROM doc d JOIN cp USING (cp_id) GROUP BY cp.name
SELECT * FROM doc d LEFT JOIN cp ON cp.cp_id = d.cp_id AND cp.bin_iin IS NOT NULL
SELECT * FROM doc NATURAL JOIN cp
SELECT * FROM doc SEMI JOIN cp USING (cp_id)
SELECT * FROM cp ANTI JOIN doc USING (cp_id)
SELECT * FROM cp POSITIONAL JOIN org
SELECT count(*) FROM doc a ASOF JOIN doc b ON a.cp_id = b.cp_id AND a.doc_date >= b.doc_date
SELECT count(*) FROM cp CROSS JOIN org
SELECT * FROM cp, LATERAL (SELECT max(sum_kzt) m FROM doc WHERE doc.cp_id = cp.cp_id) x
SELECT * FROM cp FULL OUTER JOIN org ON cp.bin_iin = org.bin
-- [macro] our own
SELECT * FROM ar_open(DATE '2026-01-31')
SELECT * FROM ar_open('2026-01-31'::DATE) WHERE days_overdue > 0
SELECT * FROM ar_open(as_of := DATE '2026-01-31')
SELECT * FROM ar_open((DATE '2026-01-31' - INTERVAL 30 DAY)::DATE)
SELECT * FROM ar_open(DATE '2026-01-31' - 30)
SELECT * FROM ar_open((SELECT max(doc_date) FROM doc))
SELECT * FROM ar_open(make_date(2026, 1, 31)) a JOIN cp USING (cp_id)
SELECT * FROM pay_of('cp_1')
SELECT name_norm(name) FROM cp
SELECT a.open_kzt - b.open_kzt FROM ar_open(DATE '2026-01-31') a JOIN ar_open(DATE '2025-12-31') b USING (doc_id)
-- [cte] names of one's own
WITH s AS (SELECT * FROM doc WHERE type = 'sale') SELECT count(*) FROM s
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
WITH s AS MATERIALIZED (FROM doc) FROM s LIMIT 1
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n) FROM t
WITH месяцы AS (SELECT date_trunc('month', doc_date) AS месяц, sum(sum_kzt) AS сумма FROM doc GROUP BY 1) SELECT * FROM месяцы ORDER BY месяц
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT * FROM b) SELECT * FROM a
SELECT * FROM (WITH s AS (SELECT 1 AS x) SELECT * FROM s) AS outer_s
-- [set] unions
SELECT doc_id FROM doc UNION SELECT cp_id FROM cp
SELECT doc_id FROM doc EXCEPT SELECT doc_id FROM doc WHERE type = 'sale'
SELECT cp_id FROM doc INTERSECT SELECT cp_id FROM cp
SELECT cp_id, name FROM cp UNION ALL BY NAME SELECT name FROM org
-- [shape] pivots, lists, structs
PIVOT doc ON type IN ('sale', 'pay_out') USING sum(sum_kzt) GROUP BY cp_id
SELECT * FROM (PIVOT doc ON type IN ('sale') USING count(*) GROUP BY cp_id)
UNPIVOT (SELECT doc_id, sum_doc, sum_kzt FROM doc) ON sum_doc, sum_kzt INTO NAME kind VALUE amount
SELECT unnest([1, 2, 3]), unnest({'a': 1, 'b': 2})
SELECT * FROM unnest([1, 2]) t(x), range(3) r(y)
SELECT * FROM generate_series(DATE '2026-01-01', DATE '2026-01-31', INTERVAL 1 DAY) g(d)
SELECT list_transform([1, 2, 3], lambda x: x + 1), list_filter([1, 2], lambda x: x > 1), [x * 2 for x in [1, 2] if x > 1]
SELECT {'a': 1, 'b': [1, 2]}.b[1], [1, 2, 3][1:2], map {'k': 1}['k'], struct_pack(a := 1), row(1, 2)
SELECT list_sum([1, 2]), list_aggregate([1, 2], 'max'), array_to_string(['a', 'b'], ','), len([1])
SELECT json_extract_string('{"a": "b"}', '$.a'), '{"a": 1}'::JSON ->> 'a', to_json({'a': 1})
-- [scalar] functions and casts
SELECT sum_kzt::DECIMAL(18,2), CAST(doc_date AS VARCHAR), TRY_CAST('x' AS INTEGER), '1'::BIGINT FROM doc
SELECT extract(year FROM doc_date), date_part('month', doc_date), year(doc_date), strftime(doc_date, '%Y-%m'), date_diff('day', doc_date, due_date) FROM doc
SELECT CASE WHEN sum_kzt > 1000 THEN 'big' ELSE 'small' END, coalesce(NULL, 1), nullif(1, 1), greatest(1, 2), if(true, 1, 2) FROM doc
SELECT upper(name), length(name), substring(name FROM 1 FOR 3), position('а' IN name), trim(BOTH ' ' FROM name), replace(name, 'а', 'о'), split_part(name, ' ', 1) FROM cp
SELECT regexp_extract(name, '«(.*)»', 1), concat_ws(' ', name, bin_iin), name || '!', starts_with(name, 'Т'), left(name, 2) FROM cp
SELECT jaro_winkler_similarity(name, 'Бета'), strip_accents(name), md5(name), hash(name) FROM cp
SELECT round(1.005, 2), abs(-1), ceil(1.5), 7 // 2, 7 % 2, 2 ** 3, TRY(ln(-1)), current_date, random() < 2
SELECT DATE '2026-01-31' + 1, INTERVAL 3 MONTH, TIMESTAMP '2026-01-01 10:00:00' AT TIME ZONE 'Asia/Almaty', date_trunc('quarter', DATE '2026-01-31')
-- [sizes] small literals where a function takes a size
SELECT lpad(number_short, 6, '0'), rpad(type, 20, ' '), repeat('=', 10) FROM doc LIMIT 3
SELECT printf('%.2f', sum_kzt), format('{:,.2f}', sum_kzt::DOUBLE) FROM doc LIMIT 3
SELECT unnest(range(5)), len(generate_series(1, 12))
SELECT formatReadableDecimalSize(1000)
-- [macro] arguments by position, by name, from a subquery and from a relation beside it
SELECT count(*) FROM ar_open(as_of := DATE '2026-01-31')
SELECT count(*) FROM ar_open((SELECT max(doc_date) FROM doc))
SELECT levenshtein(name, 'ТОО'), jaccard(name, 'ТОО'), hamming('ab', 'ac') FROM cp
SELECT to_base(part, 2), to_base(part, 16, 4), bar(part, 0, 50), bar(part, 0, 50, 20), list_resize([part], 3), gamma(5) FROM snap
SELECT from_json('{"a":1.5}', '{"a":"DECIMAL(18,2)","b":["VARCHAR"]}'), json_transform('{"a":1}', '"MAP(VARCHAR, INTEGER)"')
WITH days AS (SELECT DATE '2026-01-31' AS day) SELECT count(*) FROM ar_open((SELECT day FROM days))
WITH days(day) AS (SELECT DATE '2026-01-31') SELECT count(*) FROM ar_open((SELECT max(x.day) FROM days x JOIN cp ON true))
SELECT count(*) FROM ar_open((SELECT max(doc.doc_date) FROM doc))
SELECT x.day, (SELECT count(*) FROM ar_open((SELECT x.day))) FROM (SELECT DATE '2026-01-31' AS day) x
SELECT x.d, (SELECT count(*) FROM ar_open(x.d)) AS open FROM (SELECT DISTINCT doc_date AS d FROM doc LIMIT 3) x
SELECT count(*) FROM pay_of('cp_1')
