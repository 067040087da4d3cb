-- Where a deal stands on its way to money: deal, customer invoice, shipment, payment. One row per deal.
-- Deals that name one invoice each show all of it, so do not add them up.
--
-- kind:      macro(as_of date)
-- grain:     deal_id
-- source:    deal, crm_invoice, doc, settlement
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
invoices as (
    select doc_id, cp_id, number, number_short, doc_date, sum_kzt
    from doc
    where type = 'invoice_out' and doc_date <= as_of
),

named as (
    select d.deal_id, i.doc_id as invoice_doc_id, 'number' as invoice_link
    from deal d
    left join crm_invoice c on c.deal_id = d.deal_id
    join invoices i on i.number_short = ltrim(regexp_extract(coalesce(d.invoice_number, c.number), '(\d+)\D*$', 1), '0')
        and i.cp_id = d.cp_id
    qualify row_number() over (partition by d.deal_id order by abs(date_diff('day', i.doc_date, d.close_date)), i.doc_id) = 1
),

likely as (
    select d.deal_id, i.doc_id as invoice_doc_id, 'likely' as invoice_link
    from deal d
    join invoices i on i.cp_id = d.cp_id and i.sum_kzt = d.amount_kzt and abs(date_diff('day', i.doc_date, d.close_date)) <= 14
    where d.deal_id not in (select deal_id from named) and i.doc_id not in (select invoice_doc_id from named)
    qualify row_number() over (partition by d.deal_id order by abs(date_diff('day', i.doc_date, d.close_date)), i.doc_id) = 1
        and row_number() over (partition by i.doc_id order by abs(date_diff('day', i.doc_date, d.close_date)), d.deal_id) = 1
),

links as (from named union all from likely),

-- only what a deal leads to: to add up every shipment and every payment would take longer than all the rest
sales as (
    select s.doc_id, s.base_doc_id as invoice_doc_id, s.sum_kzt
    from doc s
    where s.type = 'sale' and s.doc_date <= as_of and s.base_doc_id in (select invoice_doc_id from links)
),

paid as (
    select t.debit_doc_id, sum(in_kzt(t.amount_doc, i.rate, i.rate_mult)) as paid_kzt
    from settlement t
    join debit_item i on i.doc_id = t.debit_doc_id and i.stage = t.stage
    where t.debit_doc_id in (select doc_id from sales) and t.eff_date <= as_of and t.method in ('explicit', 'contract_fifo', 'offset')
    group by t.debit_doc_id
),

shipped as (
    select s.invoice_doc_id, sum(s.sum_kzt) as shipped_kzt, sum(coalesce(p.paid_kzt, 0)) as paid_kzt
    from sales s
    left join paid p on p.debit_doc_id = s.doc_id
    group by s.invoice_doc_id
),

prepaid as (
    select a.invoice_doc_id, sum(a.amount_kzt) as paid_kzt
    from pay_alloc a
    join doc p using (doc_id)
    where a.invoice_doc_id in (select invoice_doc_id from links) and p.doc_date <= as_of
    group by a.invoice_doc_id
),

joined as (
    select
        d.*, l.invoice_doc_id, i.number as found_number, l.invoice_link, s.shipped_kzt,
        greatest(s.paid_kzt, p.paid_kzt) as paid_kzt
    from deal d
    left join links l using (deal_id)
    left join invoices i on i.doc_id = l.invoice_doc_id
    left join shipped s on s.invoice_doc_id = l.invoice_doc_id
    left join prepaid p on p.invoice_doc_id = l.invoice_doc_id
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
