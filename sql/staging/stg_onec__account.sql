-- Chart of accounts of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_account
--
-- src_base        which base
-- src_ref         key in the source
-- account         account code
-- name            account name
-- parent_ref      parent account
-- type            Active, Passive or ActivePassive
-- is_off_balance  off the balance sheet
select
    src_base,
    src_ref,
    nullif(trim(Code), '') as account,
    nullif(trim(Description), '') as name,
    nullif(nullif(lower(Parent_Key), '00000000-0000-0000-0000-000000000000'), '') as parent_ref,
    nullif(trim(Type), '') as type,
    coalesce(OffBalance, false) as is_off_balance,
from raw.onec_account
where deleted_at is null
