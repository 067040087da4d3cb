-- Of the deals that closed in a period, how many were won.
--
-- id:        win_rate
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Доля выигранных сделок
-- title.kk:  Ұтып алынған мәмілелердің үлесі
-- title.en:  Win rate
-- synonyms:  конверсия сделок, процент побед, доля выигранных, мәміле конверсиясы, win rate, conversion
-- unit:      %
-- basis:     CRM, by close date
-- shape:     value
-- grain:     one row
-- params:    period period
-- formula:   won / (won + lost) × 100 of deals with close_date in the period
-- needs:     bitrix
-- tests:     tests/sql/test_metrics_deals_and_stock.py::test_deals_won_and_lost_count_in_the_month_of_their_close
--
-- value        per cent; empty when no deal closed
-- reason       no_closed_deals when value is empty
-- won          deals won
-- lost         deals lost
-- won_kzt      worth of the won
-- lost_kzt     worth of the lost
-- amount_ratio won by all closed, by amount, 0 to 1
-- without_rate deals in a currency without a rate: counted, not in the sums
with
closed as (
    select
        count(*) filter (where stage_kind = 'won') as won,
        count(*) filter (where stage_kind = 'lost') as lost,
        coalesce(sum(amount_kzt) filter (where stage_kind = 'won'), 0) as won_kzt,
        coalesce(sum(amount_kzt) filter (where stage_kind = 'lost'), 0) as lost_kzt,
        count(*) filter (where amount_kzt is null) as without_rate,
    from deal
    where stage_kind in ('won', 'lost') and close_date between $period_from and $period_to
)
select
    case when won + lost > 0 then cast(round(won * 100 / (won + lost), 2) as decimal(18, 2)) end as value,
    case when won + lost = 0 then 'no_closed_deals' end as reason,
    won, lost,
    cast(won_kzt as decimal(18, 2)) as won_kzt,
    cast(lost_kzt as decimal(18, 2)) as lost_kzt,
    case when won_kzt + lost_kzt > 0 then cast(round(won_kzt / (won_kzt + lost_kzt), 4) as decimal(18, 4)) end as amount_ratio,
    without_rate,
from closed
