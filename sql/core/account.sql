-- Chart of accounts. 1210 customers, 3310 suppliers, 3510 advances received, 1710 advances paid, 1010 cash, 1030 bank.
--
-- kind:     table
-- grain:    account
-- source:   1C ChartOfAccounts_Типовой
-- units:    none
-- label.ru: План счетов
-- label.kk: Шоттар жоспары
-- label.en: Chart of accounts
-- synonyms: счёт учёта, бухгалтерский счёт, план счетов, бухгалтерлік шот, account, ledger account
--
-- account  account code
-- name     account name
select
    account,
    min(name) as name,
from staging.stg_onec__account
where account is not null
group by account
