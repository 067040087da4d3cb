-- The won deals that won_without_invoice lists.
--
-- grain:  part, doc_id
-- parts:  amount_kzt
-- units:  tenge
--
-- part         column of won_without_invoice that these amounts add up to
-- doc_id       deal
-- type         deal
-- number       its id in the CRM
-- doc_date     its close date
-- counterparty the other party; as the CRM spells it where 1C does not know it [untrusted]
-- amount       what the deal is worth
select
    'amount_kzt' as part, c.deal_id as doc_id, 'deal' as type, c.deal_id as number, c.close_date as doc_date,
    coalesce(c.counterparty, d.company) as counterparty, c.amount_kzt as amount,
from deal_chain($as_of) c
join deal d using (deal_id)
where c.gap = 'won_no_invoice' and c.close_date <= $as_of
