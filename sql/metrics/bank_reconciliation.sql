-- Bank statements held against the payments in 1C over a period, account by account.
--
-- id:        bank_reconciliation
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of finance
-- title.ru:  Сверка банка с 1С
-- title.kk:  Банкті 1С-пен салыстыру
-- title.en:  Bank reconciliation
-- synonyms:  сверка банка, банк и 1С, неразнесённые платежи, чего нет в 1С, банкпен салыстыру, bank reconciliation,
--     нет в 1С, из банка нет в 1С, банктегі, 1С-те жоқ, missing in 1C, bank lines
-- unit:      currency of the account
-- basis:     bank statements and 1C, days that a statement covers
-- shape:     table
-- grain:     iban, direction
-- params:    period period, org org?
-- formula:   bank_rec by account and direction, by the day of the line, else of the payment; bank_doc = matched + only in the bank
-- needs:     bank, onec
-- tests:     tests/sql/test_metrics_money.py::test_matched_and_alone_make_what_the_bank_and_1c_have,
--     tests/sql/test_metrics_agree.py::test_both_sides_of_the_bank_are_matched_and_alone,
--     tests/sql/test_metrics_agree.py::test_what_is_alone_in_bank_or_1c_sums_to_the_reconciliation
--
-- iban           account
-- currency       its currency
-- direction      in or out
-- matched_doc    matched, in the bank and in 1C
-- only_bank_doc  in the bank, not in 1C
-- only_book_doc  in 1C, not in the bank
-- bank_doc       all in the bank
-- book_doc       all in 1C
-- difference_doc bank less 1C
-- matched        payments matched
-- only_bank      lines only in the bank
-- only_book      payments only in 1C
with
sums as (
    select
        bank_account_id, direction,
        coalesce(sum(amount) filter (where status = 'matched'), 0) as matched_doc,
        coalesce(sum(amount) filter (where status = 'unmatched_bank'), 0) as only_bank_doc,
        coalesce(sum(amount) filter (where status = 'unmatched_book'), 0) as only_book_doc,
        count(*) filter (where status = 'matched') as matched,
        count(*) filter (where status = 'unmatched_bank') as only_bank,
        count(*) filter (where status = 'unmatched_book') as only_book,
    from bank_rec
    where coalesce(value_date, doc_date) between $period_from and $period_to
    group by all
)
select
    a.iban, a.currency, s.direction,
    cast(s.matched_doc as decimal(18, 2)) as matched_doc,
    cast(s.only_bank_doc as decimal(18, 2)) as only_bank_doc,
    cast(s.only_book_doc as decimal(18, 2)) as only_book_doc,
    cast(s.matched_doc + s.only_bank_doc as decimal(18, 2)) as bank_doc,
    cast(s.matched_doc + s.only_book_doc as decimal(18, 2)) as book_doc,
    cast(s.only_bank_doc - s.only_book_doc as decimal(18, 2)) as difference_doc,
    s.matched, s.only_bank, s.only_book,
from sums s
left join bank_account a using (bank_account_id)
order by a.iban, s.direction
