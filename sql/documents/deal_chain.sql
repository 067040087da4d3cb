-- The won deals behind deal_chain. What was shipped and paid stands with the first of the deals that name one invoice.
--
-- grain:  part, doc_id
-- parts:  deals, amount_kzt, shipped_kzt, paid_kzt
-- units:  tenge; deals count 1 each
--
-- part         column of deal_chain that these amounts add up to
-- doc_id       deal
-- type         deal
-- number       its id in the CRM
-- doc_date     its close date
-- counterparty the other party; as the CRM spells it where 1C does not know it [untrusted]
-- amount       what the deal is worth, or what was shipped or paid for it
with
won as (
    select
        c.deal_id as doc_id, 'deal' as type, c.deal_id as number, c.close_date as doc_date, coalesce(c.counterparty, d.company) as counterparty,
        c.amount_kzt, c.shipped_kzt, c.paid_kzt,
        row_number() over (partition by coalesce(c.invoice_doc_id, c.deal_id) order by c.deal_id) = 1 as is_first,
    from deal_chain($as_of) c
    join deal d using (deal_id)
    where c.stage_kind = 'won'
)
select 'deals' as part, doc_id, type, number, doc_date, counterparty, cast(1 as decimal(18, 2)) as amount from won
union all
select 'amount_kzt', doc_id, type, number, doc_date, counterparty, amount_kzt from won
union all
select 'shipped_kzt', doc_id, type, number, doc_date, counterparty, shipped_kzt from won where is_first and shipped_kzt <> 0
union all
select 'paid_kzt', doc_id, type, number, doc_date, counterparty, paid_kzt from won where is_first and paid_kzt <> 0
