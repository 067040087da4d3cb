-- Rows of the register of customers' orders of 1C that are active.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_ordered_out
--
-- src_base       which base
-- src_ref        key in the source
-- recorder_ref   document that made the move
-- line_no        row of the register
-- move_time      moment, local
-- is_receipt     adds to what is promised
-- order_ref      document that the promise belongs to
-- item_ref       item
-- warehouse_ref  store; null where the register has none
-- qty            quantity in the item's unit
select
    src_base,
    src_ref,
    nullif(nullif(lower(Recorder), '00000000-0000-0000-0000-000000000000'), '') as recorder_ref,
    cast(LineNumber as integer) as line_no,
    cast(Period as timestamp) as move_time,
    RecordType = 'Receipt' as is_receipt,
    nullif(nullif(lower(ЗаказПокупателя_Key), '00000000-0000-0000-0000-000000000000'), '') as order_ref,
    nullif(nullif(lower(Номенклатура_Key), '00000000-0000-0000-0000-000000000000'), '') as item_ref,
    cast(null as varchar) as warehouse_ref,
    cast(Количество as decimal(18, 3)) as qty,
from raw.onec_ordered_out
where deleted_at is null and coalesce(Active, true)
