-- Goods on hand at the end of a date, by item and store. A negative quantity is kept and flagged. Reservations are not in the mirror.
--
-- id:        stock
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of supply
-- title.ru:  Остатки товаров
-- title.kk:  Тауар қалдықтары
-- title.en:  Stock on hand
-- synonyms:  остатки, склад, сколько на складе, наличие товара, есть ли на складе, қойма, қалдық, stock, inventory
-- unit:      base unit of the item
-- basis:     goods register of 1C
-- shape:     table
-- grain:     own entity, item_id, warehouse
-- params:    as_of date, item text?, org org?
-- formula:   stock_on(as_of), quantity not zero; `item`: short id, or every word of it in the name, a number as a whole
-- needs:     onec
-- tests:     tests/sql/test_metrics_deals_and_stock.py::test_stock_is_that_of_the_end_of_the_day_and_keeps_what_is_below_zero,
--     tests/analyst/test_goods.py::test_where_orders_were_never_read_nothing_is_called_free
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
        string_split(lower(trim($item)), ' '), lambda word: contains(
            regexp_replace(lower(item), '([0-9]+)', ' \1 ', 'g'), regexp_replace(word, '([0-9]+)', ' \1 ', 'g')
        )
    )))
order by item, item_id, warehouse
