-- The payment stages of a document add up to it.
--
-- kind: integrity
select d.doc_id, d.sum_doc, sum(s.amount_doc) as stages
from doc d
left join doc_schedule s using (doc_id)
where d.type in ('sale', 'purchase')
group by all
having sum(s.amount_doc) is distinct from d.sum_doc
