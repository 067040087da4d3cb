-- Money on each own bank account, by the bank's statement beside 1C, and in each cash desk by 1C.
--
-- id:        cash_position
-- version:   3
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Деньги на счетах и в кассах
-- title.kk:  Шоттар мен кассалардағы ақша
-- title.en:  Cash position
-- synonyms:  остатки на счетах, деньги на счетах, сколько денег, деньги сегодня, остаток в кассе, наличные, ақша қалдығы, кассадағы ақша, cash, bank balances, cash on hand
-- unit:      currency of the account; _kzt in tenge at the rate of as_of
-- basis:     bank statements; 1C accounts 1030 beside, 1010 for cash desks
-- shape:     table
-- grain:     own account or cash desk
-- params:    as_of date, org org?
-- formula:   cash_position(as_of); total = by the statement, else by 1C; money on its way between accounts is in neither
-- needs:     bank, onec
-- tests:     tests/test_oracle_planted.py::test_cash_at_the_banks_and_in_the_desks_is_that_planted,
--     tests/sql/test_metrics_cash.py::test_the_total_is_by_the_bank_else_by_1c_and_of_every_desk,
--     tests/sql/test_metrics_agree.py::test_weeks_lead_from_the_accounts_to_all_that_is_owed_and_due,
--     tests/sql/test_overlapping_statements.py::test_the_balance_is_that_of_the_furthest_day_known
--
-- org          own entity
-- iban         account; empty for a cash desk
-- bank         bank
-- cash_desk    cash desk
-- currency     its currency
-- bank_balance by the statement
-- book_balance by 1C
-- difference   bank less 1C
-- stmt_date    last day that a statement covers
-- is_stale     the statement is older than a working day; empty for a cash desk
-- balance_kzt  in tenge
-- total_kzt    all of it, the same in each row
-- cash_kzt     of it, in cash desks
-- without_rate rows in a currency without a rate: not in the total
select
    o.name as org, p.iban, p.bank, p.cash_desk, p.currency, p.bank_balance, p.book_balance, p.difference, p.stmt_date, p.is_stale, p.balance_kzt,
    cast(coalesce(sum(p.balance_kzt) over (), 0) as decimal(18, 2)) as total_kzt,
    cast(coalesce(sum(p.balance_kzt) filter (where p.kind = 'cash') over (), 0) as decimal(18, 2)) as cash_kzt,
    count(*) filter (where p.balance_kzt is null) over () as without_rate,
from cash_position($as_of) p
left join org o using (org_id)
order by p.kind, p.iban, org, p.cash_desk, p.currency
