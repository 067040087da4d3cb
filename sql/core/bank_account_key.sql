-- Keys of own bank accounts beside the short id that stands for them: cards of one IBAN are one account.
--
-- kind:      table
-- published: no
-- grain:     src_base, src_ref
-- source:    stg_onec__bank_account, bank_account, meta.short_id
--
-- src_base         which base
-- src_ref          key of the card
-- bank_account_id  short id; joins bank_account
select
    i.src_base,
    i.src_ref,
    coalesce(b.bank_account_id, 'ba_' || i.id) as bank_account_id,
from meta.short_id as i
left join staging.stg_onec__bank_account as a on a.src_base = i.src_base and a.src_ref = i.src_ref
left join bank_account as b on b.iban = a.iban
where i.kind = 'bank_account'
