-- What of the goods is free on a date, by item and store: on hand, reserved and for which orders, still to be taken, and to come.
--
-- id:        stock_available
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of supply
-- title.ru:  Свободные остатки
-- title.kk:  Бос қалдықтар
-- title.en:  Available stock
-- synonyms:  свободный остаток, доступно, есть ли в наличии, сколько свободно, резерв, зарезервировано, бос тауар, резерв, available stock, қоймадағы бос қалдық, резервтегі тауар,
--     free stock, reserved stock
-- unit:      base unit of the item
-- basis:     registers of goods, reservations and orders of 1C
-- shape:     table
-- grain:     item_id, warehouse
-- params:    as_of date, item item?, warehouse text?, unit unit?
-- formula:   on_hand - reserved, a negative one kept; `warehouse`: words of the store's name; with `unit`, quantities by the item's own factor
-- needs:     onec, onec.supply
-- documents: each quantity is rounded to the unit that was asked for; the movements behind what is on hand are those of stock
-- tests:     tests/analyst/test_goods.py::test_metres_become_tonnes_by_the_factor_of_the_good_and_by_nothing_else,
--     tests/analyst/test_goods.py::test_what_is_promised_by_many_reasons_is_told_by_store,
--     tests/analyst/test_goods.py::test_where_orders_were_never_read_nothing_is_called_free
--
-- item_id           item
-- item              its name [untrusted]
-- unit              unit of the quantities
-- warehouse         store; null for orders that name none
-- on_hand           quantity there
-- reserved          of it kept for orders
-- available         free: on hand less reserved
-- not_reserved      ordered by customers and not reserved: will still be taken
-- incoming          on order or on its way, and counted on
-- next_eta          first day of it
-- late              on order, but its day has passed or is not known: not counted on
-- flag              negative_stock, over_reserved, late_supply; null when nothing is wrong
-- reserved_for      orders that goods are kept for: number, whose, how much [untrusted]
-- item_available    free in all stores
with
picked as (
    select *, coalesce((select c.factor from unit_conv c where c.item_id = s.item_id and c.unit = $unit), 1) as unit_factor
    from stock_available($as_of) as s
    where ($item is null or s.item_id = $item)
        and ($warehouse is null or list_bool_and(list_transform(
            string_split(lower(trim($warehouse)), ' '), lambda word: contains(lower(s.warehouse), word)
        )))
)
select
    p.item_id,
    p.item,
    coalesce($unit, p.unit) as unit,
    p.warehouse,
    in_unit(p.on_hand, p.unit_factor) as on_hand,
    in_unit(p.reserved, p.unit_factor) as reserved,
    in_unit(p.available, p.unit_factor) as available,
    in_unit(p.not_reserved, p.unit_factor) as not_reserved,
    in_unit(p.incoming, p.unit_factor) as incoming,
    (
        select min(s.eta) from supply_plan($as_of) s
        where s.item_id = p.item_id and s.warehouse_id = p.warehouse_id and s.is_counted
    ) as next_eta,
    in_unit(p.late, p.unit_factor) as late,
    case
        when p.is_negative then 'negative_stock'
        when p.is_over_reserved then 'over_reserved'
        when p.late > 0 then 'late_supply'
    end as flag,
    (
        select string_agg(concat_ws(' ', '№', r.number, r.counterparty) || ': ' || in_unit(r.qty, p.unit_factor), '; ' order by r.number)
        from stock_reserve($as_of) r
        where r.item_id = p.item_id and r.warehouse_id is not distinct from p.warehouse_id
    ) as reserved_for,
    in_unit(cast(sum(p.available) over (partition by p.item_id) as decimal(18, 3)), p.unit_factor) as item_available,
from picked as p
order by p.item, p.item_id, p.warehouse nulls last
