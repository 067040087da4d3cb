-- On an evening of the last ninety days 1C has less than nothing in a cash desk: a receipt was entered late, or never.
--
-- kind:     reconciliation
-- label.ru: В кассе по 1С меньше нуля
-- label.kk: 1С бойынша кассада нөлден аз
-- label.en: A cash desk is below zero in 1C
-- touches:  cash_position, cash_by_week
with
daily as (
    select org_id, cash_desk_id, currency, dt, sum(case line_side when 'dr' then amount_doc else -amount_doc end) as moved
    from gl
    where account[1:3] = '101' and dt <= $as_of
    group by all
),

evenings as (
    select *, sum(moved) over (partition by org_id, cash_desk_id, currency order by dt) as balance,
        lead(dt) over (partition by org_id, cash_desk_id, currency order by dt) as next_dt,
    from daily
)
select
    coalesce(k.name, 'cash under no desk') || coalesce(', ' || o.name, '') || ' ' || e.currency as subject,
    'below zero since ' || min(e.dt) || ', lowest on ' || arg_min(e.dt, (e.balance, e.dt)) as detail,
    cast(min(e.balance) as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    min(e.dt) as first_day,
    max(coalesce(e.next_dt, $as_of)) as last_day,
from evenings e
left join cash_desk k using (cash_desk_id)
left join org o on o.org_id = e.org_id
-- a balance stands until the next entry
where e.balance < 0 and coalesce(e.next_dt, cast($as_of as date) + 1) > cast($as_of as date) - 89
group by e.org_id, e.cash_desk_id, k.name, o.name, e.currency
