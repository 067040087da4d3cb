-- What customers ordered and has not been shipped on a date: how much of it is reserved, and how much must still come out of free stock.
--
-- kind:     macro(as_of date)
-- grain:    item_id, order_id
-- source:   promise_move, goods_order
-- units:    base unit of the item
-- label.ru: Неотгруженные заказы покупателей
-- label.kk: Жөнелтілмеген тапсырыстар
-- label.en: Orders not yet shipped
-- synonyms: неотгруженные заказы, к отгрузке, обязательства по заказам, orders to ship, backlog
--
-- item_id       item
-- order_id      order; joins goods_order.doc_id
-- number        its number
-- cp_id         whose order
-- warehouse_id  store it ships from; null when the order names none
-- ship_date     day it is to be shipped, as promised now
-- ordered       not yet shipped
-- reserved      of it kept in stores: that much is out of what is available already
-- not_reserved  ordered less reserved, never below zero: what will still be taken
with
left_over as (
    select
        item_id,
        order_id,
        coalesce(sum(qty) filter (kind = 'ordered_out'), 0) as ordered,
        coalesce(sum(qty) filter (kind = 'reserve'), 0) as reserved,
    from promise_move
    where kind in ('ordered_out', 'reserve') and move_date <= as_of
    group by item_id, order_id
)
select
    l.item_id, l.order_id, o.number, o.cp_id, o.warehouse_id, o.due_date as ship_date,
    cast(l.ordered as decimal(18, 3)) as ordered,
    cast(l.reserved as decimal(18, 3)) as reserved,
    cast(greatest(l.ordered - greatest(l.reserved, 0), 0) as decimal(18, 3)) as not_reserved,
from left_over as l
left join goods_order as o on o.doc_id = l.order_id
where l.ordered <> 0
