-- The mirrored reservations of an item do not add up to the balance that 1C itself gives for it. Quantities, so no amount.
--
-- kind:     reconciliation
-- label.ru: Резервы зеркала не сходятся с остатками 1С
-- label.kk: Айнадағы резервтер 1С қалдықтарымен сәйкес келмейді
-- label.en: Mirrored reservations differ from the balances of 1C
-- touches:  stock_available, can_ship
with
mirrored as (
    select item_id, warehouse_id, order_id, sum(qty) as qty
    from promise_move
    where kind = 'reserve' and move_date <= (select max(as_of) from reserve_balance)
    group by all
    having sum(qty) <> 0
),
told as (
    select item_id, warehouse_id, order_id, sum(qty) as qty from reserve_balance group by all having sum(qty) <> 0
)
select
    coalesce(i.name, '') || ' ' || coalesce(o.number, '') as subject,
    'mirror ' || coalesce(m.qty, 0) || ', 1C ' || coalesce(t.qty, 0) as detail,
    cast(0 as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    cast(null as date) as first_day,
    cast(null as date) as last_day,
from mirrored as m
full join told as t
    on t.item_id is not distinct from m.item_id and t.warehouse_id is not distinct from m.warehouse_id
    and t.order_id is not distinct from m.order_id
left join item as i on i.item_id = coalesce(m.item_id, t.item_id)
left join goods_order as o on o.doc_id = coalesce(m.order_id, t.order_id)
where coalesce(m.qty, 0) <> coalesce(t.qty, 0)
