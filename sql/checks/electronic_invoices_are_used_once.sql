-- A document or an electronic invoice stands in more than one row of a direction, so that its amount would count twice.
--
-- kind: integrity
select direction, doc_id, esf_id
from esf_rec
qualify (doc_id is not null and count(*) over (partition by doc_id) > 1)
    or (esf_id is not null and count(*) over (partition by direction, esf_id) > 1)
