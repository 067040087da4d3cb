-- States that electronic invoices have been in, as far as exports have shown them.
--
-- kind:     table
-- grain:    esf_id, since, status
-- source:   ЭСФ exports
-- units:    moments are the portal's clock
-- label.ru: История статусов ЭСФ
-- label.kk: ЭШФ мәртебелерінің тарихы
-- label.en: ESF status history
-- synonyms: статус ЭСФ, история ЭСФ, когда отозван ЭСФ, ЭШФ мәртебесі, ESF status history
--
-- esf_id         electronic invoice; joins esf
-- status         CREATED, DELIVERED, REVOKED, DECLINED, CANCELED, …: the portal's word
-- since          when it came into that state; null where the export does not say
-- cancel_reason  why it was withdrawn [untrusted]
select
    'esf_' || left(md5(invoice_key), 14) as esf_id,
    status,
    updated_at as since,
    min(cancel_reason) as cancel_reason,
from staging.stg_esf__invoice
group by all
