-- Documents of a period that came into 1C more than three days after their date: they change answers about days gone by. Beside them, how many have gone or changed since: changes_since lists these.
--
-- id:        late_entries
-- version:   3
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Документы, введённые задним числом
-- title.kk:  Кейінгі күнмен енгізілген құжаттар
-- title.en:  Back-dated documents
-- synonyms:  задним числом, документы задним числом, поздний ввод, введены позже, изменения прошлого периода, кейін енгізілген, back-dated, late entries
-- unit:      KZT
-- basis:     date of the document against its first load
-- shape:     table
-- grain:     document
-- params:    period period, org org?
-- formula:   rows of backdated with doc_date in the period; those of the first load are never among them; gone and changed from changes_since by doc_date, as long as it keeps them
-- needs:     onec
-- tests:     tests/test_changes.py::test_documents_that_have_gone_from_a_period_are_counted_beside_those_entered_late,
--     tests/test_facts_debts.py::test_a_sale_entered_twenty_days_late_is_told_as_back_dated,
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
-- gone         documents of the period that counted in an earlier snapshot and do not any more: drafts, deleted, vanished
-- gone_kzt     what these came to, whatever their kind
-- changed      documents of the period that count and had another amount, day, party or agreement
-- reason       for an empty list: none_late
with
late as (
    from backdated where doc_date between $period_from and $period_to
),

changed as (
    select c.doc_id, any_value(c.sum_kzt) as sum_kzt, d.doc_id is null as is_gone
    from changes_since c
    left join doc d on d.doc_id = c.doc_id
    where c.doc_date between $period_from and $period_to and c.what <> 'appeared'
    group by c.doc_id, d.doc_id
),

beside as (
    select
        count(*) filter (is_gone) as gone,
        coalesce(sum(sum_kzt) filter (is_gone), 0) as gone_kzt,
        count(*) filter (not is_gone) as changed,
    from changed
)
select
    type as doc_type, number, doc_date, first_seen, late_days, cp_id, counterparty, sum_kzt,
    count(doc_id) over () as documents,
    cast(coalesce(sum(sum_kzt) over (), 0) as decimal(18, 2)) as total_kzt,
    b.gone,
    cast(b.gone_kzt as decimal(18, 2)) as gone_kzt,
    b.changed,
    case when doc_id is null then 'none_late' end as reason,
from beside b
left join late on true
order by doc_date, number, doc_id
