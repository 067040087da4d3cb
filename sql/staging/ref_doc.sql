-- Keys that get a short document id, vanished documents too.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: the document sets of 1C, and orders and transfers where a base has them
--
-- src_base  which base; a CRM's is 'bitrix:<base>', a bank file's 'bank:<inbox>', so that they never meet a 1C base
-- src_ref   key in the source
select src_base, src_ref from staging.stg_onec__invoice_out
union all
select src_base, src_ref from staging.stg_onec__sale
union all
select src_base, src_ref from staging.stg_onec__sale_return
union all
select src_base, src_ref from staging.stg_onec__purchase
union all
select src_base, src_ref from staging.stg_onec__purchase_return
union all
select src_base, src_ref from staging.stg_onec__debt_adjust
union all
select src_base, src_ref from staging.stg_onec__reval
union all
select src_base, src_ref from staging.stg_onec__bank_in
union all
select src_base, src_ref from staging.stg_onec__bank_in_order
union all
select src_base, src_ref from staging.stg_onec__bank_out
union all
select src_base, src_ref from staging.stg_onec__bank_out_order
union all
select src_base, src_ref from staging.stg_onec__cash_in
union all
select src_base, src_ref from staging.stg_onec__cash_out
union all
select src_base, src_ref from staging.stg_onec__order_out
union all
select src_base, src_ref from staging.stg_onec__order_in
union all
select src_base, src_ref from staging.stg_onec__transfer
union all
select src_base, src_ref from staging.ref_journal
