-- Outgoing payment orders of 1C. Vanished ones stay, marked.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_bank_out
-- units:  money DECIMAL(18,2) in the document's currency
--
-- src_base          which base
-- src_ref           key in the source
-- first_synced_at   when the mirror first saw it, UTC
-- is_vanished       the source does not have it any more
-- number            number as in 1C [untrusted]
-- doc_time          moment of the document, local
-- posted            posted
-- is_deleted        marked for deletion
-- org_ref           own entity
-- comment           words of the accountant [untrusted]
-- operation         kind of operation
-- currency_ref      currency of the payment
-- ddc_ref           cash flow item
-- sum_doc           total
-- purpose           purpose of payment [untrusted]
-- knp               payment purpose code (КНП)
-- in_number         number on the incoming paper [untrusted]
-- in_date           date on the incoming paper
-- cp_ref            counterparty card
-- bank_account_ref  own account
-- cp_account_ref    account of the counterparty
-- is_paid           the bank has carried it out
-- stmt_time         date of the bank statement
select
    src_base,
    src_ref,
    first_synced_at,
    deleted_at is not null as is_vanished,
    nullif(trim(Number), '') as number,
    cast(Date as timestamp) as doc_time,
    coalesce(Posted, false) as posted,
    coalesce(DeletionMark, false) as is_deleted,
    nullif(nullif(lower(Организация_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(trim(Комментарий), '') as comment,
    nullif(trim(ВидОперации), '') as operation,
    nullif(nullif(lower(ВалютаДокумента_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    nullif(nullif(lower(СтатьяДвиженияДенежныхСредств_Key), '00000000-0000-0000-0000-000000000000'), '') as ddc_ref,
    cast(СуммаДокумента as decimal(18, 2)) as sum_doc,
    nullif(trim(НазначениеПлатежа), '') as purpose,
    nullif(trim(КодНазначенияПлатежа), '') as knp,
    nullif(trim(НомерВходящегоДокумента), '') as in_number,
    cast(nullif(ДатаВходящегоДокумента, timestamp '0001-01-01') as date) as in_date,
    nullif(nullif(lower(Контрагент_Key), '00000000-0000-0000-0000-000000000000'), '') as cp_ref,
    nullif(nullif(lower(СчетОрганизации_Key), '00000000-0000-0000-0000-000000000000'), '') as bank_account_ref,
    nullif(nullif(lower(СчетКонтрагента_Key), '00000000-0000-0000-0000-000000000000'), '') as cp_account_ref,
    coalesce(Оплачено, false) as is_paid,
    nullif(ДатаВыписки, timestamp '0001-01-01') as stmt_time,
from raw.onec_bank_out
