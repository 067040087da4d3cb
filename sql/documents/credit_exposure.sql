-- The unpaid documents and the unused payments and credits behind credit_exposure.
--
-- grain:  part, doc_id, stage
-- parts:  exposure_kzt, receivables_kzt, advances_kzt
-- units:  tenge at the booked rate
--
-- part         column of credit_exposure that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid, or not yet used; in exposure_kzt the latter negative
with
owed as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount
    from ar_open($as_of)
    where not is_intercompany and ($counterparty is null or cp_id = $counterparty)
),

unused as (
    select doc_id, doc_type as type, number, doc_date, counterparty, unused_kzt as amount
    from advances($as_of)
    where side = 'ar' and not is_intercompany and ($counterparty is null or cp_id = $counterparty)
)
select 'exposure_kzt' as part, doc_id, type, number, doc_date, counterparty, amount from owed
union all
select 'exposure_kzt', doc_id, type, number, doc_date, counterparty, -amount from unused
union all
select 'receivables_kzt', doc_id, type, number, doc_date, counterparty, amount from owed
union all
select 'advances_kzt', doc_id, type, number, doc_date, counterparty, amount from unused
