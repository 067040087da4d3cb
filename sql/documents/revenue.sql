-- The sales and returns behind revenue.
--
-- grain:  part, doc_id
-- parts:  value, gross_kzt, vat_kzt, sales_kzt, returns_kzt, sales, returns
-- units:  tenge at the booked rate; sales and returns count 1 each
--
-- part         column of revenue that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       the document without VAT, with it, or its VAT; a return is negative, in returns_kzt positive
with
sold as (
    from sales_by_document($period_from, $period_to)
)
select 'value' as part, doc_id, type, number, doc_date, counterparty, net_kzt as amount from sold
union all
select 'gross_kzt', doc_id, type, number, doc_date, counterparty, gross_kzt from sold
union all
select 'vat_kzt', doc_id, type, number, doc_date, counterparty, vat_kzt from sold
union all
select case type when 'sale' then 'sales_kzt' else 'returns_kzt' end, doc_id, type, number, doc_date, counterparty, case type when 'sale' then net_kzt else -net_kzt end from sold
union all
select case type when 'sale' then 'sales' else 'returns' end, doc_id, type, number, doc_date, counterparty, 1 from sold
