SELECT counterparty, open_kzt FROM (SELECT counterparty, open_kzt FROM ageing(DATE '2026-01-31') ORDER BY open_kzt DESC) WHERE ROWNUM <= 5
--= SELECT counterparty, open_kzt FROM ageing(DATE '2026-01-31') ORDER BY open_kzt DESC LIMIT 5
SELECT TO_CHAR(pay_date, 'MM.YYYY') AS period, SUM(amount_kzt) AS paid FROM pay WHERE type = 'pay_out' AND pay_date BETWEEN TO_DATE('01.07.2025', 'DD.MM.YYYY') AND TO_DATE('31.12.2025', 'DD.MM.YYYY') GROUP BY TO_CHAR(pay_date, 'MM.YYYY')
--= SELECT strftime(pay_date, '%m.%Y') AS period, SUM(amount_kzt) AS paid FROM pay WHERE type = 'pay_out' AND pay_date BETWEEN DATE '2025-07-01' AND DATE '2025-12-31' GROUP BY 1
SELECT NVL(c.name, 'н/д') AS supplier, SUM(p.amount_kzt) AS total FROM pay p LEFT JOIN cp c ON c.cp_id = p.cp_id WHERE p.type = 'pay_out' GROUP BY c.name ORDER BY total DESC NULLS LAST FETCH FIRST 10 ROWS ONLY
--= SELECT coalesce(c.name, 'н/д') AS supplier, SUM(p.amount_kzt) AS total FROM pay p LEFT JOIN cp c ON c.cp_id = p.cp_id WHERE p.type = 'pay_out' GROUP BY c.name ORDER BY total DESC NULLS LAST LIMIT 10
SELECT status, DECODE(status, 'paid', 1, 'part', 0.5, 0) AS weight FROM invoice_status('234', TO_DATE('2026-01-31', 'YYYY-MM-DD'))
--= SELECT status, CASE status WHEN 'paid' THEN 1 WHEN 'part' THEN 0.5 ELSE 0 END AS weight FROM invoice_status('234', DATE '2026-01-31')
SELECT TRUNC(doc_date, 'Q') AS q, COUNT(*) AS sales FROM doc WHERE type = 'sale' GROUP BY TRUNC(doc_date, 'Q') ORDER BY q
--= SELECT date_trunc('quarter', doc_date)::DATE AS q, COUNT(*) AS sales FROM doc WHERE type = 'sale' GROUP BY 1 ORDER BY q
SELECT MONTHS_BETWEEN(DATE '2026-01-31', DATE '2025-10-31') FROM dual
--= SELECT 3
SELECT cp_id, LISTAGG(number, '; ') WITHIN GROUP (ORDER BY due_date) FROM ap_open(DATE '2026-01-31') WHERE days_late > 0 GROUP BY cp_id
--= SELECT cp_id, string_agg(number, '; ' ORDER BY due_date) FROM ap_open(DATE '2026-01-31') WHERE days_late > 0 GROUP BY cp_id
SELECT toYear(doc_date) AS y, uniqExact(cp_id) AS buyers FROM sales_in('2023-01-01', '2025-12-31') GROUP BY y ORDER BY y
--= SELECT year(doc_date) AS y, count(DISTINCT cp_id) AS buyers FROM sales_in(DATE '2023-01-01', DATE '2025-12-31') GROUP BY y ORDER BY y
SELECT formatDateTime(move_date, '%Y-%m') AS ym, sum(in_kzt) - sum(out_kzt) AS net FROM cash_move('2025-07-01', '2025-12-31') WHERE is_flow GROUP BY ym
--= SELECT strftime(move_date, '%Y-%m') AS ym, sum(in_kzt) - sum(out_kzt) AS net FROM cash_move(DATE '2025-07-01', DATE '2025-12-31') WHERE is_flow GROUP BY ym
SELECT multiIf(days_late <= 0, 'в срок', days_late <= 30, 'до 30', 'больше') AS grp, sum(open_kzt) FROM ar_open('2026-01-31') WHERE NOT is_intercompany GROUP BY grp
--= SELECT CASE WHEN days_late <= 0 THEN 'в срок' WHEN days_late <= 30 THEN 'до 30' ELSE 'больше' END AS grp, sum(open_kzt) FROM ar_open(DATE '2026-01-31') WHERE NOT is_intercompany GROUP BY grp
SELECT counterparty, pay_date, amount_kzt FROM pay WHERE type = 'pay_in' ORDER BY pay_date DESC LIMIT 1 BY cp_id
--= SELECT counterparty, pay_date, amount_kzt FROM pay WHERE type = 'pay_in' QUALIFY row_number() OVER (PARTITION BY cp_id ORDER BY pay_date DESC) = 1
SELECT strftime('%Y-%m', doc_date) AS ym, COUNT(*) FROM doc WHERE type = 'invoice_out' GROUP BY ym
SELECT julianday('2026-01-31') - julianday(due_date) AS days, number FROM doc WHERE type = 'sale' AND due_date < '2026-01-01' LIMIT 10
--= SELECT DATE '2026-01-31' - due_date AS days, number FROM doc WHERE type = 'sale' AND due_date < '2026-01-01' LIMIT 10
SELECT name, ifnull(bin_iin, '-') AS bin FROM cp WHERE kind <> 'company'
SELECT date(pay_date, 'start of month') AS m, total(amount_kzt) FROM pay WHERE type = 'pay_in' GROUP BY m
--= SELECT date_trunc('month', pay_date)::DATE AS m, sum(amount_kzt) FROM pay WHERE type = 'pay_in' GROUP BY m
SELECT printf('%s (%s)', name, bin_iin) AS label FROM cp WHERE bin_valid LIMIT 5
SELECT src, src_name, iban FROM cp_source WHERE src_name LIKE '%ROMASHKA%' COLLATE NOCASE
SELECT COUNT(*) FILTER (WHERE gap = 'shipped_not_paid') AS stuck FROM deal_chain(DATE '2026-01-31')
SELECT warehouse, item, SUM(on_hand) AS qty FROM stock_on(DATE '2025-12-31') GROUP BY warehouse, item HAVING SUM(on_hand) <> 0
SELECT r.currency, r.rate / r.mult AS kzt FROM fx_rate r WHERE (r.currency, r.rate_date) IN (SELECT currency, MAX(rate_date) FROM fx_rate WHERE rate_date <= DATE '2026-01-31' GROUP BY currency)
