-- The unpaid documents and the credit sales of the window behind dso_simple.
--
-- grain:  part, doc_id, stage
-- parts:  receivables_kzt, credit_sales_kzt
-- units:  tenge at the booked rate, with VAT
--
-- part         column of dso_simple that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid; of a sale, what was sold on credit
with
sold as (
    select c.doc_id, c.type, d.number, c.doc_date, cp.name as counterparty, c.credit_kzt as amount
    from credit_sales(cast($as_of as date) - cast($days as integer) + 1, cast($as_of as date)) c
    join doc d using (doc_id)
    left join cp on cp.cp_id = d.cp_id
)
select 'receivables_kzt' as part, doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount
from ar_open($as_of)
where not is_intercompany
union all
select 'credit_sales_kzt', doc_id, type, number, doc_date, counterparty, amount from sold
