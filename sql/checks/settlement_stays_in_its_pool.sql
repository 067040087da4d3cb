-- A settlement joins two documents of one party, contract, currency, own entity and side.
--
-- kind: integrity
select s.credit_doc_id, s.debit_doc_id, c.pool as credit_pool, d.pool as debit_pool
from settlement s
join credit_item c on c.doc_id = s.credit_doc_id and c.line_no = s.credit_line
join debit_item d on d.doc_id = s.debit_doc_id and d.stage = s.stage
where c.pool <> d.pool
