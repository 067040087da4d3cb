SELECT cp_id, name, bin_iin FROM cp WHERE name ILIKE '%ромашка%'
SELECT * FROM cp WHERE bin_iin = '140540503203'
SELECT kind, count(*) FROM cp GROUP BY kind
SELECT name, bin_iin FROM cp WHERE NOT bin_valid
SELECT cp_id, name FROM cp WHERE lower(name) LIKE '%бетон%'
SELECT cp_id, name FROM cp WHERE name_norm = name_norm('ТОО «Образец-Бетон»')
SELECT c.name, p.name AS head FROM cp c JOIN cp p ON p.cp_id = c.parent_cp_id
SELECT name FROM cp WHERE is_intercompany
SELECT src, count(*) FROM cp_source GROUP BY src
SELECT s.src_name, c.name, s.match_rule, s.score FROM cp_source s LEFT JOIN cp c ON c.cp_id = s.cp_id WHERE s.status = 'review'
SELECT c.name, count(DISTINCT k.contract_id) AS contracts FROM cp c JOIN contract k USING (cp_id) GROUP BY c.name ORDER BY contracts DESC
SELECT number, contract_date, currency, pay_days FROM contract WHERE cp_id = 'cp_12'
SELECT avg(pay_days) FROM contract WHERE kind = 'sale' AND pay_days IS NOT NULL
SELECT kind, currency, count(*) FROM contract GROUP BY kind, currency
SELECT settle_mode, count(*) FROM contract GROUP BY settle_mode
SELECT name, bin FROM cp WHERE name LIKE '%Образец%' LIMIT 10
--= SELECT name, bin_iin FROM cp WHERE name LIKE '%Образец%' LIMIT 10
SELECT id, name FROM cp LIMIT 5
--= SELECT cp_id, name FROM cp LIMIT 5
SELECT * FROM counterparties WHERE name ILIKE '%кровля%'
--= SELECT * FROM cp WHERE name ILIKE '%кровля%'
SELECT * FROM customer LIMIT 5
--= SELECT * FROM cp LIMIT 5
SELECT name, inn FROM cp WHERE kind = 'person'
--= SELECT name, bin_iin FROM cp WHERE kind = 'person'
SELECT наименование, бин FROM cp LIMIT 10
--= SELECT name, bin_iin FROM cp LIMIT 10
SELECT bin_ok('140540503203') AS ok
SELECT name, jaro_winkler_similarity(name_norm, name_norm('Romashka LLP')) AS score FROM cp ORDER BY score DESC LIMIT 3
SELECT name, levenshtein(name_norm, name_norm('Ромашка')) AS d FROM cp ORDER BY d LIMIT 5
SELECT name, similarity(name, 'Ромашка') FROM cp ORDER BY 2 DESC LIMIT 5
--= SELECT name, jaro_winkler_similarity(name, 'Ромашка') FROM cp ORDER BY 2 DESC LIMIT 5
SELECT org_id, name, bin FROM org
SELECT * FROM org WHERE vat_from IS NOT NULL
SELECT o.name, count(*) FROM contract k JOIN org o ON o.org_id = k.org_id GROUP BY o.name
SELECT c.name FROM cp c WHERE NOT EXISTS (SELECT 1 FROM doc d WHERE d.cp_id = c.cp_id)
SELECT c.name FROM cp c LEFT JOIN pay p ON p.cp_id = c.cp_id WHERE p.doc_id IS NULL AND c.kind = 'company'
