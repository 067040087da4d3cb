SELECT iban, currency, bank_balance, stmt_date FROM cash_position(DATE '2026-01-31')
SELECT currency, sum(bank_balance) FROM cash_position(DATE '2026-01-31') GROUP BY currency
SELECT iban, bank_balance - book_balance AS diff FROM cash_position(DATE '2026-01-31') WHERE bank_balance <> book_balance
SELECT status, count(*), sum(amount) FROM bank_rec WHERE value_date BETWEEN DATE '2025-10-01' AND DATE '2025-12-31' GROUP BY status
--! mixed_currencies
SELECT value_date, amount, purpose FROM bank_rec WHERE status = 'unmatched_bank' ORDER BY value_date DESC
SELECT doc_date, amount, doc_id FROM bank_rec WHERE status = 'unmatched_book'
SELECT b.iban, count(*) FROM bank_line l JOIN bank_account b USING (bank_account_id) GROUP BY b.iban
SELECT value_date, direction, amount, cp_name FROM bank_line WHERE value_date = DATE '2026-01-30'
SELECT value_date, sum(CASE direction WHEN 'in' THEN amount ELSE -amount END) AS net FROM bank_line WHERE currency = 'KZT' GROUP BY value_date ORDER BY value_date DESC LIMIT 10
SELECT category, sum(in_kzt), sum(out_kzt) FROM cash_move(DATE '2025-10-01', DATE '2025-12-31') WHERE is_flow GROUP BY category
SELECT counterparty, sum(out_kzt) AS out_kzt FROM cash_move(DATE '2026-01-01', DATE '2026-01-31') WHERE category = 'suppliers' GROUP BY counterparty ORDER BY out_kzt DESC LIMIT 5
SELECT date_trunc('week', move_date) wk, sum(in_kzt) - sum(out_kzt) net FROM cash_move(DATE '2025-11-01', DATE '2026-01-31') WHERE is_flow GROUP BY wk ORDER BY wk
SELECT sum(out_kzt) FROM cash_move('2025-01-01', '2025-12-31') WHERE category = 'bank_fees'
--= SELECT sum(out_kzt) FROM cash_move(DATE '2025-01-01', DATE '2025-12-31') WHERE category = 'bank_fees'
SELECT first_day, last_day, opening, closing, total_in, total_out FROM bank_stmt WHERE bank_account_id = 'ba_1' ORDER BY first_day DESC LIMIT 7
SELECT bank_account_id, count(*) FROM bank_stmt WHERE opening + total_in - total_out <> closing GROUP BY 1
SELECT * FROM bank_account
SELECT iban, bank, currency FROM bank_account WHERE closed_on IS NULL
SELECT cp_bin, sum(amount) FROM bank_line WHERE direction = 'in' AND currency = 'KZT' GROUP BY cp_bin ORDER BY 2 DESC LIMIT 10
SELECT value_date, amount FROM bank_line WHERE amount > 10000000 AND direction = 'out' AND value_date >= '2025-12-01'
SELECT date, amount FROM bank_line WHERE direction = 'in' LIMIT 10
--= SELECT value_date, amount FROM bank_line WHERE direction = 'in' LIMIT 10
SELECT account, balance FROM cash_position(DATE '2026-01-31')
--= SELECT iban, bank_balance FROM cash_position(DATE '2026-01-31')
SELECT * FROM bank_lines WHERE amount > 1000000
--= SELECT * FROM bank_line WHERE amount > 1000000
SELECT iban, bank_balance FROM cash_position(today())
--! clock
SELECT * FROM cash_position() LIMIT 5
--= SELECT * FROM cash_position(DATE '2026-01-31') LIMIT 5
SELECT l.value_date, l.amount, d.number FROM bank_rec l LEFT JOIN doc d ON d.doc_id = l.doc_id WHERE l.status = 'matched' AND l.rule = 'group'
SELECT direction, SUM(amount) FROM bank_line WHERE value_date >= '2026-01-01' AND value_date < '2026-02-01' AND currency = 'KZT' GROUP BY direction
SELECT knp, COUNT(*) AS cnt FROM bank_line GROUP BY knp HAVING COUNT(*) > 5 ORDER BY cnt DESC
SELECT LEFT(cp_iban, 4) AS prefix, COUNT(*) FROM bank_line GROUP BY prefix
