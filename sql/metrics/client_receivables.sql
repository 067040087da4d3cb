-- What one customer owes, document by document, oldest due date first.
--
-- id:        client_receivables
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Задолженность клиента по документам
-- title.kk:  Клиенттің құжаттар бойынша берешегі
-- title.en:  Receivables of a customer
-- synonyms:  долг клиента, просрочка клиента, сколько должен клиент, клиент қарызы, customer debt,
--     должна, должен, задолженность, долг, просрочил, қанша қарыз, қарызы, берешегі, owe, owes, customer owe,
--     receivables of the customer, late on
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     table
-- grain:     document, stage
-- params:    counterparty counterparty, as_of date, org org?
-- formula:   ar_open(as_of) of the counterparty; the last columns repeat its totals
-- needs:     onec
-- tests:     tests/test_facts_debts.py::test_totals_of_twelve_thousand_items_count_every_one,
--     tests/test_oracle_planted.py::test_the_debts_of_a_customer_are_those_planted
--
-- number               document number in 1C
-- doc_date             its date
-- stage                payment stage
-- due_date             due date
-- due_source           schedule, contract, or none: the document date stands in
-- days_late            days past the due date; zero or less is not overdue
-- currency             currency
-- open_doc             not yet paid, in the currency
-- open_kzt             the same in tenge
-- client_open_kzt      total of the customer
-- client_overdue_kzt   of it overdue
-- client_advances_kzt  its advances, not netted
with
items as (
    select * from ar_open($as_of) where cp_id = $counterparty
),

advance as (
    select coalesce(sum(unused_kzt), 0) as kzt from advances($as_of) where side = 'ar' and kind = 'advance' and cp_id = $counterparty
)
select
    i.number, i.doc_date, i.stage, i.due_date, i.due_source, i.days_late, i.currency, i.open_doc, i.open_kzt,
    cast(coalesce(sum(i.open_kzt) over (), 0) as decimal(18, 2)) as client_open_kzt,
    cast(coalesce(sum(i.open_kzt) filter (where i.days_late > 0) over (), 0) as decimal(18, 2)) as client_overdue_kzt,
    cast(a.kzt as decimal(18, 2)) as client_advances_kzt,
from advance a
left join items i on true
order by i.due_date, i.number, i.stage
