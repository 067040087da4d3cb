-- Money on each own bank account: by the bank's statement, beside 1C.
--
-- id:        cash_position
-- version:   1
-- title.ru:  Деньги на счетах
-- title.kk:  Шоттардағы ақша
-- title.en:  Cash position
-- synonyms:  остатки на счетах, сколько денег, деньги сегодня, ақша қалдығы, cash, bank balances
-- unit:      currency of the account
-- basis:     bank statements; 1C account 1030 beside
-- shape:     table
-- grain:     iban
-- params:    as_of date, org org?
-- formula:   cash_position(as_of)
-- needs:     bank, onec
-- tests:     tests/test_oracle_planted.py::test_cash_at_the_banks_is_that_planted,
--     tests/sql/test_metrics_agree.py::test_weeks_lead_from_the_accounts_to_all_that_is_owed_and_due,
--     tests/sql/test_overlapping_statements.py::test_the_balance_is_that_of_the_furthest_day_known
--
-- iban         account
-- bank         bank
-- currency     its currency
-- bank_balance by the statement
-- book_balance by 1C
-- difference   bank less 1C
-- stmt_date    last day that a statement covers
-- is_stale     the statement is older than a working day
select iban, bank, currency, bank_balance, book_balance, difference, stmt_date, is_stale,
from cash_position($as_of)
order by iban
