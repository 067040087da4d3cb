-- Receivables of all customers by how late they are.
--
-- id:        ageing
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Старение дебиторской задолженности
-- title.kk:  Дебиторлық берешектің мерзімдері
-- title.en:  Ageing of receivables
-- synonyms:  старение, просрочка по срокам, корзины просрочки, ageing, aging,
--     больше 90 дней, старше 90 дней, старше трёх месяцев, по срокам, 90 күннен асқан, күнге бөл, мерзімдері бойынша,
--     более 90 дней, more than 90 days, older than, 30 60 90, айдан астам, үш айдан астам
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     value
-- grain:     one row
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   sums of ageing(as_of); due on the date itself is not due
-- needs:     onec
-- tests:     tests/test_oracle_planted.py::test_totals_are_those_planted
--
-- value        receivables in tenge
-- not_due_kzt  not yet due
-- d1_30_kzt    1 to 30 days late
-- d31_60_kzt   31 to 60 days late
-- d61_90_kzt   61 to 90 days late
-- d91_plus_kzt 91 days late and more
select
    cast(coalesce(sum(open_kzt), 0) as decimal(18, 2)) as value,
    cast(coalesce(sum(not_due_kzt), 0) as decimal(18, 2)) as not_due_kzt,
    cast(coalesce(sum(d1_30_kzt), 0) as decimal(18, 2)) as d1_30_kzt,
    cast(coalesce(sum(d31_60_kzt), 0) as decimal(18, 2)) as d31_60_kzt,
    cast(coalesce(sum(d61_90_kzt), 0) as decimal(18, 2)) as d61_90_kzt,
    cast(coalesce(sum(d91_plus_kzt), 0) as decimal(18, 2)) as d91_plus_kzt,
from ageing($as_of)
