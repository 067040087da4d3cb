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
select part, doc_id, doc_type as type, number, doc_date, counterparty, coalesce(open_kzt, unused_kzt) as amount
from (select *, unnest(counts_in) as part from aged_items('ar', $as_of))
where is_listed and part <> 'credits_kzt'
