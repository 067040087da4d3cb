-- The won deals behind deal_cycle.
--
-- grain:  part, doc_id
-- parts:  won, without_start
-- units:  1 each
--
-- part         column of deal_cycle that these amounts add up to
-- doc_id       deal
-- type         deal
-- number       its id in the CRM
-- doc_date     its close date
-- counterparty the other party; as the CRM spells it where 1C does not know it [untrusted]
-- amount       1
with
won as (
    select d.deal_id as doc_id, 'deal' as type, d.deal_id as number, d.close_date as doc_date, coalesce(cp.name, d.company) as counterparty, d.begin_date
    from deal d
    left join cp using (cp_id)
    where d.stage_kind = 'won' and d.close_date between $period_from and $period_to
)
select 'won' as part, doc_id, type, number, doc_date, counterparty, cast(1 as decimal(18, 2)) as amount from won
union all
select 'without_start', doc_id, type, number, doc_date, counterparty, 1 from won where begin_date is null
