-- Nothing is settled beyond its amount, nothing settles beyond its own, and nothing is negative.
--
-- kind: integrity
select 'debit' as side, d.doc_id, d.stage as part, d.amount_doc, sum(s.amount_doc) as settled
from debit_item d
join settlement s on s.debit_doc_id = d.doc_id and s.stage = d.stage
group by all
having sum(s.amount_doc) > d.amount_doc
union all
select 'credit', c.doc_id, c.line_no, c.amount_doc, sum(s.amount_doc)
from credit_item c
join settlement s on s.credit_doc_id = c.doc_id and s.credit_line = c.line_no
group by all
having sum(s.amount_doc) > c.amount_doc
union all
select 'amount', credit_doc_id, credit_line, amount_doc, amount_doc from settlement where amount_doc < 0 or (amount_doc = 0) <> (method = 'fx_close')
