-- Cash desks of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_cash_desk
--
-- src_base      which base
-- src_ref       key in the source
-- name          name of the cash desk
-- org_ref       own entity
-- currency_ref  currency
select
    src_base,
    src_ref,
    nullif(trim(Description), '') as name,
    nullif(nullif(lower(Owner_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(nullif(lower(ВалютаДенежныхСредств_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
from raw.onec_cash_desk
where deleted_at is null
