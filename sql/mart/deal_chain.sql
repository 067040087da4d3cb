-- Where a deal stands on its way to money: deal, customer invoice, shipment, payment. One row per deal.
-- Deals that name one invoice each show all of it, so do not add them up.
--
-- kind:      macro(as_of date)
-- grain:     deal_id
-- source:    deal, deal_invoice, deal_money
-- units:     _kzt in tenge
-- label.ru:  Цепочка сделки: счёт, отгрузка, оплата
-- label.kk:  Мәміле тізбегі: шот, жөнелту, төлем
-- label.en:  Deal to cash
-- synonyms:  сделки, выигранные сделки без счёта, выигранные без счёта, сделка оплачена, воронка, мәміле, deals, won deals
--
-- deal_id        deal in the CRM
-- title          its name [untrusted]
-- cp_id          counterparty, empty when the CRM company is not known in 1C
-- counterparty   its name [untrusted]
-- pipeline       pipeline
-- stage          stage
-- stage_kind     process, won or lost
-- amount         amount of the deal
-- currency       its currency
-- amount_kzt     the same in tenge
-- close_date     close date
-- invoice_doc_id customer invoice in 1C
-- invoice_number its number
-- invoice_link   number: the deal names it; likely: same party and amount within 14 days
-- shipped_kzt    shipments on the invoice
-- paid_kzt       paid for those shipments, and straight to the invoice
-- gap            won_no_invoice, invoiced_not_shipped, shipped_not_paid, none; empty while the deal is not won
with
known as (
    from deal_invoice where invoice_date <= as_of
),

named as (
    select deal_id, invoice_doc_id, invoice_number, invoice_link
    from known
    where invoice_link = 'number'
    qualify row_number() over (partition by deal_id order by days_apart, invoice_doc_id) = 1
),

likely as (
    select deal_id, invoice_doc_id, invoice_number, invoice_link
    from known
    where invoice_link = 'likely'
        and deal_id not in (select deal_id from named) and invoice_doc_id not in (select invoice_doc_id from named)
    qualify row_number() over (partition by deal_id order by days_apart, invoice_doc_id) = 1
        and row_number() over (partition by invoice_doc_id order by days_apart, deal_id) = 1
),

links as (from named union all from likely),

moved as (
    select
        invoice_doc_id,
        sum(amount_kzt) filter (where step = 'shipped') as shipped_kzt,
        greatest(sum(amount_kzt) filter (where step = 'paid'), sum(amount_kzt) filter (where step = 'named')) as paid_kzt,
    from deal_money
    where day <= as_of
    group by invoice_doc_id
),

joined as (
    select d.*, l.invoice_doc_id, l.invoice_number as found_number, l.invoice_link, m.shipped_kzt, m.paid_kzt
    from deal d
    left join links l using (deal_id)
    left join moved m on m.invoice_doc_id = l.invoice_doc_id
)
select
    j.deal_id, j.title, j.cp_id, cp.name as counterparty, j.pipeline, j.stage, j.stage_kind, j.amount, j.currency, j.amount_kzt,
    j.close_date, j.invoice_doc_id, j.found_number as invoice_number, j.invoice_link,
    cast(coalesce(j.shipped_kzt, 0) as decimal(18, 2)) as shipped_kzt,
    cast(coalesce(j.paid_kzt, 0) as decimal(18, 2)) as paid_kzt,
    case
        when j.stage_kind <> 'won' then null
        when j.invoice_doc_id is null then 'won_no_invoice'
        when j.shipped_kzt is null then 'invoiced_not_shipped'
        when coalesce(j.paid_kzt, 0) < j.shipped_kzt then 'shipped_not_paid'
        else 'none'
    end as gap,
from joined j
left join cp on cp.cp_id = j.cp_id
