-- Several relations at once.
--
-- A block is a header line and one statement. expect: answered (it runs). Flags: see analyst/corpus/__init__.py.

-- @ joins-01: sales with the customer's name; expect: answered
SELECT d.doc_id, d.doc_date, cp.name, d.sum_kzt FROM doc d JOIN cp USING (cp_id) WHERE d.type = 'sale' ORDER BY d.doc_date DESC LIMIT 20

-- @ joins-02: customers without a single sale; expect: answered
SELECT cp.cp_id, cp.name FROM cp LEFT JOIN doc d ON d.cp_id = cp.cp_id AND d.type = 'sale' WHERE d.doc_id IS NULL

-- @ joins-03: lines with their items and documents; expect: answered
SELECT d.number, i.name AS item, l.qty, l.price, l.sum_doc FROM doc_line l JOIN doc d USING (doc_id) LEFT JOIN item i USING (item_id) ORDER BY l.sum_doc DESC LIMIT 10

-- @ joins-04: turnover by own entity and counterparty; expect: answered
SELECT o.name AS org, cp.name AS counterparty, sum(d.sum_kzt) AS kzt FROM doc d JOIN org o USING (org_id) JOIN cp USING (cp_id) GROUP BY ALL ORDER BY kzt DESC LIMIT 15

-- @ joins-05: bank lines that no payment of 1C matches; expect: answered
SELECT b.value_date, b.amount, b.cp_name FROM bank_line b ANTI JOIN bank_rec r ON r.bank_line_id = b.bank_line_id AND r.status = 'matched'

-- @ joins-06: counterparties with at least one deal; expect: answered
SELECT cp.cp_id, cp.name FROM cp SEMI JOIN deal USING (cp_id) ORDER BY cp.name

-- @ joins-07: documents and the document each is based on; expect: answered
SELECT d.doc_id, d.type, b.doc_id AS base_id, b.type AS base_type FROM doc d JOIN doc b ON b.doc_id = d.base_doc_id LIMIT 50

-- @ joins-08: everything that either side knows; expect: answered
SELECT coalesce(c.number, d.number) AS number, c.amount, d.sum_doc FROM crm_invoice c FULL OUTER JOIN (SELECT * FROM doc WHERE type = 'invoice_out') d ON d.number_short = c.number LIMIT 50

-- @ joins-09: every bank account with every currency; expect: answered
SELECT a.bank_account_id, f.currency FROM bank_account a CROSS JOIN (SELECT DISTINCT currency FROM fx_rate) f

-- @ joins-10: a comma join with its condition in WHERE; expect: answered
SELECT c.number, cp.name FROM contract c, cp WHERE c.cp_id = cp.cp_id AND NOT c.is_dummy LIMIT 25

-- @ joins-11: a right join; expect: answered
SELECT a.account, a.name, sum(g.amount_kzt) AS turnover FROM gl g RIGHT JOIN account a ON a.account = g.account GROUP BY ALL ORDER BY a.account

-- @ joins-12: a natural join; expect: answered
SELECT count(*) FROM stock_move NATURAL JOIN warehouse

-- @ joins-13: branches beside their head companies; expect: answered
SELECT b.name AS branch, h.name AS head FROM cp b JOIN cp h ON h.cp_id = b.parent_cp_id

-- @ joins-14: a positional join of two short lists; expect: answered
SELECT * FROM (SELECT name FROM org ORDER BY name) POSITIONAL JOIN (SELECT name AS warehouse FROM warehouse ORDER BY name)

-- @ joins-15: a join by a range of days; expect: answered
SELECT s.bank_account_id, s.first_day, count(l.bank_line_id) AS lines FROM bank_stmt s LEFT JOIN bank_line l ON l.bank_account_id = s.bank_account_id AND l.value_date BETWEEN s.first_day AND s.last_day GROUP BY ALL ORDER BY ALL LIMIT 40

-- @ joins-16: contracts and all that hangs on them; expect: answered
SELECT c.contract_id, c.number, count(DISTINCT d.doc_id) AS docs, count(DISTINCT s.credit_doc_id) AS payments FROM contract c LEFT JOIN doc d USING (contract_id) LEFT JOIN settlement s ON s.contract_id = c.contract_id GROUP BY ALL ORDER BY docs DESC LIMIT 10

-- @ joins-17: five relations; expect: answered
SELECT o.name, cp.name, c.number, d.number, l.sum_doc FROM doc_line l JOIN doc d USING (doc_id) JOIN org o USING (org_id) JOIN cp USING (cp_id) JOIN contract c ON c.contract_id = d.contract_id WHERE d.doc_date >= DATE '2025-12-01' LIMIT 30

-- @ joins-18: a relation named with its schema; expect: answered
SELECT main.cp.name FROM main.cp LIMIT 3
