-- The sales and returns behind revenue_by_counterparty.
--
-- grain:  part, doc_id
-- parts:  net_kzt, gross_kzt, vat_kzt, returns_kzt, documents
-- units:  tenge at the booked rate; documents count 1 each
--
-- part         column of revenue_by_counterparty that these amounts add up to
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
select 'net_kzt' as part, doc_id, type, number, doc_date, counterparty, net_kzt as amount from sold
union all
select 'gross_kzt', doc_id, type, number, doc_date, counterparty, gross_kzt from sold
union all
select 'vat_kzt', doc_id, type, number, doc_date, counterparty, vat_kzt from sold
union all
select 'returns_kzt', doc_id, type, number, doc_date, counterparty, -net_kzt from sold where type = 'sale_return'
union all
select 'documents', doc_id, type, number, doc_date, counterparty, 1 from sold
