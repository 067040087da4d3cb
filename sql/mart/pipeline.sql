-- Deals that were open on a date: created by then and not yet won or lost. Amounts are as the CRM has them now, at the rate of the date.
--
-- kind:      macro(as_of date)
-- grain:     deal_id
-- source:    deal, fx_rate
-- units:     _kzt in tenge at the National Bank's rate of as_of
-- label.ru:  Воронка продаж
-- label.kk:  Сату воронкасы
-- label.en:  Sales pipeline
-- synonyms:  воронка, сделки в работе, открытые сделки, мәмілелер воронкасы, pipeline, open deals, funnel
--
-- deal_id      deal in the CRM
-- title        its name [untrusted]
-- pipeline     pipeline
-- stage        stage on as_of; null when the deal has moved since: the mirror keeps no history of stages
-- cp_id        counterparty
-- owner        responsible employee
-- amount       amount
-- currency     its currency
-- amount_kzt   the same in tenge; null without a rate
-- probability  per cent, of the stage on as_of
-- weighted_kzt amount by probability; null when either is not known
-- begin_date   start
-- close_date   planned close
with
rates as (
    select f.currency, arg_max(f.rate, f.rate_date) as rate, arg_max(f.mult, f.rate_date) as mult
    from fx_rate f
    where f.rate_date <= as_of
    group by f.currency
),

open_deals as (
    select d.*, coalesce(cast(d.moved_at as date) <= as_of, true) as is_stage_known
    from deal d
    where cast(d.created_at as date) <= as_of
        and (d.stage_kind = 'process' or coalesce(cast(d.moved_at as date), d.close_date) > as_of)
),

valued as (
    select
        d.*,
        case when d.currency = 'KZT' then d.amount else in_kzt(d.amount, r.rate, r.mult) end as kzt,
        case when d.is_stage_known and d.stage_kind = 'process' then d.probability end as known_probability,
    from open_deals d
    left join rates r on r.currency = d.currency
)
select
    deal_id, title, pipeline,
    case when is_stage_known and stage_kind = 'process' then stage end as stage,
    cp_id, owner, amount, currency,
    cast(kzt as decimal(18, 2)) as amount_kzt,
    known_probability as probability,
    cast(round(cast(kzt as decimal(38, 2)) * cast(known_probability as decimal(9, 0)) * 0.01, 2) as decimal(18, 2)) as weighted_kzt,
    begin_date, close_date,
from valued
