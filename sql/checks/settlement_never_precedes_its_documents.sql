-- A settlement counts from the later of its documents' dates, never earlier.
--
-- kind: integrity
select s.credit_doc_id, s.debit_doc_id, s.eff_date
from settlement s
join doc c on c.doc_id = s.credit_doc_id
join doc d on d.doc_id = s.debit_doc_id
where s.eff_date < greatest(c.doc_date, d.doc_date)
