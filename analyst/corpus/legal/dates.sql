-- Dates and times.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ dates-01: the last thirty days before a day; expect: answered
SELECT count(*) FROM doc WHERE doc_date > DATE '2026-01-31' - INTERVAL 30 DAY AND doc_date <= DATE '2026-01-31'

-- @ dates-02: days late; expect: answered
SELECT doc_id, DATE '2026-01-31' - due_date AS days_late FROM doc WHERE due_date < DATE '2026-01-31' ORDER BY days_late DESC LIMIT 10

-- @ dates-03: by quarter; expect: answered
SELECT date_trunc('quarter', doc_date)::DATE AS quarter, sum(sum_kzt) FROM doc WHERE type = 'sale' GROUP BY 1 ORDER BY 1

-- @ dates-04: by the year and the month; expect: answered
SELECT year(doc_date) AS y, month(doc_date) AS m, monthname(doc_date), count(*) FROM doc GROUP BY ALL ORDER BY 1, 2

-- @ dates-05: the day of the week; expect: answered
SELECT dayname(doc_date) AS day, isodow(doc_date) AS n, count(*) FROM doc GROUP BY ALL ORDER BY n

-- @ dates-06: the week of the year; expect: answered
SELECT weekofyear(doc_date), count(*) FROM doc WHERE year(doc_date) = 2025 GROUP BY 1 ORDER BY 1

-- @ dates-07: the last day of a month; expect: answered
SELECT last_day(doc_date), sum(sum_kzt) FROM doc GROUP BY 1 ORDER BY 1 LIMIT 12

-- @ dates-08: extract; expect: answered
SELECT extract(year FROM doc_date), extract('quarter' FROM doc_date), date_part('doy', doc_date) FROM doc LIMIT 5

-- @ dates-09: difference in months and days; expect: answered
SELECT date_diff('month', contract_date, DATE '2026-01-31'), age(DATE '2026-01-31', contract_date) FROM contract WHERE contract_date IS NOT NULL LIMIT 5

-- @ dates-10: text of a date; expect: answered
SELECT strftime(doc_date, '%d.%m.%Y'), doc_date::VARCHAR FROM doc LIMIT 5

-- @ dates-11: a date out of text; expect: answered
SELECT strptime('31.01.2026', '%d.%m.%Y')::DATE, try_strptime('нет', '%d.%m.%Y'), '2026-01-31'::DATE

-- @ dates-12: a calendar; expect: answered
SELECT d::DATE AS day FROM generate_series(DATE '2026-01-01', DATE '2026-01-31', INTERVAL 1 DAY) g(d)

-- @ dates-13: days without a payment; expect: answered
SELECT d::DATE AS day FROM range(DATE '2026-01-01', DATE '2026-02-01', INTERVAL 1 DAY) r(d) ANTI JOIN pay ON pay.pay_date = r.d::DATE

-- @ dates-14: the same day a year ago; expect: answered
SELECT doc_date, (doc_date - INTERVAL 1 YEAR)::DATE AS year_ago, doc_date + 7 AS next_week FROM doc LIMIT 5

-- @ dates-15: a made date; expect: answered
SELECT make_date(2026, 1, 31), make_timestamp(2026, 1, 31, 12, 0, 0)

-- @ dates-16: a moment in a time zone; expect: answered
SELECT first_synced_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Almaty' AS local FROM doc WHERE first_synced_at IS NOT NULL LIMIT 5

-- @ dates-17: today, where it is wanted; expect: answered
SELECT count(*) FROM doc WHERE doc_date <= current_date

-- @ dates-18: hours of documents; expect: answered
SELECT hour(doc_time) AS hour, count(*) FROM doc WHERE doc_time IS NOT NULL GROUP BY 1 ORDER BY 1

-- @ dates-19: buckets of ten days; expect: answered
SELECT time_bucket(INTERVAL 10 DAYS, doc_date) AS bucket, count(*) FROM doc GROUP BY 1 ORDER BY 1 LIMIT 12

-- @ dates-20: overlapping periods; expect: answered
SELECT count(*) FROM bank_stmt a JOIN bank_stmt b ON a.bank_account_id = b.bank_account_id AND a.first_day < b.first_day AND a.last_day >= b.first_day
