-- Samples, limits and made-up rows.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ sampling_values-01: LIMIT and OFFSET; expect: answered
SELECT doc_id FROM doc ORDER BY doc_date DESC, doc_id LIMIT 10 OFFSET 10

-- @ sampling_values-02: a percentage; expect: answered
SELECT doc_id FROM doc LIMIT 1%

-- @ sampling_values-03: a sample of rows; expect: answered
SELECT doc_id FROM doc USING SAMPLE 10

-- @ sampling_values-04: a repeatable sample; expect: answered
SELECT doc_id FROM doc USING SAMPLE reservoir(20 ROWS) REPEATABLE (42)

-- @ sampling_values-05: a sample of a relation; expect: answered
SELECT count(*) FROM doc TABLESAMPLE 10%

-- @ sampling_values-06: DISTINCT ON; expect: answered
SELECT DISTINCT ON (cp_id) cp_id, doc_id, sum_kzt FROM doc ORDER BY cp_id, sum_kzt DESC

-- @ sampling_values-07: DISTINCT; expect: answered
SELECT DISTINCT type, currency FROM doc ORDER BY ALL

-- @ sampling_values-08: a range of numbers; expect: answered
SELECT i, i * i FROM range(1, 11) t(i)

-- @ sampling_values-09: unnest as a relation; expect: answered
SELECT * FROM unnest(['USD', 'EUR', 'RUB']) t(currency) LEFT JOIN fx_rate USING (currency) WHERE rate_date = DATE '2026-01-15'

-- @ sampling_values-10: a made-up relation joined; expect: answered
SELECT t.name, sum(d.sum_kzt) FROM (VALUES ('sale', 'Продажи'), ('purchase', 'Закупки')) t(type, name) JOIN doc d USING (type) GROUP BY t.name

-- @ sampling_values-11: without a relation; expect: answered
SELECT 1 AS one, 'два' AS two, DATE '2026-01-31' AS day

-- @ sampling_values-12: random rows; expect: answered
SELECT doc_id FROM doc ORDER BY random() LIMIT 5

-- @ sampling_values-13: what is known of freshness; expect: answered
SELECT source, status, last_ok_at, data_to, rows FROM freshness

-- @ sampling_values-14: the differences found; expect: answered
SELECT check_id, subject, amount FROM finding ORDER BY abs(amount) DESC

-- @ sampling_values-15: stock on hand; expect: answered
SELECT item, warehouse, on_hand FROM stock_now WHERE is_negative OR on_hand > 0 ORDER BY on_hand DESC
