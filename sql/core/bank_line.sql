-- Lines of bank statements: every payment as the bank knows it, whether 1C has it or not.
--
-- kind:     table
-- grain:    bank_line_id
-- source:   statement files
-- units:    amount in `currency`, DECIMAL(18,2), positive in both directions
-- label.ru: Строки банковских выписок
-- label.kk: Банк үзінді көшірмесінің жолдары
-- label.en: Bank statement lines
-- synonyms: строка выписки, поступление на счёт, списание, операция по счёту, түсім, есептен шығару, bank line, bank transaction
--
-- bank_line_id     short id
-- bank_account_id  own account; joins bank_account
-- value_date       day of the bank
-- direction        in or out
-- amount           amount, positive
-- currency         ISO letter code
-- cp_id            counterparty by BIN, else by an account that 1C knows; null when neither tells. Joins cp
-- cp_bin           BIN or IIN of the other side as the bank has it
-- cp_name          other side as the bank spells it [untrusted]
-- cp_iban          account of the other side
-- knp              payment purpose code (КНП)
-- doc_number       number of the payment paper
-- purpose          purpose of payment [untrusted]
-- doc_date         date of the payment paper
select
    'bl_' || left(md5(l.src_base || '|' || l.src_ref), 14) as bank_line_id,
    a.bank_account_id,
    l.value_date,
    l.direction,
    l.amount,
    coalesce(l.currency, a.currency) as currency,
    coalesce(b.cp_id, i.cp_id) as cp_id,
    l.cp_bin,
    l.cp_name,
    l.cp_iban,
    l.knp,
    l.doc_number,
    l.purpose,
    l.doc_date,
from staging.stg_bank__line as l
left join bank_account as a on a.iban = l.iban
left join cp as b on b.bin_valid and b.bin_iin = l.cp_bin
-- an account is no proof against a BIN that differs
left join cp_iban as i on i.iban = l.cp_iban and (i.bin is null or not bin_ok(l.cp_bin))
