-- Statement files that were taken in.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bank_file
--
-- src_base  which base
-- src_ref   key in the source
-- name      file name [untrusted]
-- dialect   whose format
-- account   account
select
    src_base,
    src_ref,
    nullif(trim(name), '') as name,
    nullif(trim(dialect), '') as dialect,
    nullif(upper(regexp_replace(account, '\s', '', 'g')), '') as account,
from raw.bank_file
where deleted_at is null
