-- Accounts of the ledger that debts and advances stand on: those of the standard chart (Order 185), or of a role those that the settings name.
--
-- kind:   view
-- grain:  account
-- source: the standard chart of accounts, meta.debt_account
--
-- account  first four digits of the code
-- side     ar: customers; ap: suppliers
-- kind     debt or advance
with
usual (role, account) as (
    values
        ('customers', '1210'), ('customers', '2110'), ('advances_received', '3510'), ('advances_received', '4410'),
        ('suppliers', '3310'), ('suppliers', '4110'), ('advances_paid', '1710'), ('advances_paid', '2910')
),

chosen as (
    select role, account from meta.debt_account
    union all
    select role, account from usual
    where role not in (select role from meta.debt_account) and account not in (select account from meta.debt_account)
)
select
    account,
    if(role in ('customers', 'advances_received'), 'ar', 'ap') as side,
    if(role in ('customers', 'suppliers'), 'debt', 'advance') as kind,
from chosen
