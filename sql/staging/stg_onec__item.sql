-- Goods and services of 1C, folders left out.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_item
--
-- src_base      which base
-- src_ref       key in the source
-- code          code of the card
-- article       article [untrusted]
-- name          name [untrusted]
-- is_service    a service
-- unit_ref      base unit
-- vat_rate_ref  usual VAT rate
-- is_deleted    marked for deletion
select
    src_base,
    src_ref,
    nullif(trim(Code), '') as code,
    nullif(trim(Артикул), '') as article,
    nullif(trim(Description), '') as name,
    coalesce(Услуга, false) as is_service,
    nullif(nullif(lower(БазоваяЕдиницаИзмерения_Key), '00000000-0000-0000-0000-000000000000'), '') as unit_ref,
    nullif(nullif(lower(СтавкаНДС_Key), '00000000-0000-0000-0000-000000000000'), '') as vat_rate_ref,
    coalesce(DeletionMark, false) as is_deleted,
from raw.onec_item
where deleted_at is null and not coalesce(IsFolder, false)
