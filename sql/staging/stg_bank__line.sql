-- Lines of bank statements.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bank_line
-- units:  money DECIMAL(18,2) in `currency`
--
-- src_base    which base
-- src_ref     key in the source
-- iban        own account
-- value_date  day of the bank
-- direction   in or out
-- amount      amount, positive
-- currency    ISO letter code
-- doc_number  number of the payment paper [untrusted]
-- doc_date    its date
-- cp_name     other side as the bank spells it [untrusted]
-- cp_bin      BIN or IIN of the other side [untrusted]
-- cp_iban     account of the other side
-- knp         payment purpose code
-- purpose     purpose of payment [untrusted]
select
    src_base,
    src_ref,
    nullif(upper(regexp_replace(account, '\s', '', 'g')), '') as iban,
    cast(value_date as date) as value_date,
    nullif(trim(direction), '') as direction,
    cast(amount as decimal(18, 2)) as amount,
    upper(nullif(trim(currency), '')) as currency,
    nullif(trim(doc_number), '') as doc_number,
    cast(doc_date as date) as doc_date,
    nullif(trim(cp_name), '') as cp_name,
    nullif(trim(cp_bin), '') as cp_bin,
    nullif(upper(regexp_replace(cp_iban, '\s', '', 'g')), '') as cp_iban,
    nullif(trim(knp), '') as knp,
    nullif(trim(purpose), '') as purpose,
from raw.bank_line
where deleted_at is null
