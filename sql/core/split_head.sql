-- Rows of РасшифровкаПлатежа and СуммыДолга in one shape, still with the keys of the source.
--
-- kind:      view
-- published: no
-- grain:     src_base, src_ref, line_no
-- source:    split sections of payments and debt adjustments
-- units:     money DECIMAL(18,2)
--
-- src_base      which base
-- src_ref       key of the payment or adjustment
-- line_no       row of the section
-- contract_ref  contract
-- target_ref    document that is paid
-- invoice_ref   customer invoice that is paid
-- debt_kind     Дебиторская or Кредиторская, adjustments only
-- sum_doc       amount in the document's currency
-- sum_settled   amount in the contract's currency
-- rate          KZT for `mult` units of the contract's currency
-- mult          units that the rate is for
-- ddc_ref       cash flow item, payments only
select src_base, src_ref, line_no, contract_ref, target_ref, cast(null as varchar) as invoice_ref, debt_kind, sum_doc, sum_settled, cast(null as decimal(18, 4)) as rate, cast(null as bigint) as mult,
    cast(null as varchar) as ddc_ref
from staging.stg_onec__debt_adjust_split
union all
select src_base, src_ref, line_no, contract_ref, target_ref, invoice_ref, null, sum_doc, sum_settled, rate, mult, ddc_ref
from staging.stg_onec__bank_in_split
union all
select src_base, src_ref, line_no, contract_ref, target_ref, invoice_ref, null, sum_doc, sum_settled, rate, mult, ddc_ref
from staging.stg_onec__bank_in_order_split
union all
select src_base, src_ref, line_no, contract_ref, target_ref, invoice_ref, null, sum_doc, sum_settled, rate, mult, ddc_ref
from staging.stg_onec__bank_out_split
union all
select src_base, src_ref, line_no, contract_ref, target_ref, invoice_ref, null, sum_doc, sum_settled, rate, mult, ddc_ref
from staging.stg_onec__bank_out_order_split
union all
select src_base, src_ref, line_no, contract_ref, target_ref, invoice_ref, null, sum_doc, sum_settled, rate, mult, ddc_ref
from staging.stg_onec__cash_in_split
union all
select src_base, src_ref, line_no, contract_ref, target_ref, invoice_ref, null, sum_doc, sum_settled, rate, mult, ddc_ref
from staging.stg_onec__cash_out_split
