-- The unpaid documents that dso_countback walks back over, a row for each payment stage.
--
-- grain:  part, doc_id, stage
-- parts:  receivables_kzt
-- units:  tenge at the booked rate, with VAT
--
-- part         column of dso_countback that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid
select 'receivables_kzt' as part, doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount,
from ar_open($as_of)
where not is_intercompany
