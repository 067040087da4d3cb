"""The tables that are mirrored from a Bitrix24 portal, under the portal's own field names.

Phones and e-mails are left out on purpose. For items `path` is the entityTypeId, for the others the list method.
"""

from __future__ import annotations

from sync.table import Table

ID, TEXT, MONEY, DAY, AT, FLAG = "BIGINT", "VARCHAR", "DECIMAL(18,2)", "DATE", "TIMESTAMP", "BOOLEAN"
EDITED = "updatedTime"

DEAL = Table("deal", "2", {
    "id": ID, "title": TEXT, "categoryId": ID, "stageId": TEXT, "stageSemanticId": TEXT, "opportunity": MONEY, "currencyId": TEXT,
    "probability": ID, "companyId": ID, "contactId": ID, "assignedById": ID, "begindate": DAY, "closedate": DAY,
    "createdTime": AT, "updatedTime": AT, "movedTime": AT, "ufCrmInvoiceNumber": TEXT, "comments": TEXT,
})  # fmt: skip
CONTACT = Table(
    "contact", "3", {"id": ID, "name": TEXT, "lastName": TEXT, "companyId": ID, "createdTime": AT, "updatedTime": AT}
)
COMPANY = Table("company", "4", {"id": ID, "title": TEXT, "assignedById": ID, "createdTime": AT, "updatedTime": AT})
INVOICE = Table("invoice", "31", {
    "id": ID, "accountNumber": TEXT, "title": TEXT, "parentId2": ID, "companyId": ID, "stageId": TEXT, "opportunity": MONEY,
    "taxValue": MONEY, "currencyId": TEXT, "begindate": DAY, "closedate": DAY, "assignedById": ID, "createdTime": AT, "updatedTime": AT,
})  # fmt: skip
STAGE = Table(
    "stage", "crm.status.list", {"STATUS_ID": TEXT, "ENTITY_ID": TEXT, "NAME": TEXT, "SORT": ID, "SEMANTICS": TEXT}
)
CATEGORY = Table("category", "crm.category.list", {"id": ID, "name": TEXT, "isDefault": TEXT})
USER = Table("user", "user.get", {"ID": ID, "NAME": TEXT, "LAST_NAME": TEXT, "ACTIVE": FLAG})
REQUISITE = Table("requisite", "crm.requisite.list", {
    "ID": ID, "ENTITY_TYPE_ID": ID, "ENTITY_ID": ID, "RQ_INN": TEXT, "RQ_COMPANY_NAME": TEXT,
})  # fmt: skip
BANK_DETAIL = Table(
    "bank_detail", "crm.requisite.bankdetail.list", {"ID": ID, "ENTITY_ID": ID, "RQ_IIK": TEXT, "RQ_BIK": TEXT}
)

ITEMS = (DEAL, COMPANY, CONTACT, INVOICE)
TABLES = (*ITEMS, STAGE, CATEGORY, USER, REQUISITE, BANK_DETAIL)

OPTIONAL = ("ufCrm", "parentId")  # fields that a portal has only when somebody made them
BIN_FIELDS = ("RQ_BIN", "RQ_IIN", "RQ_INN")  # a Kazakh template has the first two; sellers also use a Russian one
