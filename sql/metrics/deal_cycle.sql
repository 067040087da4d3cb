-- How many days a won deal took from its start to its close, by the deals won in a period.
--
-- id:        deal_cycle
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Длительность сделки
-- title.kk:  Мәміленің ұзақтығы
-- title.en:  Deal cycle
-- synonyms:  цикл сделки, сколько длится сделка, срок сделки, мәміле ұзақтығы, sales cycle, deal length
-- unit:      days
-- basis:     CRM, by close date
-- shape:     value
-- grain:     one row
-- params:    period period
-- formula:   median of close_date − begin_date of won deals with close_date in the period
-- needs:     bitrix
-- tests:     tests/sql/test_metrics_deals_and_stock.py::test_the_cycle_of_won_deals_is_their_median
--
-- value         median days; empty when none was won
-- reason        no_won_deals when value is empty
-- won           deals won
-- without_start of them, without a start: not in the days
-- min_days      shortest
-- max_days      longest
with
won as (
    select date_diff('day', begin_date, close_date) as cycle_days
    from deal
    where stage_kind = 'won' and close_date between $period_from and $period_to
)
select
    cast(round(median(cycle_days), 1) as decimal(18, 1)) as value,
    case when count(cycle_days) = 0 then 'no_won_deals' end as reason,
    count(*) as won,
    count(*) filter (where cycle_days is null) as without_start,
    min(cycle_days) as min_days,
    max(cycle_days) as max_days,
from won
