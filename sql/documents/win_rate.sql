-- The won and lost deals behind win_rate.
--
-- grain:  part, doc_id
-- parts:  won, lost, won_kzt, lost_kzt
-- units:  deals, 1 each; _kzt in tenge
--
-- part         column of win_rate that these amounts add up to
-- doc_id       deal
-- type         deal
-- number       its id in the CRM
-- doc_date     its close date
-- counterparty the other party; as the CRM spells it where 1C does not know it [untrusted]
-- amount       1, or what the deal is worth; empty without a rate
with
closed as (
    select
        d.deal_id as doc_id, 'deal' as type, d.deal_id as number, d.close_date as doc_date, coalesce(cp.name, d.company) as counterparty,
        d.stage_kind, d.amount_kzt,
    from deal d
    left join cp using (cp_id)
    where d.stage_kind in ('won', 'lost') and d.close_date between $period_from and $period_to
)
select stage_kind as part, doc_id, type, number, doc_date, counterparty, cast(1 as decimal(18, 2)) as amount from closed
union all
select stage_kind || '_kzt', doc_id, type, number, doc_date, counterparty, amount_kzt from closed
