-- Bank statements as the bank gave them: one account, one stretch of days, with its control totals.
--
-- kind:     table
-- grain:    bank_account_id, first_day, last_day
-- source:   statement files
-- units:    money in the account's currency, DECIMAL(18,2)
-- label.ru: Банковские выписки
-- label.kk: Банк үзінді көшірмелері
-- label.en: Bank statements
-- synonyms: выписка, остаток на счёте, входящий остаток, исходящий остаток, үзінді көшірме, шот қалдығы, bank statement, closing balance
--
-- bank_account_id  own account; joins bank_account
-- first_day        first day
-- last_day         last day
-- opening          balance before the first day
-- closing          balance after the last day
-- total_in         money in
-- total_out        money out
-- file             file it came in [untrusted]
select
    a.bank_account_id,
    s.first_day,
    s.last_day,
    s.opening,
    s.closing,
    s.total_in,
    s.total_out,
    f.name as file,
from staging.stg_bank__stmt as s
left join bank_account as a on a.iban = s.iban
left join staging.stg_bank__file as f on f.src_base = s.src_base and f.src_ref = s.file_ref
