-- Rows of the goods register of 1C that are active.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_stock
--
-- src_base       which base
-- src_ref        key in the source
-- recorder_ref   document that made the move
-- line_no        row of the register
-- move_time      moment, local
-- is_receipt     goods came in
-- org_ref        own entity
-- item_ref       item
-- warehouse_ref  warehouse
-- qty            quantity in the item's unit
select
    src_base,
    src_ref,
    nullif(nullif(lower(Recorder), '00000000-0000-0000-0000-000000000000'), '') as recorder_ref,
    cast(LineNumber as integer) as line_no,
    cast(Period as timestamp) as move_time,
    RecordType = 'Receipt' as is_receipt,
    nullif(nullif(lower(Организация_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(nullif(lower(Товар_Key), '00000000-0000-0000-0000-000000000000'), '') as item_ref,
    nullif(nullif(lower(Склад_Key), '00000000-0000-0000-0000-000000000000'), '') as warehouse_ref,
    cast(Количество as decimal(18, 3)) as qty,
from raw.onec_stock
where deleted_at is null and coalesce(Active, true)
