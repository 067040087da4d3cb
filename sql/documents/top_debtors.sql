-- The unpaid documents behind top_debtors, a row for each payment stage, and the unused payments of the same customers.
--
-- grain:  part, doc_id, stage
-- parts:  open_kzt, overdue_kzt, not_due_kzt, d1_30_kzt, d31_60_kzt, d61_90_kzt, d91_plus_kzt, advances_kzt
-- units:  tenge at the booked rate
--
-- part         column of top_debtors that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid, or not yet used
with
items as (
    select cp_id, doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late, bucket
    from ar_open($as_of)
    where not is_intercompany
)
select 'open_kzt' as part, doc_id, type, number, doc_date, counterparty, amount from items
union all
select 'overdue_kzt', doc_id, type, number, doc_date, counterparty, amount from items where days_late > 0
union all
select
    case bucket when 'not_due' then 'not_due_kzt' when '1-30' then 'd1_30_kzt' when '31-60' then 'd31_60_kzt' when '61-90' then 'd61_90_kzt' else 'd91_plus_kzt' end,
    doc_id, type, number, doc_date, counterparty, amount,
from items
union all
select 'advances_kzt', doc_id, doc_type, number, doc_date, counterparty, unused_kzt
from advances($as_of)
where side = 'ar' and kind = 'advance' and not is_intercompany and cp_id in (select cp_id from items)
