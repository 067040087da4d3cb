-- Goods on hand by store at the end of a date. A negative quantity is kept: it is news, not noise. What is free of reservations: stock_available.
--
-- kind:      macro(as_of date)
-- grain:     org_id, item_id, warehouse_id
-- source:    stock_move
-- units:     base unit of the item
-- label.ru:  Остатки товаров на дату
-- label.kk:  Күнгі тауар қалдықтары
-- label.en:  Stock on hand on a date
-- synonyms:  остатки на дату, склад, сколько на складе, наличие, қойма қалдығы, stock on date, inventory
--
-- org_id       own entity
-- item_id      item
-- item         its name [untrusted]
-- unit         base unit
-- warehouse_id store
-- warehouse    its name
-- on_hand      quantity
-- is_negative  more was shipped than received: an entry is missing or late in 1C
-- last_move    day of the last movement
select
    s.org_id, s.item_id, i.name as item, i.unit, s.warehouse_id, w.name as warehouse,
    cast(sum(s.qty) as decimal(18, 3)) as on_hand,
    sum(s.qty) < 0 as is_negative,
    max(s.move_date) as last_move,
from stock_move s
left join item i using (item_id)
left join warehouse w using (warehouse_id)
where s.move_date <= as_of
group by all
