-- The unpaid documents behind ageing, a row for each payment stage.
--
-- grain:  part, doc_id, stage
-- parts:  value, not_due_kzt, d1_30_kzt, d31_60_kzt, d61_90_kzt, d91_plus_kzt
-- units:  tenge at the booked rate
--
-- part         column of ageing that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid
select case part when 'open_kzt' then 'value' else part end as part, doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount
from (select *, unnest(counts_in) as part from aged_items('ar', $as_of) where kind = 'open')
where part <> 'overdue_kzt'
