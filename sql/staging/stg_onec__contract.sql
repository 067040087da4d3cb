-- Contracts of 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_contract
--
-- src_base       which base
-- src_ref        key in the source
-- code           code of the card
-- name           name of the contract [untrusted]
-- cp_ref         counterparty card
-- org_ref        own entity
-- currency_ref   currency of settlement
-- kind           СПокупателем, СПоставщиком, Прочее
-- settle_mode    ПоДоговоруВЦелом or ПоРасчетнымДокументам
-- number         number in the papers [untrusted]
-- contract_date  date in the papers
-- valid_from     first day
-- valid_to       last day
-- has_term       a payment term is set
-- pay_days       payment term, calendar days
-- terms          payment terms in words [untrusted]
-- is_deleted     marked for deletion
select
    src_base,
    src_ref,
    nullif(trim(Code), '') as code,
    nullif(trim(Description), '') as name,
    nullif(nullif(lower(Owner_Key), '00000000-0000-0000-0000-000000000000'), '') as cp_ref,
    nullif(nullif(lower(Организация_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(nullif(lower(ВалютаВзаиморасчетов_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    nullif(trim(ВидДоговора), '') as kind,
    nullif(trim(ВедениеВзаиморасчетов), '') as settle_mode,
    nullif(trim(НомерДоговора), '') as number,
    cast(nullif(ДатаДоговора, timestamp '0001-01-01') as date) as contract_date,
    cast(nullif(ДатаНачалаДействияДоговора, timestamp '0001-01-01') as date) as valid_from,
    cast(nullif(ДатаОкончанияДействияДоговора, timestamp '0001-01-01') as date) as valid_to,
    coalesce(УстановленСрокОплаты, false) as has_term,
    cast(СрокОплаты as bigint) as pay_days,
    nullif(trim(УсловияОплаты), '') as terms,
    coalesce(DeletionMark, false) as is_deleted,
-- what has vanished from 1C stays: documents still settle under it
from raw.onec_contract
