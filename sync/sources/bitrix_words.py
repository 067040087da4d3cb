"""Words that a Bitrix24 portal refuses with: those that pass by themselves, and what a person can do about the others."""

from __future__ import annotations

from collections.abc import Mapping

NEW_WEBHOOK = (
    "Make a new incoming webhook in the portal (Developer resources, Other, Inbound webhook; rights: crm, user_brief) "
    "and put its address into SYNC_BITRIX__WEBHOOK"
)
HINTS: Mapping[str, str] = {
    "NO_AUTH_FOUND": f"The webhook is wrong, was deleted or has expired. {NEW_WEBHOOK}",
    "INVALID_CREDENTIALS": f"The webhook is wrong, was deleted or has expired. {NEW_WEBHOOK}",
    "expired_token": f"The webhook has expired. {NEW_WEBHOOK}",
    "insufficient_scope": "Give the webhook the rights crm and user_brief in the portal",
    "ACCESS_DENIED": "REST needs a commercial plan of the portal, and the webhook's owner needs the right to read the CRM",
    "user_access_error": "The webhook's owner has no access to the application; make the webhook as an employee who reads the whole CRM",
    "OVERLOAD_LIMIT": "Bitrix24 has blocked REST for this portal by hand. Write to Bitrix24 support; asking again makes it worse",
    "ERROR_METHOD_NOT_FOUND": "The portal does not know this method: update the portal, or give the webhook the right crm",
    "INVALID_REQUEST": "The portal wants https: check that SYNC_BITRIX__WEBHOOK begins with https://",
    "PORTAL_DELETED": "The portal no longer exists; take it out of the settings",
    "INVALID_ARG_VALUE": "The portal does not take this question: its version differs from the one this source was written for",
}
LATER = frozenset({"QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT", "INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER"})
