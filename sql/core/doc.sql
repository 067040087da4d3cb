-- Documents of 1C that count: posted, not marked for deletion and, for bank documents, carried out by the bank.
-- An invoice_out is a request to pay, not a debt: debt comes from sale and purchase (see ar_open, ap_open).
--
-- kind:     table
-- grain:    doc_id
-- source:   the document sets of 1C
-- units:    sum_doc in `currency`; sum_kzt and vat_kzt in tenge; DECIMAL(18,2)
-- label.ru: Документы
-- label.kk: Құжаттар
-- label.en: Documents
-- synonyms: документ, реализация, отгрузка, акт, накладная, поступление, счёт, счет на оплату, платёж, оплата, платёжка, возврат,
--     взаимозачёт, құжат, төлем, шот, сату, сатып алу, жүкқұжат, document, invoice, sale, purchase, payment
--
-- doc_id           short id
-- type             sale, sale_return, purchase, purchase_return, invoice_out, pay_in, pay_out, refund_in (money back from a supplier),
--     refund_out (money back to a customer), offset, writeoff, debt_adjust, reval (debts and money in foreign
--     currency brought to a day's rate; no sum of its own), journal (opening balances and other entries to the accounts of
--     debts that no mirrored document has made; neither number nor sum of its own), transfer_in, transfer_out, fee, other_in, other_out
-- org_id           own entity; joins org
-- cp_id            counterparty; joins cp. cp_unknown when a party is needed but not known, null when none is needed
-- contract_id      contract; joins contract. Null when there is none or a payment covers several (see pay_alloc)
-- number           number as in 1C
-- number_short     trailing digits of the number without leading zeros: 234 for 000000234
-- doc_date         day it counts on, local; for bank documents the day of the bank's statement
-- doc_time         moment of the document, local
-- currency         ISO letter code
-- rate             KZT for `rate_mult` units: the document's own rate, else the National Bank's of the day
-- rate_mult        units that the rate is for
-- sum_doc          total with VAT, in `currency`
-- sum_kzt          total with VAT, in tenge at `rate`, rounded half up to the tiyn
-- vat_kzt          VAT in it, in tenge, from the lines; null where VAT has no place
-- vat_included     line sums in 1C hold VAT; null where VAT has no place
-- due_date         day by which it is to be paid (the first stage); only for sale and purchase
-- due_source       where due_date is from: schedule (stages in the contract's terms), contract (its days), none (no term is known:
--     the day of the document)
-- base_doc_id      document it is based on
-- warehouse_id     warehouse; joins warehouse
-- bank_account_id  own bank account; joins bank_account. Null for cash
-- cash_desk_id     own cash desk; joins cash_desk. Null for the bank
-- ddc_item_id      cash flow item of the payment as a whole; joins ddc_item. Its rows may name others (see pay_alloc, cash_item)
-- operation        kind of operation, 1C's word
-- knp              payment purpose code (КНП)
-- purpose          purpose of payment [untrusted]
-- comment          words of the accountant [untrusted]
-- is_late_entry    back-dated: first seen by the mirror more than three days after doc_date, though an earlier load had already passed
--     that day; never true for a base's first load
-- first_synced_at  when the mirror first saw it, UTC
-- doc_set          which set of 1C it is from: sale, bank_in, bank_in_order, bank_out, cash_in, …
-- in_number        number on the incoming paper, e.g. the supplier's own invoice number [untrusted]
-- in_date          date on the incoming paper
select
    doc_id,
    type,
    org_id,
    cp_id,
    contract_id,
    number,
    number_short,
    doc_date,
    doc_time,
    currency,
    rate,
    rate_mult,
    sum_doc,
    sum_kzt,
    vat_kzt,
    vat_included,
    due_date,
    due_source,
    base_doc_id,
    warehouse_id,
    bank_account_id,
    cash_desk_id,
    ddc_item_id,
    operation,
    knp,
    purpose,
    comment,
    is_late_entry,
    first_synced_at,
    doc_set,
    in_number,
    in_date,
from doc_full
where status = 'counts'
