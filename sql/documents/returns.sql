-- The returns behind returns, and the sales of the same period.
--
-- grain:  part, doc_id
-- parts:  value, gross_kzt, vat_kzt, returns, sales_kzt
-- units:  tenge at the booked rate; returns count 1 each
--
-- part         column of returns that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       the document without VAT, with it, or its VAT, positive
with
sold as (
    from sales_by_document($period_from, $period_to)
)
select case type when 'sale_return' then 'value' else 'sales_kzt' end as part, doc_id, type, number, doc_date, counterparty, case type when 'sale_return' then -net_kzt else net_kzt end as amount
from sold
union all
select 'gross_kzt', doc_id, type, number, doc_date, counterparty, -gross_kzt from sold where type = 'sale_return'
union all
select 'vat_kzt', doc_id, type, number, doc_date, counterparty, -vat_kzt from sold where type = 'sale_return'
union all
select 'returns', doc_id, type, number, doc_date, counterparty, 1 from sold where type = 'sale_return'
