-- Conditions.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ filters-01: kinds and days; expect: answered
SELECT doc_id, doc_date FROM doc WHERE type IN ('sale', 'sale_return') AND doc_date BETWEEN DATE '2025-10-01' AND DATE '2025-12-31'

-- @ filters-02: a name without regard to case; expect: answered
SELECT cp_id, name FROM cp WHERE name ILIKE '%строй%'

-- @ filters-03: a normalised name; expect: answered
SELECT cp_id, name FROM cp WHERE name_norm LIKE '%алмаз%'

-- @ filters-04: a regular expression; expect: answered
SELECT number FROM doc WHERE regexp_matches(number, '^[А-Я]+-?\d+$') LIMIT 10

-- @ filters-05: SIMILAR TO; expect: answered
SELECT name FROM cp WHERE name SIMILAR TO '(ТОО|АО).*'

-- @ filters-06: NULL and its opposite; expect: answered
SELECT count(*) FROM deal WHERE cp_id IS NULL AND company IS NOT NULL

-- @ filters-07: IS DISTINCT FROM; expect: answered
SELECT count(*) FROM doc WHERE currency IS DISTINCT FROM 'KZT'

-- @ filters-08: pairs; expect: answered
SELECT doc_id FROM doc WHERE (type, currency) IN (('sale', 'USD'), ('purchase', 'USD'))

-- @ filters-09: EXISTS; expect: answered
SELECT name FROM cp WHERE EXISTS (SELECT 1 FROM doc d WHERE d.cp_id = cp.cp_id AND d.type = 'purchase')

-- @ filters-10: NOT EXISTS; expect: answered
SELECT c.number FROM contract c WHERE NOT EXISTS (FROM doc d WHERE d.contract_id = c.contract_id)

-- @ filters-11: NOT IN without nulls; expect: answered
SELECT count(*) FROM doc WHERE doc_id NOT IN (SELECT debit_doc_id FROM settlement WHERE debit_doc_id IS NOT NULL)

-- @ filters-12: above the average of its kind; expect: answered
SELECT doc_id, sum_kzt FROM doc d WHERE sum_kzt > (SELECT avg(sum_kzt) FROM doc x WHERE x.type = d.type) LIMIT 20

-- @ filters-13: ALL and ANY; expect: answered
SELECT doc_id FROM doc WHERE sum_kzt >= ALL (SELECT sum_kzt FROM doc) OR cp_id = ANY (SELECT cp_id FROM deal WHERE stage_kind = 'lost') LIMIT 20

-- @ filters-14: a semicolon and brackets in a text; expect: answered
SELECT count(*) FROM doc WHERE purpose LIKE '%;%' OR purpose LIKE '%((%' OR purpose = '-- нет'

-- @ filters-15: a text with a quote; expect: answered
SELECT count(*) FROM cp WHERE name = 'О''Нил' OR name = E'О\'Нил' OR name = $$О'Нил$$

-- @ filters-16: booleans; expect: answered
SELECT count(*) FROM contract WHERE is_dummy OR NOT is_dummy

-- @ filters-17: a list of values; expect: answered
SELECT name FROM cp WHERE list_contains(['company', 'foreign'], kind) LIMIT 10

-- @ filters-18: a letter in any case by collation; expect: answered
SELECT count(*) FROM cp WHERE name COLLATE NOCASE = 'ТОО «Тест»'

-- @ filters-19: starts and ends; expect: answered
SELECT number FROM doc WHERE starts_with(number, '0') OR ends_with(number, '7') LIMIT 10
