-- What payments and debt adjustments say that they pay: one row of РасшифровкаПлатежа or СуммыДолга. Words of the accountant,
-- not the settlement itself (see settlement).
--
-- kind:     table
-- grain:    doc_id, line_no
-- source:   1C sections РасшифровкаПлатежа and СуммыДолга of documents that count
-- units:    amount_doc in the payment's currency, amount_kzt in tenge; DECIMAL(18,2), positive
-- label.ru: Расшифровка платежей
-- label.kk: Төлемдердің таратылуы
-- label.en: Payment allocations
-- synonyms: расшифровка платежа, за что заплатили, разнесение оплаты, төлем не үшін, allocation, what a payment pays
--
-- doc_id          payment or adjustment; joins doc
-- line_no         row
-- contract_id     contract; joins contract. Null when the row names none
-- target_doc_id   document that is paid; joins doc. Null when the accountant left it empty
-- invoice_doc_id  customer invoice that is paid; joins doc
-- amount_doc      amount in the payment's currency; rows sum to the payment
-- amount_kzt      amount in tenge at the payment's rate; rows of a payment sum to its sum_kzt
-- side            ar for customers' debt, ap for debt to suppliers, null when it is neither
-- cp_id           counterparty of the row: the payment's, the contract's, or the side's in an adjustment
-- amount_settled  amount in the contract's currency as typed
-- ddc_item_id     cash flow item (статья ДДС) of the row, else of the payment; joins ddc_item. Null when neither names one
with
running as (
    select
        s.src_base,
        s.src_ref,
        s.line_no,
        s.contract_ref,
        s.target_ref,
        s.invoice_ref,
        s.debt_kind,
        s.sum_doc,
        s.sum_settled,
        s.ddc_ref,
        sum(s.sum_doc) over (
            partition by s.src_base, s.src_ref, s.debt_kind order by s.line_no rows between unbounded preceding and current row
        ) as upto,
    from split_head as s
),
keyed as (
    select
        d.doc_id,
        r.*,
        d.type,
        d.cp_id as doc_cp_id,
        d.ddc_item_id as doc_item_id,
        case when n.id is not null then 'ddc_' || n.id end as row_item_id,
        d.rate as doc_rate,
        d.rate_mult,
        c.contract_id,
        c.cp_id as contract_cp_id,
        c.kind as contract_kind,
        kt.doc_id as target_doc_id,
        ki.doc_id as invoice_doc_id,
        case r.debt_kind when 'Кредиторская' then pc.cp_id when 'Дебиторская' then pd.cp_id end as side_cp_id,
    from running as r
    join doc_key as k on k.src_base = r.src_base and k.src_ref = r.src_ref
    join doc as d on d.doc_id = k.doc_id
    left join meta.short_id as i on i.kind = 'contract' and i.src_base = r.src_base and i.src_ref = r.contract_ref
    left join contract as c on c.contract_id = 'ct_' || i.id
    left join meta.short_id as n on n.kind = 'ddc_item' and n.src_base = r.src_base and n.src_ref = r.ddc_ref
    left join doc_key as kt on kt.src_base = r.src_base and kt.src_ref = r.target_ref
    left join doc_key as ki on ki.src_base = r.src_base and ki.src_ref = r.invoice_ref
    left join staging.stg_onec__debt_adjust as a on a.src_base = r.src_base and a.src_ref = r.src_ref
    left join cp_key as pd on pd.src_base = a.src_base and pd.src_ref = a.debtor_ref
    left join cp_key as pc on pc.src_base = a.src_base and pc.src_ref = a.creditor_ref
)
select
    doc_id,
    line_no,
    contract_id,
    target_doc_id,
    invoice_doc_id,
    sum_doc as amount_doc,
    -- rounded on the running total, so that the rows of a payment sum to its tenge
    cast(in_kzt(upto, doc_rate, rate_mult) - in_kzt(upto - sum_doc, doc_rate, rate_mult) as decimal(18, 2)) as amount_kzt,
    case
        when debt_kind = 'Дебиторская' then 'ar'
        when debt_kind = 'Кредиторская' then 'ap'
        when type in ('pay_in', 'refund_out') then 'ar'
        when type in ('pay_out', 'refund_in') then 'ap'
        when contract_kind = 'sale' then 'ar'
        when contract_kind = 'purchase' then 'ap'
    end as side,
    coalesce(side_cp_id, case when debt_kind is null then doc_cp_id end, contract_cp_id, doc_cp_id) as cp_id,
    sum_settled as amount_settled,
    coalesce(row_item_id, doc_item_id) as ddc_item_id,
from keyed
