-- Short ids of documents beside their keys in 1C, with the order in which documents settle.
--
-- kind:      table
-- published: no
-- grain:     doc_id
-- source:    doc_head, meta.short_id
--
-- doc_id     short id
-- src_base   which base
-- src_ref    key in 1C
-- doc_set    which of the sets
-- type       what the document means; see doc
-- status     counts, draft, deleted or vanished
-- doc_date   day it counts on
-- order_key  sorts as (doc_date, key in 1C): the order of settlement, the same in every mirror of the base
select
    'd_' || i.id as doc_id,
    h.src_base,
    h.src_ref,
    h.doc_set,
    h.type,
    h.status,
    h.doc_date,
    strftime(h.doc_date, '%Y-%m-%d') || ' ' || h.src_ref as order_key,
from doc_head as h
join meta.short_id as i on i.kind = 'doc' and i.src_base = h.src_base and i.src_ref = h.src_ref
