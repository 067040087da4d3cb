-- A document belongs to an own entity that is in the mirror.
--
-- kind: integrity
select doc_id, org_id from doc where org_id is null or org_id not in (select org_id from org)
