-- Goods on hand on a date, what of them is reserved, and what is free; with what is still to be taken and to come. One row per item and store.
--
-- kind:     macro(as_of date)
-- grain:    item_id, warehouse_id
-- source:   stock_move, promise_move, order_demand, supply_plan
-- units:    base unit of the item
-- label.ru: Свободный остаток
-- label.kk: Бос қалдық
-- label.en: Available stock
-- synonyms: свободный остаток, доступно, наличие с учётом резерва, бос тауар, available, free stock
--
-- item_id           item
-- item              its name [untrusted]
-- unit              base unit
-- warehouse_id      store; null for orders that name none
-- warehouse         its name
-- on_hand           quantity there, of all own entities
-- reserved          of it kept for orders
-- available         on_hand less reserved; a negative one is kept: more is promised or gone than there is
-- not_reserved      ordered by customers and not reserved: will still be taken out of it
-- incoming          on order or on its way, and may be counted on
-- late              on order or on its way, and may not be counted on (see supply_plan)
-- is_negative       more was shipped than received
-- is_over_reserved  more is reserved than there is
with
parts as (
    select item_id, warehouse_id, 'on_hand' as part, qty from stock_move where move_date <= as_of
    union all
    select item_id, warehouse_id, 'reserved', qty from promise_move where kind = 'reserve' and move_date <= as_of
    union all
    select item_id, warehouse_id, 'not_reserved', not_reserved from order_demand(as_of)
    union all
    select item_id, warehouse_id, if(is_counted, 'incoming', 'late'), qty from supply_plan(as_of)
),
sums as (
    select
        item_id,
        warehouse_id,
        cast(coalesce(sum(qty) filter (part = 'on_hand'), 0) as decimal(18, 3)) as on_hand,
        cast(coalesce(sum(qty) filter (part = 'reserved'), 0) as decimal(18, 3)) as reserved,
        cast(coalesce(sum(qty) filter (part = 'not_reserved'), 0) as decimal(18, 3)) as not_reserved,
        cast(coalesce(sum(qty) filter (part = 'incoming'), 0) as decimal(18, 3)) as incoming,
        cast(coalesce(sum(qty) filter (part = 'late'), 0) as decimal(18, 3)) as late,
    from parts
    group by item_id, warehouse_id
)
select
    s.item_id, i.name as item, i.unit, s.warehouse_id, w.name as warehouse,
    s.on_hand, s.reserved,
    cast(s.on_hand - s.reserved as decimal(18, 3)) as available,
    s.not_reserved, s.incoming, s.late,
    s.on_hand < 0 as is_negative,
    s.reserved > greatest(s.on_hand, 0) as is_over_reserved,
from sums as s
left join item as i using (item_id)
left join warehouse as w using (warehouse_id)
where s.on_hand <> 0 or s.reserved <> 0 or s.not_reserved <> 0 or s.incoming <> 0 or s.late <> 0
