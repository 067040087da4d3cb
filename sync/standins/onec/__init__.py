"""A loopback 1C: «Бухгалтерия для Казахстана 3.0» over its OData v3 interface, for tests and the demo.

Beside it stand the sets of a trading configuration of the same family (orders, reservations: `supply`); a test that wants the
bare accounting names them in `unpublished`.

    with OnecServer(company) as server:
        httpx.get(server.url + "Catalog_Контрагенты?$format=json", auth=httpx.BasicAuth(USER, PASSWORD))

What windows mean: `StartPeriod` and `EndPeriod` of a virtual table both belong to the window, so a month ends at
T23:59:59; `Balance(Period=t)` is what was before t, so the end of a day is the next midnight.

It behaves as 1C does where a naive client breaks:

- Atom unless JSON is asked for; the light JSON envelope, `nometadata` without it; errors in the style asked for
- Edm.Int64 and odata.count as text, fractions as Edm.Double with their exact decimals, also beyond 15 digits
- `/$count` starts with a byte order mark; `$inlinecount=allpages` pays no heed to `$top` and `$skip`; no nextLink
- navigation links only for filled references; fields of a single entity in no fixed order
- composite X + X_Type, Undefined, unset enums "", the empty date and GUID, blank-padded strings (БИК, unit codes)
- 500 for greater or less between references; compared with a string they give nonsense without an error
- `$orderby=Ref_Key` sorts by presentation; pages without `$orderby` overlap and miss records
- `eq guid'…'` on a composite field finds nothing, `eq cast(guid'…','Catalog_X')` finds it
- 400/6 unknown `$select` field or function, 400/0 unknown option, 400/14 bad filter, 400/11 function 1C lacks,
  404/8 unknown or unpublished set, 404/9 missing key, 405 for anything but GET
- `+` is no space; a path segment over 260 characters is the web server's 400 in HTML
- 401/20 for a record under row level security, silently missing with allowedOnly=true
- `$expand` on collections only; on one entity it is refused, unknown names are silently nothing
- `$select` groups a virtual table; `Balance` of a register that has turnovers only is 400/6
- RecordsWithExtDimensions: no `$skip`, `$orderby` ignored, `Top` cuts anywhere; the flat `_RecordType` has no
  ExtDimension fields; currency amounts of entries without a currency are null here and 0 there
- a set of record sets by recorder beside the flat set; unposting and reposting replace whole record sets
- `IBSession: start` gives a cookie, 406 when the pool is full, 400 (or what `sessions.stale` says) for a stale cookie
- DataVersion moves on without a change (`touch`); vanished documents leave broken references of the right type
- on demand (`faults`): any status and body, HTML with 200, cut bodies, late answers, resets in the middle of a body,
  «device is full» for large pages, a company that changes between two pages
- Basic auth with a Cyrillic login in UTF-8

It lacks: `Recorder_Key` keys of registers with one type of recorder (both names are taken in a key), `fullmetadata`,
`____Presentation` fields, arithmetic, dates calculus and lambdas in filters, isof, `$expand` through several steps or
composite references, ExtraDimensions (read and ignored), DrCrTurnovers and ExtDimensions tables, DocumentJournals,
constants, exchange plans, value storages, writing, `$batch`, folders in catalogs, schemas of real size.
Invented where no body of a live base was found: the type names of virtual tables' rows, the Atom error body,
the text of codes other than 9 and of the incomparable 500.
"""

from sync.standins.onec.faults import (
    Fault,
    Html200,
    InsertBetweenPages,
    Reset,
    Slow,
    Status,
    TooLarge,
    Truncated,
)
from sync.standins.onec.server import PASSWORD, USER, OnecServer

__all__ = [
    "PASSWORD",
    "USER",
    "Fault",
    "Html200",
    "InsertBetweenPages",
    "OnecServer",
    "Reset",
    "Slow",
    "Status",
    "TooLarge",
    "Truncated",
]
