-- Requisites of CRM companies.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_requisite
--
-- src_base      which base
-- src_ref       key in the source
-- requisite_id  id in the CRM
-- company_id    company
-- bin_raw       BIN or IIN as typed [untrusted]
select
    src_base,
    src_ref,
    cast(ID as bigint) as requisite_id,
    cast(ENTITY_ID as bigint) as company_id,
    nullif(trim(RQ_INN), '') as bin_raw,
from raw.bitrix_requisite
where deleted_at is null and cast(ENTITY_TYPE_ID as bigint) = 4
