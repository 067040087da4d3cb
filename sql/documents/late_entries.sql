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
select 'sum_kzt' as part, doc_id, type, number, doc_date, counterparty, sum_kzt as amount,
from backdated
where doc_date between $period_from and $period_to
