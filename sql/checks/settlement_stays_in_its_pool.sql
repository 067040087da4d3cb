-- A settlement joins two documents of one party, contract, currency, own entity and side.
--
-- kind: integrity
select s.credit_doc_id, s.debit_doc_id, c.cp_id as credit_cp, d.cp_id as debit_cp, c.contract_id as credit_contract, d.contract_id as debit_contract
from settlement s
join credit_item c on c.doc_id = s.credit_doc_id and c.line_no = s.credit_line
join debit_item d on d.doc_id = s.debit_doc_id and d.stage = s.stage
where (c.side, c.org_id, c.cp_id, c.contract_id, c.currency) is distinct from (d.side, d.org_id, d.cp_id, d.contract_id, d.currency)
