-- Every document has one id.
--
-- kind: integrity
select doc_id, count(*) as times from doc group by doc_id having count(*) > 1
