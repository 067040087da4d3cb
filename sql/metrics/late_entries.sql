-- Documents of a period that came into 1C more than three days after their date: they change answers about days gone by.
--
-- id:        late_entries
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Документы, введённые задним числом
-- title.kk:  Кейінгі күнмен енгізілген құжаттар
-- title.en:  Back-dated documents
-- synonyms:  задним числом, поздний ввод, введены позже, изменения прошлого периода, кейін енгізілген, back-dated, late entries
-- unit:      KZT
-- basis:     date of the document against its first load
-- shape:     table
-- grain:     document
-- params:    period period, org org?
-- formula:   rows of backdated with doc_date in the period; those of the first load are never among them
-- needs:     onec
-- tests:     tests/test_facts_debts.py::test_a_sale_entered_twenty_days_late_is_told_as_back_dated,
--     tests/sql/test_metrics_sales.py::test_a_back_dated_document_is_listed_by_its_own_date,
--     tests/test_changes.py::test_the_sale_entered_late_is_back_dated_in_the_relation_and_in_the_metric
--
-- doc_type     kind of document
-- number       its number in 1C
-- doc_date     its date
-- first_seen   day on which the mirror first saw it, local
-- late_days    days between the two
-- cp_id        the other party
-- counterparty its name [untrusted]
-- sum_kzt      its amount
-- documents    how many there are
-- total_kzt    what they come to, whatever their kind
select
    type as doc_type, number, doc_date, first_seen, late_days, cp_id, counterparty, sum_kzt,
    count(*) over () as documents,
    cast(sum(sum_kzt) over () as decimal(18, 2)) as total_kzt,
from backdated
where doc_date between $period_from and $period_to
order by doc_date, number, doc_id
