-- Goods on hand by store, as the goods register of 1C has them on the day of the snapshot. A negative quantity is kept: it is news, not noise.
--
-- kind:      table
-- grain:     org_id, item_id, warehouse_id
-- source:    stock
-- units:     base unit of the item
-- label.ru:  Остатки товаров
-- label.kk:  Тауар қалдықтары
-- label.en:  Stock on hand
-- synonyms:  остатки, склад, сколько на складе, наличие, қойма, stock
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
where s.move_date <= (select as_of from meta.run)
group by all
