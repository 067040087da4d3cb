-- What has posted to the accounts of debts and advances and is of none of the document sets: opening balances, entries made by hand,
-- documents of a kind that is not mirrored. The ledger knows them, so debts must too.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: 1C AccountingRegister_Типовой, active entries
--
-- src_base    which base
-- src_ref     key of the recorder in 1C
-- entry_time  moment of its first entry, local
-- org_ref     own entity
with
accounts as (
    select src_base, src_ref from staging.stg_onec__account where account[1:4] in (select account from staging.stg_settings__debt_account)
),

-- an entry of a mirrored set whose document is not here is a difference with the ledger, and is told as one
unknown as (
    select g.*
    from staging.stg_onec__gl g
    where g.recorder_ref is not null
        and g.recorder_type not in (
            'Document_РеализацияТоваровУслуг', 'Document_ВозвратТоваровОтПокупателя', 'Document_ПоступлениеТоваровУслуг',
            'Document_ВозвратТоваровПоставщику', 'Document_КорректировкаДолга', 'Document_ПереоценкаВалютныхСредств',
            'Document_ПлатежноеПоручениеВходящее', 'Document_ПлатежныйОрдерПоступлениеДенежныхСредств',
            'Document_ПлатежноеПоручениеИсходящее', 'Document_ПлатежныйОрдерСписаниеДенежныхСредств',
            'Document_ПриходныйКассовыйОрдер', 'Document_РасходныйКассовыйОрдер'
        )
)
select u.src_base, u.recorder_ref as src_ref, min(u.entry_time) as entry_time, any_value(u.org_ref) as org_ref,
from unknown u
where exists (from accounts a where a.src_base = u.src_base and a.src_ref in (u.dr_account_ref, u.cr_account_ref))
group by u.src_base, u.recorder_ref
