-- How much was at stake under each contract that has a credit limit, day by day where it changed: what exposure_days(as_of) takes its rows from.
-- The limit is the one of today: 1C keeps no history of it.
--
-- kind:      table
-- grain:     org_id, cp_id, contract_id, day
-- source:    debit_item, credit_item, revaluation, settlement, contract
-- units:     tenge as the ledger carries it
-- listed:    no
-- label.ru:  Кредитный риск по дням, за всё время
-- label.kk:  Күндер бойынша несие тәуекелі, барлық уақыт
-- label.en:  Credit exposure by day, of all time
-- synonyms:  риск по дням, exposure history
--
-- org_id        own entity
-- cp_id         customer
-- counterparty  its name [untrusted]
-- contract_id   agreement
-- day           from this day
-- until         to this day; empty for the last row
-- exposure_kzt  receivables less unused advances and credits
-- limit_kzt     credit limit
-- is_breach     more is at stake than a limit above zero allows
with
limited as (
    select contract_id, credit_limit_kzt from contract where credit_limit_kzt is not null
),

moves as (
    select org_id, cp_id, contract_id, doc_date as day, in_kzt(amount_doc, rate, rate_mult) as kzt
    from debit_item
    where side = 'ar'
    union all
    select org_id, cp_id, contract_id, doc_date, -coalesce(worth_kzt, in_kzt(amount_doc, rate, rate_mult))
    from credit_item
    where side = 'ar'
    union all
    select org_id, cp_id, contract_id, reval_date, amount_kzt from revaluation where side = 'ar'
    union all
    select org_id, cp_id, contract_id, eff_date, -amount_kzt from settlement where side = 'ar' and method = 'fx_close'
),

daily as (
    select m.org_id, m.cp_id, m.contract_id, m.day, l.credit_limit_kzt as limit_kzt, sum(m.kzt) as kzt
    from moves m
    join limited l using (contract_id)
    group by all
),

running as (
    select
        *,
        sum(kzt) over line as exposure_kzt,
        lead(day) over line - 1 as until,
    from daily
    window line as (partition by org_id, cp_id, contract_id order by day)
)
select
    r.org_id, r.cp_id, cp.name as counterparty, r.contract_id, r.day, r.until,
    cast(r.exposure_kzt as decimal(18, 2)) as exposure_kzt,
    r.limit_kzt,
    r.limit_kzt > 0 and r.exposure_kzt > r.limit_kzt as is_breach,
from running r
left join cp on cp.cp_id = r.cp_id
