-- NULLs, casts and numbers.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ nulls_types-01: defaults for nulls; expect: answered
SELECT coalesce(vat_kzt, 0), ifnull(comment, ''), nullif(currency, 'KZT') FROM doc LIMIT 5

-- @ nulls_types-02: nulls last; expect: answered
SELECT doc_id, due_date FROM doc ORDER BY due_date ASC NULLS LAST LIMIT 5

-- @ nulls_types-03: money exactly; expect: answered
SELECT (sum_kzt * 12 / 112)::DECIMAL(18, 2) AS vat, CAST(sum_kzt AS DECIMAL(38, 4)) FROM doc LIMIT 5

-- @ nulls_types-04: a cast that may fail; expect: answered
SELECT TRY_CAST(number_short AS BIGINT), TRY_CAST('abc' AS DATE) FROM doc LIMIT 5

-- @ nulls_types-05: TRY around an expression; expect: answered
SELECT TRY(ln(sum_kzt - 1000000)) FROM doc LIMIT 5

-- @ nulls_types-06: rounding; expect: answered
SELECT round(sum_kzt, -3), ceil(sum_kzt), floor(sum_kzt), trunc(sum_kzt), abs(-sum_kzt) FROM doc LIMIT 5

-- @ nulls_types-07: division; expect: answered
SELECT 7 / 2, 7 // 2, 7 % 2, 1e3, 2 ** 10, 1_000_000

-- @ nulls_types-08: the type of a column; expect: answered
SELECT typeof(sum_kzt), typeof(doc_date), typeof(name) FROM doc, cp LIMIT 1

-- @ nulls_types-09: booleans out of text; expect: answered
SELECT 'true'::BOOLEAN, (type = 'sale')::INTEGER FROM doc LIMIT 3

-- @ nulls_types-10: greatest and least; expect: answered
SELECT greatest(sum_doc, sum_kzt), least(doc_date, due_date) FROM doc LIMIT 5

-- @ nulls_types-11: if; expect: answered
SELECT if(sum_kzt > 1000000, 'крупный', 'мелкий') AS размер, count(*) FROM doc GROUP BY 1

-- @ nulls_types-12: a search CASE with nulls; expect: answered
SELECT CASE WHEN due_date IS NULL THEN 'без срока' WHEN due_date < DATE '2026-01-31' THEN 'просрочен' ELSE 'в срок' END AS срок, count(*) FROM doc GROUP BY ALL

-- @ nulls_types-13: infinity and not a number are told; expect: answered
SELECT 'inf'::DOUBLE, 'nan'::DOUBLE, isfinite(sum_kzt::DOUBLE) FROM doc LIMIT 1

-- @ nulls_types-14: large whole numbers; expect: answered
SELECT sum(sum_kzt)::HUGEINT, 9007199254740993::BIGINT FROM doc

-- @ nulls_types-15: bytes and ids; expect: answered
SELECT 'abc'::BLOB, '101'::BIT, '6f1c3f6e-6f0e-4f57-8a51-7b9f5b6f1c11'::UUID

-- @ nulls_types-16: an enumeration of one's own; expect: answered
SELECT 'sale'::ENUM('sale', 'purchase') AS kind
