-- All that we owe suppliers on a date, own entities left out, advances paid not netted.
--
-- id:        ap_total
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Кредиторская задолженность, всего
-- title.kk:  Кредиторлық берешек, барлығы
-- title.en:  Payables, total
-- synonyms:  кредиторка, КЗ, сколько мы должны, payables, AP,
--     мы должны, должны поставщикам, поставщикам, просрочили поставщикам, біз қарызбыз, қарызбыз, жеткізушілерге, we owe,
--     owe our suppliers, owe suppliers, our suppliers, paying suppliers, кредиторская
--     задолженность, просроченная кредиторская задолженность, кредиторлық берешек, мерзімі өткен кредиторлық берешек
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     value
-- grain:     one row
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   sum of open_kzt over ap_open(as_of) without intercompany
-- needs:     onec
-- tests:     tests/test_oracle_planted.py::test_totals_are_those_planted,
--     tests/sql/test_metrics_agree.py::test_payables_by_supplier_are_all_payables,
--     tests/sql/test_metrics_agree.py::test_weeks_lead_from_the_accounts_to_all_that_is_owed_and_due
--
-- value          payables in tenge
-- now_kzt        the same at the National Bank's rates of the day; empty when a rate is missing
-- overdue_kzt    of it, past the due date
-- counterparties how many we owe
select
    cast(coalesce(sum(open_kzt), 0) as decimal(18, 2)) as value,
    cast(case when count(*) = count(open_kzt_now) then coalesce(sum(open_kzt_now), 0) end as decimal(18, 2)) as now_kzt,
    cast(coalesce(sum(open_kzt) filter (where days_late > 0), 0) as decimal(18, 2)) as overdue_kzt,
    count(distinct cp_id) as counterparties,
from ap_open($as_of)
where not is_intercompany
