-- The unpaid purchases that payables_due lists, a row for each payment stage.
--
-- grain:  part, doc_id, stage
-- parts:  open_kzt
-- units:  tenge at the booked rate
--
-- part         column of payables_due that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is to be paid
select 'open_kzt' as part, doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount,
from ap_open($as_of)
where not is_intercompany and due_date <= cast($as_of as date) + cast($horizon as integer)
