-- The payments behind days_late, a row for each sale that they settled, and the sales that they settled in full.
--
-- grain:  part, doc_id
-- parts:  paid_kzt, late_kzt, settled_sales
-- units:  tenge at the rate of the sale; settled_sales count 1 each
--
-- part         column of days_late that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what the payment settled
with
paid as (
    select p.*, d.type, d.number, d.doc_date, cp.name as counterparty
    from paid_items($period_from, $period_to) p
    join doc d on d.doc_id = p.credit_doc_id
    left join cp on cp.cp_id = p.cp_id
    where $counterparty is null or p.cp_id = $counterparty
)
select 'paid_kzt' as part, credit_doc_id as doc_id, type, number, doc_date, counterparty, amount_kzt as amount from paid
union all
select 'late_kzt', credit_doc_id, type, number, doc_date, counterparty, amount_kzt from paid where days_late > 0
union all
select distinct 'settled_sales', d.doc_id, d.type, d.number, d.doc_date, p.counterparty, 1
from paid p
join doc d on d.doc_id = p.debit_doc_id
where p.settles_sale
