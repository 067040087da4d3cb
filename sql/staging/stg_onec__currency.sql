-- Currencies of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_currency
--
-- src_base  which base
-- src_ref   key in the source
-- currency  ISO letter code
-- code      ISO numeric code
select
    src_base,
    src_ref,
    coalesce(
        nullif(upper(trim(БуквенныйКод)), ''),
        case trim(Code)
            when '398' then 'KZT'
            when '840' then 'USD'
            when '978' then 'EUR'
            when '643' then 'RUB'
            when '156' then 'CNY'
        end,
        upper(trim(Description))
    ) as currency,
    nullif(trim(Code), '') as code,
from raw.onec_currency
where deleted_at is null
