-- FROM first, TABLE, VALUES and other short forms.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ from_first-01: a relation alone; expect: answered
FROM org

-- @ from_first-02: with its columns behind; expect: answered
FROM doc SELECT doc_id, type, sum_kzt WHERE type = 'sale' LIMIT 5

-- @ from_first-03: a macro alone; expect: answered
FROM ar_open(DATE '2026-01-31') LIMIT 10

-- @ from_first-04: with groups; expect: answered
FROM doc SELECT type, count(*) AS n GROUP BY ALL ORDER BY n DESC

-- @ from_first-05: TABLE; expect: answered
TABLE warehouse

-- @ from_first-06: VALUES; expect: answered
VALUES (1, 'январь'), (2, 'февраль')

-- @ from_first-07: VALUES as a relation; expect: answered
SELECT v.name, count(d.doc_id) FROM (VALUES ('sale'), ('purchase')) v(name) LEFT JOIN doc d ON d.type = v.name GROUP BY ALL

-- @ from_first-08: all but some; expect: answered
SELECT * EXCLUDE (purpose, comment) FROM doc LIMIT 5

-- @ from_first-09: one replaced; expect: answered
SELECT * REPLACE (round(sum_kzt / 1000, 1) AS sum_kzt) FROM doc LIMIT 5

-- @ from_first-10: one renamed; expect: answered
SELECT * RENAME (sum_kzt AS tenge) FROM doc LIMIT 5

-- @ from_first-11: columns by pattern; expect: answered
SELECT doc_id, COLUMNS('.*_kzt') FROM doc LIMIT 5

-- @ from_first-12: an aggregate of columns by pattern; expect: answered
SELECT sum(COLUMNS('^(debit|credit)_kzt$')) FROM gl_balance

-- @ from_first-13: columns by a lambda; expect: answered
SELECT COLUMNS(lambda c: c LIKE '%date%') FROM doc LIMIT 5

-- @ from_first-14: an alias before its value; expect: answered
SELECT total: sum(sum_kzt), n: count(*) FROM doc

-- @ from_first-15: an alias used in the same list; expect: answered
SELECT sum_kzt - vat_kzt AS net, net * 0.1 AS tenth FROM doc LIMIT 5

-- @ from_first-16: by position; expect: answered
SELECT doc_id, #1 FROM doc ORDER BY #1 LIMIT 5

-- @ from_first-17: a trailing comma; expect: answered
SELECT doc_id, type, FROM doc LIMIT 5

-- @ from_first-18: a closing semicolon and a comment; expect: answered
SELECT count(*) FROM doc; -- сколько документов

-- @ from_first-19: a comment in the middle; expect: answered
SELECT /* только продажи */ count(*) FROM doc -- все годы
WHERE type = 'sale'

-- @ from_first-20: brackets around all; expect: answered
(SELECT doc_id FROM doc LIMIT 3)
