-- Why revenue changed against the period before or a year ago, item by item: by price, by volume, by items that are new, by items that are gone.
-- The parts of an item add up to its change to the tiyn. Own entities are left out.
--
-- kind:      macro(period_from date, period_to date, compare varchar)
-- grain:     item_id
-- source:    sales_in
-- units:     tenge without VAT, returns taken off; quantities in the item's unit; compare: previous or year
-- label.ru:  Изменение продаж по товарам
-- label.kk:  Тауарлар бойынша сатылым өзгерісі
-- label.en:  Change of sales by item
-- synonyms:  факторный анализ продаж, цена и объём, почему выросла выручка, баға және көлем, price volume analysis, sales bridge
--
-- item_id    good or service; null for what no line names
-- item       its name [untrusted]
-- qty        quantity in the period
-- before_qty quantity in the period compared with
-- net_kzt    revenue in the period
-- before_kzt revenue in the period compared with
-- change_kzt the first less the second
-- volume_kzt what the change of quantity makes at the average price of before
-- price_kzt  the rest of the change of an item sold in both
-- new_kzt    revenue of an item with no line in the period compared with
-- lost_kzt   revenue of before of an item with no line in the period, negative
-- other_kzt  change of an item whose quantity is not above zero in both, and of what no line names
with
sold as (
    select s.item_id, s.qty, s.net_kzt, s.doc_date >= period_from as is_now
    from sales_in(before_from(period_from, period_to, compare), period_to) s
    where not s.is_intercompany
        and (s.doc_date >= period_from or s.doc_date <= before_to(period_from, period_to, compare))
),

sums as (
    select
        s.item_id,
        coalesce(sum(s.qty) filter (where s.is_now), 0) as qty,
        coalesce(sum(s.qty) filter (where not s.is_now), 0) as before_qty,
        coalesce(sum(s.net_kzt) filter (where s.is_now), 0) as net_kzt,
        coalesce(sum(s.net_kzt) filter (where not s.is_now), 0) as before_kzt,
        bool_or(s.is_now) as has_now,
        bool_or(not s.is_now) as has_before,
    from sold s
    group by s.item_id
),

judged as (
    select
        *,
        net_kzt - before_kzt as change_kzt,
        case
            when item_id is null then 'other'
            when not has_before then 'new'
            when not has_now then 'lost'
            when qty > 0 and before_qty > 0 then 'both'
            else 'other'
        end as kind,
        cast(before_kzt * 100 as hugeint) * cast((qty - before_qty) * 1000 as hugeint) as volume_part,
        cast(before_qty * 1000 as hugeint) as volume_whole,
    from sums
),

-- whole numbers alone: a division would be a float
split as (
    select
        *,
        case
            when kind = 'both' then cast(
                cast(sign(volume_part) * ((2 * abs(volume_part) + volume_whole) // (2 * volume_whole)) as decimal(38, 0)) * 0.01 as decimal(18, 2)
            )
            else 0
        end as volume_kzt,
    from judged
)
select
    p.item_id, i.name as item,
    cast(p.qty as decimal(18, 3)) as qty,
    cast(p.before_qty as decimal(18, 3)) as before_qty,
    cast(p.net_kzt as decimal(18, 2)) as net_kzt,
    cast(p.before_kzt as decimal(18, 2)) as before_kzt,
    cast(p.change_kzt as decimal(18, 2)) as change_kzt,
    cast(p.volume_kzt as decimal(18, 2)) as volume_kzt,
    cast(case when p.kind = 'both' then p.change_kzt - p.volume_kzt else 0 end as decimal(18, 2)) as price_kzt,
    cast(case when p.kind = 'new' then p.change_kzt else 0 end as decimal(18, 2)) as new_kzt,
    cast(case when p.kind = 'lost' then p.change_kzt else 0 end as decimal(18, 2)) as lost_kzt,
    cast(case when p.kind = 'other' then p.change_kzt else 0 end as decimal(18, 2)) as other_kzt,
from split p
left join item i using (item_id)
