-- Deals of the CRM with their pipeline and stage.
--
-- kind:     table
-- grain:    deal_id
-- source:   Bitrix24 deals
-- units:    amount in `currency`, amount_kzt in tenge; DECIMAL(18,2)
-- label.ru: Сделки
-- label.kk: Мәмілелер
-- label.en: Deals
-- synonyms: сделка, воронка, лид, продажи, выигранные сделки, проигранные сделки, мәміле, воронка, deal, pipeline, opportunity, won, lost
--
-- deal_id         short id
-- title           title [untrusted]
-- pipeline        pipeline
-- stage           stage
-- stage_kind      process, won or lost
-- amount          amount, in `currency`
-- currency        ISO letter code
-- amount_kzt      amount in tenge at the National Bank's rate of close_date when won or lost, else of begin_date; null without a rate
-- probability     per cent
-- cp_id           counterparty; joins cp. Null when the deal names no company
-- company         company as the CRM spells it [untrusted]
-- owner           responsible employee
-- begin_date      start
-- close_date      planned close; real one when won or lost
-- created_at      created, local time
-- updated_at      last changed, local time
-- invoice_number  invoice number noted by the seller [untrusted]
-- moved_at        moved to its stage, local time
with
located as (
    select
        d.*,
        coalesce(p.name, case when coalesce(d.pipeline_id, 0) = 0 then 'Основная воронка' end) as pipeline,
        coalesce(s.name, d.stage_id) as stage,
        case coalesce(d.stage_semantics, s.semantics, 'P') when 'S' then 'won' when 'F' then 'lost' else 'process' end as stage_kind,
        k.cp_id,
        c.title as company,
        u.name as owner,
        run.timezone,
    from staging.stg_bitrix__deal as d
    cross join meta.run as run
    left join staging.stg_bitrix__category as p on p.src_base = d.src_base and p.id = coalesce(d.pipeline_id, 0)
    left join staging.stg_bitrix__stage as s
        on s.src_base = d.src_base
        and s.stage_id = d.stage_id
        and s.entity_id = case when coalesce(d.pipeline_id, 0) = 0 then 'DEAL_STAGE' else 'DEAL_STAGE_' || d.pipeline_id end
    left join staging.stg_bitrix__company as c on c.src_base = d.src_base and c.id = d.company_id
    left join cp_key as k on k.src = 'bitrix' and k.src_base = 'bitrix:' || d.src_base and k.src_ref = cast(d.company_id as varchar)
    left join staging.stg_bitrix__user as u on u.src_base = d.src_base and u.user_id = d.owner_id
),
dated as (
    select
        *,
        coalesce(
            case when stage_kind = 'process' then begin_date else close_date end,
            begin_date,
            close_date,
            cast(created_utc as date)
        ) as rate_day,
    from located
)
select
    'deal_' || case when d.src_base <> 'main' then d.src_base || '_' else '' end || d.id as deal_id,
    d.title,
    d.pipeline,
    d.stage,
    d.stage_kind,
    d.amount,
    d.currency,
    case
        when d.currency = 'KZT' then d.amount
        else in_kzt(d.amount, f.rate, f.mult)
    end as amount_kzt,
    d.probability,
    d.cp_id,
    d.company,
    d.owner,
    d.begin_date,
    d.close_date,
    timezone(d.timezone, timezone('UTC', d.created_utc)) as created_at,
    timezone(d.timezone, timezone('UTC', d.updated_utc)) as updated_at,
    d.invoice_number,
    timezone(d.timezone, timezone('UTC', d.moved_utc)) as moved_at,
from dated as d
asof left join fx_rate as f on f.currency = d.currency and f.rate_date <= d.rate_day
