-- Goods on hand at the end of a date, by item and store. A negative quantity is kept and flagged. Reservations are not in the mirror.
--
-- id:        stock
-- version:   1
-- title.ru:  Остатки товаров
-- title.kk:  Тауар қалдықтары
-- title.en:  Stock on hand
-- synonyms:  остатки, склад, сколько на складе, наличие товара, есть ли на складе, қойма, қалдық, stock, inventory
-- unit:      base unit of the item
-- basis:     goods register of 1C
-- shape:     table
-- params:    as_of date, item text?, org org?
-- formula:   stock_on(as_of), quantity not zero; `item`: short id, or every word of it in the name
-- needs:     onec
--
-- item_id      item
-- item         its name [untrusted]
-- unit         base unit
-- warehouse    store
-- on_hand      quantity
-- is_negative  more was shipped than received
-- last_move    day of the last movement
-- item_on_hand the item in all stores
select
    item_id, item, unit, warehouse, on_hand, is_negative, last_move,
    cast(sum(on_hand) over (partition by item_id) as decimal(18, 3)) as item_on_hand,
from stock_on($as_of)
where on_hand <> 0
    and ($item is null or item_id = $item or list_bool_and(list_transform(
        string_split(lower(trim($item)), ' '), lambda word: contains(lower(item), word)
    )))
order by item, item_id, warehouse
