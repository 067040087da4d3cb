-- Goods that are on order or on their way on a date, one row per item, order and store. A supply whose day has passed is not counted on.
--
-- kind:     macro(as_of date)
-- grain:    item_id, order_id, warehouse_id
-- source:   promise_move, goods_order, lead_time
-- units:    base unit of the item
-- label.ru: Ожидаемые поступления товара
-- label.kk: Күтілетін тауар
-- label.en: Incoming goods
-- synonyms: ожидается, в пути, поступление, заказано у поставщика, когда придёт, жолда, incoming, supply, eta
--
-- item_id            item
-- order_id           order or transfer; joins goods_order.doc_id
-- type               order_in (from a supplier), transfer_out (from another own store)
-- number             its number
-- cp_id              supplier
-- warehouse_id       store it arrives at
-- from_warehouse_id  store that sent it
-- qty                not yet arrived
-- eta                day it is to arrive, as promised now; a transfer's: its day and the lead time between the stores
-- is_counted         it may be counted on
-- problem            why it may not: eta_passed, no_eta (no day, or no lead time between the stores), no_store
with
open_rows as (
    select kind, item_id, order_id, warehouse_id, sum(qty) as qty
    from promise_move
    where kind in ('ordered_in', 'in_transit') and move_date <= as_of
    group by all
    having sum(qty) > 0
),
dated as (
    select
        r.item_id, r.order_id, o.type, o.number, o.cp_id,
        case r.kind when 'in_transit' then r.warehouse_id else o.warehouse_id end as warehouse_id,
        case r.kind when 'in_transit' then o.warehouse_id end as from_warehouse_id,
        r.qty,
        case r.kind when 'in_transit' then o.order_date + (
            select min(t.lead_days)
            from lead_time as t
            join warehouse as w on lower(trim(w.name)) = lower(t.place)
            where t.warehouse_id = o.warehouse_id and w.warehouse_id = r.warehouse_id
        ) else o.due_date end as eta,
    from open_rows as r
    left join goods_order as o on o.doc_id = r.order_id
)
select
    item_id, order_id, type, number, cp_id, warehouse_id, from_warehouse_id,
    cast(qty as decimal(18, 3)) as qty,
    cast(eta as date) as eta,
    coalesce(eta >= as_of, false) and warehouse_id is not null as is_counted,
    case when eta is null then 'no_eta' when eta < as_of then 'eta_passed' when warehouse_id is null then 'no_store' end as problem,
from dated
