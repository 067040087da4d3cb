-- Won and lost deals by the month in which they closed. A month in which none closed has no row.
--
-- id:        win_rate_by_month
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Выигранные и проигранные сделки по месяцам
-- title.kk:  Айлар бойынша ұтып алынған және айырылып қалған мәмілелер
-- title.en:  Win rate by month
-- synonyms:  конверсия по месяцам, динамика побед, win rate by month, айлар бойынша мәмілелер конверсиясы
-- unit:      deals
-- basis:     CRM, by close date
-- shape:     table
-- grain:     month_from
-- params:    period period
-- formula:   won / (won + lost) by month of close_date
-- needs:     bitrix
-- tests:     tests/sql/test_metrics_deals_and_stock.py::test_deals_won_and_lost_count_in_the_month_of_their_close
--
-- month_from first day of the month
-- won        deals won
-- lost       deals lost
-- win_ratio  won by closed, 0 to 1
-- won_kzt    worth of the won
-- lost_kzt   worth of the lost
select
    cast(date_trunc('month', close_date) as date) as month_from,
    count(*) filter (where stage_kind = 'won') as won,
    count(*) filter (where stage_kind = 'lost') as lost,
    cast(round(count(*) filter (where stage_kind = 'won') / count(*), 4) as decimal(18, 4)) as win_ratio,
    cast(coalesce(sum(amount_kzt) filter (where stage_kind = 'won'), 0) as decimal(18, 2)) as won_kzt,
    cast(coalesce(sum(amount_kzt) filter (where stage_kind = 'lost'), 0) as decimal(18, 2)) as lost_kzt,
from deal
where stage_kind in ('won', 'lost') and close_date between $period_from and $period_to
group by all
order by month_from
