-- The customer invoices that each deal may lead to, of all time: deal_chain(as_of) takes the one that is nearest among those of its day.
--
-- kind:      table
-- grain:     deal_id, invoice_doc_id, invoice_link
-- source:    deal, crm_invoice, doc
-- listed:    no
-- label.ru:  Какие счета могут быть по сделке
-- label.kk:  Мәміле бойынша болуы мүмкін шоттар
-- label.en:  Invoices that a deal may lead to
-- synonyms:  счета сделки, мәміле шоттары, invoices of a deal
--
-- deal_id        deal in the CRM
-- invoice_doc_id customer invoice in 1C of the same party
-- invoice_link   number: the deal names it; likely: same amount within 14 days
-- invoice_number its number
-- invoice_date   its date
-- days_apart     days between it and the close of the deal; empty while the deal has no close date
with
invoices as (
    select doc_id as invoice_doc_id, cp_id, number, number_short, doc_date, sum_kzt from doc where type = 'invoice_out'
),

named as (
    select d.deal_id, d.cp_id, d.close_date, ltrim(regexp_extract(coalesce(d.invoice_number, c.number), '(\d+)\D*$', 1), '0') as number_short
    from deal d
    left join crm_invoice c on c.deal_id = d.deal_id
)
select distinct
    n.deal_id, i.invoice_doc_id, 'number' as invoice_link, i.number as invoice_number, i.doc_date as invoice_date,
    abs(date_diff('day', i.doc_date, n.close_date)) as days_apart,
from named n
join invoices i on i.cp_id = n.cp_id and i.number_short = n.number_short
union all
select
    d.deal_id, i.invoice_doc_id, 'likely', i.number, i.doc_date, abs(date_diff('day', i.doc_date, d.close_date)),
from deal d
join invoices i on i.cp_id = d.cp_id and i.sum_kzt = d.amount_kzt and abs(date_diff('day', i.doc_date, d.close_date)) <= 14
