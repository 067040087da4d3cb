-- Where won deals stop on their way to money.
--
-- id:        deal_chain
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  От сделки до оплаты
-- title.kk:  Мәміледен төлемге дейін
-- title.en:  Deal to cash
-- synonyms:  цепочка сделки, где застряли деньги, сделка до оплаты, deal to cash,
--     выигранные сделки, на каком шаге, где застряли, застряли, ұтып алынған мәмілелер, қай кезеңде, stuck, get stuck, won deals
-- unit:      KZT
-- basis:     CRM stage; documents of 1C
-- shape:     table
-- grain:     gap
-- params:    as_of date
-- formula:   deal_chain(as_of) of won deals by gap
-- needs:     bitrix, onec
-- tests:     tests/sql/test_metrics_agree.py::test_deals_stop_where_the_chain_says
--
-- gap          won_no_invoice, invoiced_not_shipped, shipped_not_paid or none
-- deals        how many
-- amount_kzt   what the deals are worth
-- shipped_kzt  shipped for them
-- paid_kzt     paid for them
select
    gap,
    count(*) as deals,
    cast(sum(amount_kzt) as decimal(18, 2)) as amount_kzt,
    cast(coalesce(sum(shipped_kzt) filter (where is_first), 0) as decimal(18, 2)) as shipped_kzt,
    cast(coalesce(sum(paid_kzt) filter (where is_first), 0) as decimal(18, 2)) as paid_kzt,
-- several deals may name one invoice: what was shipped and paid on it counts once
from (
    select *, row_number() over (partition by coalesce(invoice_doc_id, deal_id) order by deal_id) = 1 as is_first
    from deal_chain($as_of)
    where stage_kind = 'won'
)
group by gap
order by gap
