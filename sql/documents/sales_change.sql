-- The sales and returns behind sales_change, of the period and of the one compared with.
--
-- grain:  part, doc_id
-- parts:  change_kzt
-- units:  tenge without VAT at the booked rate
--
-- part         column of sales_change that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       the document without VAT, a return negative; of the period compared with, taken off
select
    'change_kzt' as part, doc_id, type, number, doc_date, any_value(counterparty) as counterparty,
    cast(sum(if(doc_date >= $period_from, net_kzt, -net_kzt)) as decimal(18, 2)) as amount,
from sales_in(before_from($period_from, $period_to, $compare), $period_to)
where not is_intercompany and (doc_date >= $period_from or doc_date <= before_to($period_from, $period_to, $compare))
group by doc_id, type, number, doc_date
