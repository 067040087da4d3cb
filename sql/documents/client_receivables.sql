-- The unpaid documents of the customer behind client_receivables, a row for each payment stage.
--
-- grain:  part, doc_id, stage
-- parts:  open_kzt, open_doc
-- units:  open_kzt in tenge at the booked rate, open_doc in the currency of the document
--
-- part         column of client_receivables that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid
with
items as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt, open_doc from ar_open($as_of) where cp_id = $counterparty
)
select 'open_kzt' as part, doc_id, type, number, doc_date, counterparty, open_kzt as amount from items
union all
select 'open_doc', doc_id, type, number, doc_date, counterparty, open_doc from items
