-- Accounts of the ledger that debts and advances of other parties stand on, long-term ones among them. What control_gl holds open items against.
--
-- kind:     table
-- grain:    account
-- source:   the standard chart of accounts; settings of the mirror, onec.accounts
-- units:    none
-- listed:   no
-- label.ru: Счета расчётов
-- label.kk: Есеп айырысу шоттары
-- label.en: Accounts of debts
-- synonyms: счета расчётов с контрагентами, 1210, 3310, 3510, 1710, есеп айырысу шоттары, accounts of receivables and payables
--
-- account  first four digits of the code
-- side     ar: customers; ap: suppliers
-- kind     debt or advance
select account, side, kind
from staging.stg_settings__debt_account
