-- The sales and returns behind sales_by.
--
-- grain:  part, doc_id
-- parts:  net_kzt, gross_kzt, returns_kzt
-- units:  tenge at the booked rate
--
-- part         column of sales_by that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       the document without VAT or with it; a return is negative, in returns_kzt positive
with
sold as (
    select
        doc_id, type, number, doc_date, any_value(counterparty) as counterparty,
        cast(sum(net_kzt) as decimal(18, 2)) as net_kzt,
        cast(sum(gross_kzt) as decimal(18, 2)) as gross_kzt,
    from sales_in($period_from, $period_to)
    where not is_intercompany
    group by doc_id, type, number, doc_date
)
select 'net_kzt' as part, doc_id, type, number, doc_date, counterparty, net_kzt as amount from sold
union all
select 'gross_kzt', doc_id, type, number, doc_date, counterparty, gross_kzt from sold
union all
select 'returns_kzt', doc_id, type, number, doc_date, counterparty, -net_kzt from sold where type = 'sale_return'
