-- Transfers between stores in 1C, where the base has them. Vanished ones stay, marked.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_transfer
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
-- cp_ref           counterparty card
-- warehouse_ref    store that sends
-- warehouse_to_ref store that receives
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
    cast(null as varchar) as cp_ref,
    nullif(nullif(lower(СкладОтправитель_Key), '00000000-0000-0000-0000-000000000000'), '') as warehouse_ref,
    nullif(nullif(lower(СкладПолучатель_Key), '00000000-0000-0000-0000-000000000000'), '') as warehouse_to_ref,
from raw.onec_transfer
