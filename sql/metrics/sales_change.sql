-- Why revenue changed against the period before or a year ago: price, volume, new items, lost items. The parts add up to the change.
--
-- id:        sales_change
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of sales
-- title.ru:  Почему изменилась выручка
-- title.kk:  Түсім неге өзгерді
-- title.en:  Change of sales
-- synonyms:  почему выросла выручка, почему упали продажи, факторный анализ, цена и объём, түсім неге өзгерді, price volume, sales bridge, why sales changed
-- unit:      KZT
-- basis:     accrual, net of VAT, booked rate, returns taken off
-- shape:     table
-- grain:     part
-- params:    period period, compare choice(previous|year)=previous, org org?, include_intercompany choice(true|false)?
-- formula:   sales_shift of the period and before_from..before_to (as many whole months before, else as many days; or a year ago), item by item: volume = (quantity − before) × average price of before; price = the rest; new and lost: no line in one of the two; other: no item or no quantity above zero
-- needs:     onec
-- tests:     tests/sql/test_metrics_sales_split.py::test_a_change_is_price_volume_new_lost_and_other_and_nothing_else,
--     tests/sql/test_metrics_sales_split.py::test_against_a_year_ago_what_was_sold_then_is_not_new,
--     tests/sql/test_metrics_sales_split.py::test_volume_is_rounded_half_away_from_zero,
--     tests/sql/test_metrics_agree.py::test_the_parts_of_a_change_of_sales_are_the_change
--
-- part               price, volume, new, lost or other
-- change_kzt         what it adds to the change
-- items              items that it moves
-- largest_item_id    item that it moves most
-- largest_item       its name [untrusted]
-- largest_kzt        by how much
-- net_kzt            revenue of the period, the same in each row, as what follows
-- before_kzt         revenue of the period compared with
-- total_change_kzt   the first less the second: the sum of the parts
-- change_ratio       change / revenue before; empty when that is not positive
-- before_from        first day of the period compared with
-- before_to          its last day
with
shifts as (
    select * from sales_shift($period_from, $period_to, $compare)
),

parts as (
    select 1 as place, 'price' as part, item_id, item, price_kzt as kzt from shifts
    union all
    select 2, 'volume', item_id, item, volume_kzt from shifts
    union all
    select 3, 'new', item_id, item, new_kzt from shifts
    union all
    select 4, 'lost', item_id, item, lost_kzt from shifts
    union all
    select 5, 'other', item_id, item, other_kzt from shifts
),

sums as (
    select
        place, part,
        sum(kzt) as change_kzt,
        count(*) filter (where kzt <> 0) as items,
        arg_max(item_id, (abs(kzt), item_id)) filter (where kzt <> 0) as largest_item_id,
        arg_max(item, (abs(kzt), item_id)) filter (where kzt <> 0) as largest_item,
        arg_max(kzt, (abs(kzt), item_id)) filter (where kzt <> 0) as largest_kzt,
    from parts
    group by place, part
),

whole as (
    select coalesce(sum(net_kzt), 0) as net_kzt, coalesce(sum(before_kzt), 0) as before_kzt from shifts
)
select
    s.part,
    cast(s.change_kzt as decimal(18, 2)) as change_kzt,
    s.items, s.largest_item_id, s.largest_item, s.largest_kzt,
    cast(w.net_kzt as decimal(18, 2)) as net_kzt,
    cast(w.before_kzt as decimal(18, 2)) as before_kzt,
    cast(w.net_kzt - w.before_kzt as decimal(18, 2)) as total_change_kzt,
    case when w.before_kzt > 0 then cast(round((w.net_kzt - w.before_kzt) / w.before_kzt, 4) as decimal(18, 4)) end as change_ratio,
    before_from($period_from, $period_to, $compare) as before_from,
    before_to($period_from, $period_to, $compare) as before_to,
from sums s, whole w
order by s.place
