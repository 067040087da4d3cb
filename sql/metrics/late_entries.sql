-- Documents of a period that came into 1C more than three days after their date: they change answers about days gone by.
--
-- id:        late_entries
-- version:   1
-- title.ru:  Документы, введённые задним числом
-- title.kk:  Кейінгі күнмен енгізілген құжаттар
-- title.en:  Back-dated documents
-- synonyms:  задним числом, поздний ввод, введены позже, изменения прошлого периода, кейін енгізілген, back-dated, late entries
-- unit:      KZT
-- basis:     date of the document against its first load
-- shape:     table
-- params:    period period
-- formula:   documents with is_late_entry and doc_date in the period; those of the first load are never among them
-- needs:     onec
--
-- doc_type     kind of document
-- number       its number in 1C
-- doc_date     its date
-- first_seen   day on which the mirror first saw it, UTC
-- late_days    days between the two
-- cp_id        the other party
-- counterparty its name [untrusted]
-- sum_kzt      its amount
-- documents    how many there are
-- total_kzt    what they come to, whatever their kind
select
    d.type as doc_type, d.number, d.doc_date,
    cast(d.first_synced_at as date) as first_seen,
    date_diff('day', d.doc_date, cast(d.first_synced_at as date)) as late_days,
    d.cp_id, cp.name as counterparty, d.sum_kzt,
    count(*) over () as documents,
    cast(sum(d.sum_kzt) over () as decimal(18, 2)) as total_kzt,
from doc d
left join cp using (cp_id)
where d.is_late_entry and d.doc_date between $period_from and $period_to
order by d.doc_date, d.number, d.doc_id
