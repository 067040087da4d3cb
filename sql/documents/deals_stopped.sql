-- The won deals that deals_stopped lists.
--
-- grain:  part, doc_id
-- parts:  amount_kzt, shipped_kzt, paid_kzt
-- units:  tenge
--
-- part         column of deals_stopped that these amounts add up to
-- doc_id       deal
-- type         deal
-- number       its id in the CRM
-- doc_date     its close date
-- counterparty the other party; as the CRM spells it where 1C does not know it [untrusted]
-- amount       what the deal is worth, or what was shipped or paid on its invoice; deals that share an invoice each show all of it
with
won as (
    select
        c.deal_id as doc_id, c.close_date as doc_date, coalesce(c.counterparty, d.company) as counterparty, c.amount_kzt, c.shipped_kzt, c.paid_kzt
    from deal_chain($as_of) c
    join deal d on d.deal_id = c.deal_id
    where c.stage_kind = 'won' and c.close_date between $period_from and least($period_to, $as_of)
        and ($counterparty is null or c.cp_id = $counterparty)
        and ($owner is null or list_bool_and(list_transform(
            string_split(lower(trim($owner)), ' '), lambda word: contains(lower(d.owner), word)
        )))
)
select 'amount_kzt' as part, doc_id, 'deal' as type, doc_id as number, doc_date, counterparty, amount_kzt as amount from won
union all
select 'shipped_kzt', doc_id, 'deal', doc_id, doc_date, counterparty, shipped_kzt from won where shipped_kzt <> 0
union all
select 'paid_kzt', doc_id, 'deal', doc_id, doc_date, counterparty, paid_kzt from won where paid_kzt <> 0
