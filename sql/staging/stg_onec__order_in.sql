-- Orders to suppliers in 1C, where the base has them. Vanished ones stay, marked.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_order_in
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
-- warehouse_ref    store it arrives at
-- due_date         day it is to arrive
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
    nullif(nullif(lower(Контрагент_Key), '00000000-0000-0000-0000-000000000000'), '') as cp_ref,
    nullif(nullif(lower(Склад_Key), '00000000-0000-0000-0000-000000000000'), '') as warehouse_ref,
    case when ДатаПоступления > timestamp '0001-01-02' then cast(ДатаПоступления as date) end as due_date,
from raw.onec_order_in
