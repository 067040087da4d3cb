-- Additional attributes of contracts of 1C, one row each. None when the base does not publish them.
--
-- kind:   view
-- grain:  src_base, contract_ref, line_no
-- source: raw.onec_contract_extra
--
-- src_base      which base
-- contract_ref  contract
-- line_no       row of the section
-- property_ref  kind of attribute
-- value         its value as text [untrusted]
select
    src_base,
    nullif(nullif(lower(Ref_Key), '00000000-0000-0000-0000-000000000000'), '') as contract_ref,
    cast(LineNumber as bigint) as line_no,
    nullif(nullif(lower(Свойство_Key), '00000000-0000-0000-0000-000000000000'), '') as property_ref,
    nullif(trim(Значение), '') as value,
from raw.onec_contract_extra
where deleted_at is null
