-- The unpaid documents that cash_in_plan expects money for inside its horizon.
--
-- grain:  part, doc_id, stage
-- parts:  expected_kzt, items
-- units:  tenge at the booked rate; items count 1 each
--
-- part         column of cash_in_plan that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid
with
expected as (
    select e.doc_id, d.type, e.number, d.doc_date, e.counterparty, e.open_kzt
    from cash_in($as_of) e
    join doc d using (doc_id)
    where not e.is_doubtful and e.expected_on <= cast($as_of as date) + cast(greatest(least($horizon, 366), 0) as integer)
)
select 'expected_kzt' as part, doc_id, type, number, doc_date, counterparty, open_kzt as amount from expected
union all
select 'items', doc_id, type, number, doc_date, counterparty, 1 from expected
