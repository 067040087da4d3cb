-- Bank accounts in CRM requisites.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_bank_detail
--
-- src_base      which base
-- src_ref       key in the source
-- requisite_id  requisite
-- iban          account number
-- bic           BIC
select
    src_base,
    src_ref,
    cast(ENTITY_ID as bigint) as requisite_id,
    nullif(upper(regexp_replace(RQ_IIK, '\s', '', 'g')), '') as iban,
    nullif(trim(RQ_BIK), '') as bic,
from raw.bitrix_bank_detail
where deleted_at is null
