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
with
items as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late, bucket
    from ar_open($as_of)
    where not is_intercompany
)
select 'value' as part, doc_id, type, number, doc_date, counterparty, amount from items
union all
select
    case bucket when 'not_due' then 'not_due_kzt' when '1-30' then 'd1_30_kzt' when '31-60' then 'd31_60_kzt' when '61-90' then 'd61_90_kzt' else 'd91_plus_kzt' end,
    doc_id, type, number, doc_date, counterparty, amount,
from items
