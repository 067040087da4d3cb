-- Reservations as 1C itself sums them, for comparison with promise_move.
--
-- kind:      table
-- published: no
-- grain:     as_of, item_id, warehouse_id, order_id
-- source:    1C ТоварыВРезервеНаСкладах/Balance
-- units:     base unit of the item
--
-- as_of         day of the balance
-- item_id       item
-- warehouse_id  store
-- order_id      order
-- qty           reserved
select
    b.as_of,
    'it_' || i.id as item_id,
    'wh_' || w.id as warehouse_id,
    'd_' || o.id as order_id,
    b.qty,
from staging.stg_onec__reserve_balance as b
left join meta.short_id as o on o.kind = 'doc' and o.src_base = b.src_base and o.src_ref = b.order_ref
left join meta.short_id as i on i.kind = 'item' and i.src_base = b.src_base and i.src_ref = b.item_ref
left join meta.short_id as w on w.kind = 'warehouse' and w.src_base = b.src_base and w.src_ref = b.warehouse_ref
