-- Who owes most, with the ageing of each.
--
-- id:        top_debtors
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Крупнейшие должники
-- title.kk:  Ең ірі борышкерлер
-- title.en:  Top debtors
-- synonyms:  топ должников, кто больше всех должен, должники, борышкерлер, top debtors,
--     больше всех должен, крупнейшие должники, ең көп қарыз, ең көп қарызы бар, owes us the most, owes most, largest debtors,
--     biggest debtors
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     table
-- grain:     cp_id
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   ageing(as_of) by open_kzt, largest first
-- needs:     onec
-- tests:     tests/sql/test_metrics_agree.py::test_the_card_of_a_client_is_what_its_own_metrics_say
--
-- cp_id         who owes
-- counterparty  its name [untrusted]
-- open_kzt      all that it owes
-- overdue_kzt   past the due date
-- not_due_kzt   not yet due
-- d1_30_kzt     1 to 30 days late
-- d31_60_kzt    31 to 60 days late
-- d61_90_kzt    61 to 90 days late
-- d91_plus_kzt  91 days late and more
-- max_days_late days late of the oldest item
-- advances_kzt  its advances, not netted
select
    cp_id, counterparty, open_kzt, overdue_kzt, not_due_kzt, d1_30_kzt, d31_60_kzt, d61_90_kzt, d91_plus_kzt, max_days_late, advances_kzt,
from ageing($as_of)
where open_kzt > 0
order by open_kzt desc, cp_id
