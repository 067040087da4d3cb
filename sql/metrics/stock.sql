-- Goods on hand at the end of a date, by item and store. A negative quantity is kept and flagged. What is free of reservations: stock_available.
--
-- id:        stock
-- version:   3
-- changed_on: 2026-11-21
-- owner:     head of supply
-- title.ru:  Остатки товаров
-- title.kk:  Тауар қалдықтары
-- title.en:  Stock on hand
-- synonyms:  остатки, склад, сколько на складе, наличие товара, есть ли на складе, наличие, остатки на дату, қойма, қалдық, қойма қалдығы, тауар қалдығы, stock, inventory
-- unit:      base unit of the item
-- basis:     goods register of 1C
-- shape:     table
-- grain:     own entity, item_id, warehouse
-- params:    as_of date, item text?, org org?
-- formula:   stock_on(as_of), quantity not zero; `item`: short id, or every word of it in the name, a number as a whole
-- needs:     onec
-- tests:     tests/analyst/test_goods.py::test_stock_of_nothing_says_why,
--     tests/sql/test_metrics_deals_and_stock.py::test_stock_is_that_of_the_end_of_the_day_and_keeps_what_is_below_zero,
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
-- reason       for an empty list: no_such_item; service, none of which is kept; none_on_hand
with
fitting as (
    select item_id, coalesce(is_service, false) as is_service
    from item
    where $item is null or item_id = $item or list_bool_and(list_transform(
        string_split(lower(trim($item)), ' '), lambda word: contains(
            regexp_replace(lower(name), '([0-9]+)', ' \1 ', 'g'), regexp_replace(word, '([0-9]+)', ' \1 ', 'g')
        )
    ))
),

held as (
    select s.* from stock_on($as_of) s where s.on_hand <> 0 and ($item is null or s.item_id in (select item_id from fitting))
)
select
    item_id, item, unit, warehouse, on_hand, is_negative, last_move,
    cast(sum(on_hand) over (partition by item_id) as decimal(18, 3)) as item_on_hand,
    case
        when on_hand is not null then null
        when not exists (from fitting) then 'no_such_item'
        when (select bool_and(is_service) from fitting) then 'service'
        else 'none_on_hand'
    end as reason,
from (select 1) one
left join held on true
order by item, item_id, warehouse
