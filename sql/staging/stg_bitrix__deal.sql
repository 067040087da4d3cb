-- Deals of the CRM.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_deal
-- units:  money DECIMAL(18,2) in `currency`
--
-- src_base         which base
-- src_ref          key in the source
-- id               id in the CRM
-- title            title [untrusted]
-- pipeline_id      pipeline
-- stage_id         stage
-- stage_semantics  P, S or F
-- amount           amount
-- currency         ISO letter code
-- probability      per cent
-- company_id       company
-- owner_id         responsible user
-- begin_date       start
-- close_date       planned or real close
-- created_utc      created, UTC
-- updated_utc      changed, UTC
-- moved_utc        moved to the stage, UTC
-- invoice_number   invoice number noted by the seller [untrusted]
select
    src_base,
    src_ref,
    id,
    nullif(trim(title), '') as title,
    categoryId as pipeline_id,
    nullif(trim(stageId), '') as stage_id,
    upper(nullif(trim(stageSemanticId), '')) as stage_semantics,
    cast(opportunity as decimal(18, 2)) as amount,
    upper(nullif(trim(currencyId), '')) as currency,
    probability,
    nullif(companyId, 0) as company_id,
    assignedById as owner_id,
    begindate as begin_date,
    closedate as close_date,
    createdTime as created_utc,
    updatedTime as updated_utc,
    movedTime as moved_utc,
    nullif(trim(ufCrmInvoiceNumber), '') as invoice_number,
from raw.bitrix_deal
where deleted_at is null
