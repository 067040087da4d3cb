-- The documents that late_entries lists.
--
-- grain:  part, doc_id
-- parts:  sum_kzt
-- units:  tenge
--
-- part         column of late_entries that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       amount of the document
select 'sum_kzt' as part, d.doc_id, d.type, d.number, d.doc_date, cp.name as counterparty, d.sum_kzt as amount,
from doc d
left join cp using (cp_id)
where d.is_late_entry and d.doc_date between $period_from and $period_to
