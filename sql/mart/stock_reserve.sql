-- Goods that are kept for orders on a date, one row per item, store and order.
--
-- kind:     macro(as_of date)
-- grain:    item_id, warehouse_id, order_id
-- source:   promise_move, goods_order
-- units:    base unit of the item
-- label.ru: Резервы на дату
-- label.kk: Күнгі резервтер
-- label.en: Reservations on a date
-- synonyms: резерв, зарезервировано, под кого отложено, резервтелген, reserved, reservation
--
-- item_id       item
-- warehouse_id  store
-- order_id      order that they are kept for; joins goods_order.doc_id
-- number        its number
-- cp_id         whose order
-- counterparty  their name [untrusted]
-- ship_date     day it is to be shipped, as promised now
-- qty           reserved
select
    p.item_id, p.warehouse_id, p.order_id, o.number, o.cp_id, c.name as counterparty, o.due_date as ship_date,
    cast(sum(p.qty) as decimal(18, 3)) as qty,
from promise_move as p
left join goods_order as o on o.doc_id = p.order_id
left join cp as c using (cp_id)
where p.kind = 'reserve' and p.move_date <= as_of
group by all
having sum(p.qty) <> 0
