-- The payments behind advances_total that nothing has used yet, and the returns and offsets of customers.
--
-- grain:  part, doc_id
-- parts:  value, paid_kzt, credits_kzt
-- units:  tenge at the booked rate
--
-- part         column of advances_total that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is left of it
select
    case when side = 'ap' then 'paid_kzt' when kind = 'advance' then 'value' else 'credits_kzt' end as part,
    doc_id, doc_type as type, number, doc_date, counterparty, unused_kzt as amount,
from advances($as_of)
where not is_intercompany and (side = 'ar' or kind = 'advance')
