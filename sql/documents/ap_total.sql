-- The unpaid purchases behind ap_total, a row for each payment stage.
--
-- grain:  part, doc_id, stage
-- parts:  value, overdue_kzt
-- units:  tenge at the booked rate
--
-- part         column of ap_total that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid
with
items as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late, bucket
    from ap_open($as_of)
    where not is_intercompany
)
select 'value' as part, doc_id, type, number, doc_date, counterparty, amount from items
union all
select 'overdue_kzt', doc_id, type, number, doc_date, counterparty, amount from items where days_late > 0
