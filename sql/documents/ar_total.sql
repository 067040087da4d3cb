-- The unpaid documents behind ar_total, a row for each payment stage, and what customers paid or returned without a debt to take it.
--
-- grain:  part, doc_id, stage
-- parts:  value, overdue_kzt, advances_kzt, credits_kzt
-- units:  tenge at the booked rate
--
-- part         column of ar_total that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid, or not yet used
with
items as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late, bucket
    from ar_open($as_of)
    where not is_intercompany
)
select 'value' as part, doc_id, type, number, doc_date, counterparty, amount from items
union all
select 'overdue_kzt', doc_id, type, number, doc_date, counterparty, amount from items where days_late > 0
union all
select case kind when 'advance' then 'advances_kzt' else 'credits_kzt' end, doc_id, doc_type, number, doc_date, counterparty, unused_kzt
from advances($as_of)
where side = 'ar' and not is_intercompany
