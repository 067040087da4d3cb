-- The statement lines and payments that unmatched_bank lists.
--
-- grain:  part, doc_id
-- parts:  amount_doc
-- units:  currency of the account
--
-- part         column of unmatched_bank that these amounts add up to
-- doc_id       line of the statement, or payment in 1C
-- type         bank_line, or type of the payment
-- number       number of the paper that the bank names, or in 1C
-- doc_date     day of the line or payment
-- counterparty the other party; as the bank spells it where 1C does not know it [untrusted]
-- amount       amount of the line or payment
select
    'amount_doc' as part, coalesce(r.doc_id, r.bank_line_id) as doc_id, coalesce(d.type, 'bank_line') as type, coalesce(d.number, l.doc_number) as number,
    coalesce(r.value_date, r.doc_date) as doc_date, coalesce(cp.name, l.cp_name) as counterparty, r.amount,
from bank_rec r
join bank_account a on a.bank_account_id = r.bank_account_id
left join doc d on d.doc_id = r.doc_id
left join bank_line l on l.bank_line_id = r.bank_line_id
left join cp on cp.cp_id = r.cp_id
where r.status <> 'matched' and coalesce(r.value_date, r.doc_date) between $period_from and $period_to
    and ($counterparty is null or r.cp_id = $counterparty)
    and ($account is null or a.bank_account_id = trim($account) or ends_with(upper(a.iban), upper(replace($account, ' ', ''))))
