-- What invoice_status tells of: the documents with the number, and the payments and other settlements of each.
--
-- grain:  part, doc_id
-- parts:  paid_doc, other_doc, sum_doc, open_doc
-- units:  currency of the document
--
-- part         column of invoice_status that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       amount of the document, what is open of it, or what the payment settled of it
with
wanted as (
    select doc_id, doc_type as type, doc_number as number, doc_date, counterparty, currency, sum_doc, open_doc
    from invoice_status($number, $as_of)
    where ($counterparty is null or cp_id = $counterparty) and ($year is null or year(doc_date) = $year)
)
select 'sum_doc' as part, doc_id, type, number, doc_date, counterparty, sum_doc as amount from wanted
union all
select 'open_doc', doc_id, type, number, doc_date, counterparty, open_doc from wanted where open_doc <> 0
union all
select
    if(s.method in ('explicit', 'contract_fifo'), 'paid_doc', 'other_doc'), c.doc_id, c.type, c.number, c.doc_date, w.counterparty, s.amount_doc
from wanted w
join settlement s on s.debit_doc_id = w.doc_id and s.eff_date <= $as_of and s.method <> 'fx_close'
join doc c on c.doc_id = s.credit_doc_id
union all
select 'paid_doc', p.doc_id, p.type, p.number, p.doc_date, w.counterparty, case when p.currency = w.currency then a.amount_doc else a.amount_settled end
from wanted w
join pay_alloc a on a.invoice_doc_id = w.doc_id
join doc p on p.doc_id = a.doc_id and p.doc_date <= $as_of
