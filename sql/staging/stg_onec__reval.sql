-- Revaluations of foreign currency of 1C. Vanished ones stay, marked. What they changed is in the ledger.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_reval
-- units:  sum_doc is 0.00 tenge: the document itself has no total
--
-- src_base         which base
-- src_ref          key in the source
-- first_synced_at  when the mirror first saw it, UTC
-- is_vanished      the source does not have it any more
-- number           number as in 1C [untrusted]
-- doc_time         moment of the document, local
-- posted           posted
-- is_deleted       marked for deletion
-- org_ref          own entity
-- comment          words of the accountant [untrusted]
-- sum_doc          0.00
select
    src_base,
    src_ref,
    first_synced_at,
    deleted_at is not null as is_vanished,
    nullif(trim(Number), '') as number,
    cast(Date as timestamp) as doc_time,
    coalesce(Posted, false) as posted,
    coalesce(DeletionMark, false) as is_deleted,
    nullif(nullif(lower(Организация_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(trim(Комментарий), '') as comment,
    cast(0 as decimal(18, 2)) as sum_doc,
from raw.onec_reval
