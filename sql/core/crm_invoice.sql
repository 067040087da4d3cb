-- Smart invoices of the CRM. They are the sellers' own; debt and payment come from 1C (see invoice_status).
--
-- kind:     table
-- grain:    crm_invoice_id
-- source:   Bitrix24 smart invoices
-- units:    amount in `currency`, DECIMAL(18,2)
-- label.ru: Счета в CRM
-- label.kk: CRM-дегі шоттар
-- label.en: CRM invoices
-- synonyms: счёт в CRM, счёт битрикс, смарт-счёт, CRM шоты, smart invoice, CRM invoice
--
-- crm_invoice_id  short id
-- number          number
-- deal_id         deal; joins deal
-- cp_id           counterparty; joins cp
-- stage_kind      process, won (paid in the sellers' eyes) or lost
-- amount          amount, in `currency`
-- currency        ISO letter code
-- issued_on       issued
-- due_on          to be paid by
select
    'ci_' || case when i.src_base <> 'main' then i.src_base || '_' else '' end || i.id as crm_invoice_id,
    i.number,
    case when d.id is not null then 'deal_' || case when d.src_base <> 'main' then d.src_base || '_' else '' end || d.id end as deal_id,
    k.cp_id,
    case s.semantics when 'S' then 'won' when 'F' then 'lost' else 'process' end as stage_kind,
    i.amount,
    i.currency,
    i.issued_on,
    i.due_on,
from staging.stg_bitrix__invoice as i
left join staging.stg_bitrix__deal as d on d.src_base = i.src_base and d.id = i.deal_id
left join cp_key as k
    on k.src = 'bitrix' and k.src_base = 'bitrix:' || i.src_base and k.src_ref = cast(coalesce(i.company_id, d.company_id) as varchar)
left join (
    -- a stage of smart invoices carries its own name (DT31_1:P) and is unique without the pipeline
    select src_base, stage_id, min(semantics) as semantics
    from staging.stg_bitrix__stage
    where entity_id like 'SMART_INVOICE_STAGE%'
    group by all
) as s on s.src_base = i.src_base and s.stage_id = i.stage_id
