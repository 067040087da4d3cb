-- Cyrillic and Kazakh names, labels and texts.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ cyrillic-01: aliases; expect: answered
SELECT doc_id AS документ, sum_kzt AS сумма FROM doc d LIMIT 5

-- @ cyrillic-02: aliases with spaces and signs; expect: answered
SELECT sum(sum_kzt) AS "Сумма, ₸", count(*) AS "Кол-во №" FROM doc

-- @ cyrillic-03: an alias without AS; expect: answered
SELECT type вид, count(*) количество FROM doc GROUP BY вид ORDER BY количество DESC

-- @ cyrillic-04: Kazakh letters; expect: answered
SELECT name AS "контрагент атауы", length(name) AS ұзындығы FROM cp LIMIT 5

-- @ cyrillic-05: an alias used again; expect: answered
SELECT sum_kzt AS сумма, сумма / 1000 AS тысяч FROM doc WHERE сумма > 0 ORDER BY сумма DESC LIMIT 5

-- @ cyrillic-06: a CASE with Russian labels; expect: answered
SELECT CASE type WHEN 'sale' THEN 'Реализация' WHEN 'purchase' THEN 'Поступление' ELSE 'Прочее' END AS вид, sum(sum_kzt) AS сумма FROM doc GROUP BY 1 ORDER BY 2 DESC

-- @ cyrillic-07: a table alias; expect: answered
SELECT контрагент.name FROM cp AS контрагент LIMIT 3

-- @ cyrillic-08: a struct with Russian fields; expect: answered
SELECT {'имя': name, 'вид': kind}.имя FROM cp LIMIT 3

-- @ cyrillic-09: upper and lower letters; expect: answered
SELECT upper('тоо «әлем»'), lower('АҚ ҚҰРЫЛЫС'), strip_accents('ё')

-- @ cyrillic-10: a search in Kazakh; expect: answered
SELECT name FROM cp WHERE lower(name) LIKE '%қ%' OR name ILIKE '%АЛМАТЫ%'

-- @ cyrillic-11: a window's Russian name; expect: answered
SELECT doc_id, sum(sum_kzt) OVER окно FROM doc WINDOW окно AS (PARTITION BY cp_id ORDER BY doc_date) LIMIT 5

-- @ cyrillic-12: an emoji in a label; expect: answered
SELECT count(*) AS "📈 рост" FROM doc
