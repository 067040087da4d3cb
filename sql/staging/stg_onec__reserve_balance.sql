-- Reservations as 1C itself sums them at the end of the day of the pull.
--
-- kind:   view
-- grain:  src_base, warehouse_ref, item_ref, order_ref
-- source: raw.onec_reserve_balance
--
-- src_base       which base
-- as_of          day of the balance
-- warehouse_ref  store
-- item_ref       item
-- order_ref      document that the goods are reserved for
-- qty            quantity in the item's unit
select
    src_base,
    as_of,
    nullif(nullif(lower(Склад_Key), '00000000-0000-0000-0000-000000000000'), '') as warehouse_ref,
    nullif(nullif(lower(Номенклатура_Key), '00000000-0000-0000-0000-000000000000'), '') as item_ref,
    nullif(nullif(lower(ДокументРезерва), '00000000-0000-0000-0000-000000000000'), '') as order_ref,
    cast(КоличествоBalance as decimal(18, 3)) as qty,
from raw.onec_reserve_balance
