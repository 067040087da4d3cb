-- Accounts of counterparties that 1C knows, where one account has one owner.
--
-- kind:      table
-- published: no
-- grain:     iban
-- source:    stg_onec__bank_account, cp_key
--
-- iban   account number
-- cp_id  counterparty
-- bin    its BIN, when it has a valid one
select
    a.iban,
    min(k.cp_id) as cp_id,
    min(k.bin) as bin,
from staging.stg_onec__bank_account as a
join cp_key as k on k.src = 'onec' and k.src_base = a.src_base and k.src_ref = a.owner_ref
where a.owner_type = 'Catalog_Контрагенты' and a.iban is not null
group by a.iban
having count(distinct k.cp_id) = 1
