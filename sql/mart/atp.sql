-- When a quantity of an item can be promised, by store: the first day from which it is free and stays free, after reservations, orders and supplies.
--
-- kind:     macro(for_item varchar, need decimal(18,3), to_place varchar, as_of date)
-- grain:    warehouse_id
-- source:   stock_available, order_demand, supply_plan, lead_time
-- units:    base unit of the item; calendar days
-- label.ru: Когда можно отгрузить
-- label.kk: Қашан жөнелтуге болады
-- label.en: Available to promise
-- synonyms: когда можем отгрузить, обещать дату, наличие на дату, жөнелту күні, available to promise, atp, earliest date
--
-- warehouse_id  store
-- warehouse     its name
-- available     free now
-- incoming      supplies counted on
-- not_reserved  orders that will still take from it
-- ready_on      first day on and after which `need` is free; null when no known supply makes it so
-- lead_days     calendar days from the store to `to_place`; 0 to itself; null when the company names none, or no place is asked
-- arrives_on    ready_on and lead_days; ready_on itself when no place is asked
-- reason        now; after_supply (too little is free); after_orders (enough is free, but orders that are due first take it);
--     not_enough; no_lead_time (ready, but no days to the place are known)
-- is_best       the first to arrive
with
stores as (
    select warehouse_id, warehouse, available, incoming, not_reserved
    from stock_available(as_of)
    where item_id = for_item and warehouse_id is not null
),
events as (
    select warehouse_id, as_of as day, available as qty from stores
    union all
    select warehouse_id, eta, qty from supply_plan(as_of) where item_id = for_item and is_counted
    union all
    select warehouse_id, greatest(coalesce(ship_date, as_of), as_of), -not_reserved
    from order_demand(as_of)
    where item_id = for_item and not_reserved > 0 and warehouse_id is not null
),
levels as (
    -- what of one day comes and goes together: a supply of the day serves a shipment of the day
    select warehouse_id, day, sum(sum(qty)) over (partition by warehouse_id order by day) as free
    from events
    group by warehouse_id, day
),
floors as (
    select warehouse_id, day, min(free) over (
        partition by warehouse_id order by day rows between current row and unbounded following
    ) as least
    from levels
),
ready as (
    select s.*, min(f.day) filter (f.least >= need) as ready_on
    from stores as s
    left join floors as f using (warehouse_id)
    group by all
),
reached as (
    select
        r.*,
        case
            when to_place is null then null
            when lower(trim(to_place)) = lower(trim(r.warehouse)) then 0
            else (
                select min(t.lead_days) from lead_time as t
                where t.warehouse_id = r.warehouse_id and lower(t.place) = lower(trim(to_place))
            )
        end as lead_days,
    from ready as r
),
arriving as (
    select *, ready_on + if(to_place is null, 0, lead_days) as arrives_on from reached
)
select
    warehouse_id, warehouse, available, incoming, not_reserved,
    cast(ready_on as date) as ready_on,
    cast(lead_days as integer) as lead_days,
    cast(arrives_on as date) as arrives_on,
    case
        when ready_on is null then 'not_enough'
        when to_place is not null and lead_days is null then 'no_lead_time'
        when ready_on = as_of then 'now'
        when available >= need then 'after_orders'
        else 'after_supply'
    end as reason,
    arrives_on is not null and row_number() over (order by arrives_on nulls last, available desc, warehouse, warehouse_id) = 1 as is_best,
from arriving
