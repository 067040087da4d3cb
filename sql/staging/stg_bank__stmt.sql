-- Statements: one account, one stretch of days.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bank_stmt
-- units:  money DECIMAL(18,2) in `currency`
--
-- src_base   which base
-- src_ref    key in the source
-- file_ref   file it came in
-- iban       account
-- currency   ISO letter code
-- first_day  first day
-- last_day   last day
-- opening    balance before the first day
-- closing    balance after the last day
-- total_in   money in
-- total_out  money out
select
    src_base,
    src_ref,
    nullif(trim(file_sha), '') as file_ref,
    nullif(upper(regexp_replace(account, '\s', '', 'g')), '') as iban,
    upper(nullif(trim(currency), '')) as currency,
    cast(first_day as date) as first_day,
    cast(last_day as date) as last_day,
    cast(opening as decimal(18, 2)) as opening,
    cast(closing as decimal(18, 2)) as closing,
    cast(total_in as decimal(18, 2)) as total_in,
    cast(total_out as decimal(18, 2)) as total_out,
from raw.bank_stmt
where deleted_at is null
