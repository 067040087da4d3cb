-- What customers owe past its due date. Due on the date itself is not overdue.
--
-- id:        ar_overdue
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Просроченная дебиторская задолженность
-- title.kk:  Мерзімі өткен дебиторлық берешек
-- title.en:  Overdue receivables
-- synonyms:  просрочка, просроченная дебиторка, мерзімі өткен қарыз, overdue,
--     просрочено, просроченная задолженность, просрочили клиенты, мерзімі өткен, мерзімі өткен берешек, overdue debt
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     value
-- grain:     one row
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   sum of open_kzt over ar_open(as_of) where days_late > 0, without intercompany
-- needs:     onec
-- tests:     tests/test_oracle_planted.py::test_totals_are_those_planted,
--     tests/sql/test_metric_entities.py::test_documents_of_an_entity_add_up_to_its_number,
--     tests/sql/test_metrics_agree.py::test_the_calls_for_the_week_are_all_that_is_overdue
--
-- value          overdue in tenge
-- open_kzt       of all receivables
-- counterparties how many are late
-- no_term_kzt    of value, where no payment term is set and the document date stands in
select
    cast(coalesce(sum(open_kzt) filter (where days_late > 0), 0) as decimal(18, 2)) as value,
    cast(coalesce(sum(open_kzt), 0) as decimal(18, 2)) as open_kzt,
    count(distinct cp_id) filter (where days_late > 0) as counterparties,
    cast(coalesce(sum(open_kzt) filter (where days_late > 0 and due_source = 'none'), 0) as decimal(18, 2)) as no_term_kzt,
from ar_open($as_of)
where not is_intercompany
