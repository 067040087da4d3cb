-- Whether a quantity of an item can be shipped: free now, kept for whom, what comes when, what is missing, and the first day it can be there, by store, best first.
--
-- id:        can_ship
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of supply
-- title.ru:  Можем ли отгрузить
-- title.kk:  Жөнелте аламыз ба
-- title.en:  Can we ship
-- synonyms:  можем ли отгрузить, есть ли у нас, хватит ли, когда сможем поставить, когда будет в, когда доставим, жеткізе аламыз ба, can we
--     ship, can we deliver, when can it be, available to promise, atp
-- unit:      base unit of the item; calendar days
-- basis:     registers of goods, reservations and orders of 1C; the company's lead times
-- shape:     table
-- grain:     warehouse
-- params:    as_of date, item item, qty quantity, unit unit?, to place?, by_date date?
-- formula:   earliest t such that for every later day on_hand - reserved + supplies due - orders due and not reserved >= qty; plus the lead
--     time from the store to `to`; a supply whose day has passed is not counted; `unit` by the item's own factor; one store ships all of it
-- needs:     onec, onec.supply
-- documents: it answers with days and stores, not with a sum; the movements behind what is on hand are those of stock
-- tests:     tests/analyst/test_goods.py::test_a_good_is_meant_by_its_name_code_id_and_in_either_alphabet,
--     tests/analyst/test_goods.py::test_metres_become_tonnes_by_the_factor_of_the_good_and_by_nothing_else,
--     tests/analyst/test_goods.py::test_a_place_without_a_lead_time_is_not_guessed,
--     tests/analyst/test_goods.py::test_what_is_promised_by_many_reasons_is_told_by_store
--
-- item_id        item
-- item           its name [untrusted]
-- unit           base unit: of every quantity here
-- need           asked, in the base unit
-- warehouse      store; null when no store has or awaits any
-- on_hand        quantity there
-- reserved       of it kept for orders
-- available      free now
-- shortage       need less available, when more is needed than is free
-- not_reserved   ordered by customers and not reserved: will still be taken
-- incoming       on order or on its way, and counted on
-- supplies       of it: number, how much, when [untrusted]
-- late_supplies  not counted on: number, how much, its day that has passed or is not known [untrusted]
-- reserved_for   orders that goods are kept for: number, whose, how much [untrusted]
-- ready_on       first day it can leave the store; null when no known supply makes it so
-- lead_days      days from the store to the place
-- arrives_on     first day it can be there
-- in_time        by the day that was asked; null when none was
-- reason         now; after_supply; after_orders (enough is free, but orders due first take it); not_enough; no_lead_time
-- is_best        the first to arrive
with
asked as (
    select
        item_id, name, unit,
        cast(round(cast($qty as decimal(18, 3)) * cast(coalesce(
            (select c.factor from unit_conv c where c.item_id = i.item_id and c.unit = $unit), 1
        ) as decimal(20, 6)), 3) as decimal(18, 3)) as need,
    from item i
    where item_id = $item
),
stores as (
    select a.*, s.*
    from atp($item, (select need from asked), $to, $as_of) as a
    join (
        select warehouse_id as store_id, on_hand, reserved from stock_available($as_of)
        where item_id = $item and warehouse_id is not null
    ) as s on s.store_id = a.warehouse_id
)
select
    q.item_id,
    q.name as item,
    q.unit,
    q.need,
    s.warehouse,
    coalesce(s.on_hand, 0.000) as on_hand,
    coalesce(s.reserved, 0.000) as reserved,
    coalesce(s.available, 0.000) as available,
    cast(greatest(q.need - coalesce(s.available, 0), 0) as decimal(18, 3)) as shortage,
    coalesce(s.not_reserved, 0.000) as not_reserved,
    coalesce(s.incoming, 0.000) as incoming,
    (
        select string_agg(concat_ws(' ', '№', p.number) || ': ' || p.qty || ', ' || p.eta, '; ' order by p.eta, p.number)
        from supply_plan($as_of) p
        where p.item_id = q.item_id and p.warehouse_id = s.warehouse_id and p.is_counted
    ) as supplies,
    (
        select string_agg(concat_ws(' ', '№', p.number) || ': ' || p.qty || ', ' || coalesce(cast(p.eta as varchar), '?'), '; ' order by p.eta, p.number)
        from supply_plan($as_of) p
        where p.item_id = q.item_id and p.warehouse_id is not distinct from s.warehouse_id and not p.is_counted
    ) as late_supplies,
    (
        select string_agg(concat_ws(' ', '№', r.number, r.counterparty) || ': ' || r.qty, '; ' order by r.number)
        from stock_reserve($as_of) r
        where r.item_id = q.item_id and r.warehouse_id = s.warehouse_id
    ) as reserved_for,
    s.ready_on,
    s.lead_days,
    s.arrives_on,
    case when $by_date is not null then coalesce(s.arrives_on <= $by_date, false) end as in_time,
    coalesce(s.reason, 'not_enough') as reason,
    coalesce(s.is_best, false) as is_best,
from asked q
left join stores s on true
order by is_best desc, s.arrives_on nulls last, s.ready_on nulls last, available desc, s.warehouse
