-- What we owe, supplier by supplier, and how late we are.
--
-- id:        ap_ageing
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Кредиторская задолженность по поставщикам
-- title.kk:  Жеткізушілер бойынша кредиторлық берешек
-- title.en:  Payables by supplier
-- synonyms:  кому мы должны, долги поставщикам, кредиторка по поставщикам, жеткізушілерге қарыз, AP ageing, payables by supplier
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     table
-- grain:     cp_id
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   ap_ageing(as_of) by open_kzt, largest first; due on the date itself is not due
-- needs:     onec
-- tests:     tests/sql/test_metrics_money.py::test_payables_due_on_the_day_are_not_overdue,
--     tests/sql/test_metrics_agree.py::test_payables_by_supplier_are_all_payables
--
-- cp_id        whom we owe
-- counterparty its name [untrusted]
-- open_kzt     all that we owe it
-- overdue_kzt  past the due date
-- not_due_kzt  not yet due
-- d1_30_kzt    1 to 30 days late
-- d31_60_kzt   31 to 60 days late
-- d61_90_kzt   61 to 90 days late
-- d91_plus_kzt 91 days late and more
-- advances_kzt advances paid to it, not netted
-- total_kzt    what we owe all suppliers
select
    cp_id, counterparty, open_kzt, overdue_kzt, not_due_kzt, d1_30_kzt, d31_60_kzt, d61_90_kzt, d91_plus_kzt, advances_kzt,
    cast(sum(open_kzt) over () as decimal(18, 2)) as total_kzt,
from ap_ageing($as_of)
where open_kzt > 0
order by open_kzt desc, cp_id
