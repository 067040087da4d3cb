-- The open deals behind pipeline.
--
-- grain:  part, doc_id
-- parts:  amount_kzt, weighted_kzt, deals
-- units:  tenge; deals count 1 each
--
-- part         column of pipeline that these amounts add up to
-- doc_id       deal
-- type         deal
-- number       its id in the CRM
-- doc_date     its close date
-- counterparty the other party; as the CRM spells it where 1C does not know it [untrusted]
-- amount       what the deal is worth; in weighted_kzt by its probability; empty without a rate or a known stage
with
opened as (
    select
        p.deal_id as doc_id, 'deal' as type, p.deal_id as number, p.close_date as doc_date, coalesce(cp.name, d.company) as counterparty,
        p.amount_kzt, p.weighted_kzt,
    from pipeline($as_of) p
    join deal d using (deal_id)
    left join cp on cp.cp_id = p.cp_id
)
select 'amount_kzt' as part, doc_id, type, number, doc_date, counterparty, amount_kzt as amount from opened
union all
select 'weighted_kzt', doc_id, type, number, doc_date, counterparty, weighted_kzt from opened
union all
select 'deals', doc_id, type, number, doc_date, counterparty, 1 from opened
