"""A file of the portal to its invoices. Nothing in it is expanded and nothing outside it is read.

Read: an export of registered invoices (invoiceInfoContainer), and the answer of InvoiceService (invoiceInfoList); in both each invoiceInfo
holds the state and, in invoiceBody, the invoice itself as text or as elements. A package made for upload (invoiceContainer) is refused:
it says what somebody meant to issue, not what was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from sync.sources.esf.invoice import EsfRefused, Invoice, Reader, below, read

DEEPEST = 64
_CYRILLIC = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']windows-1251", re.IGNORECASE)
_UPLOAD = "Export registered invoices with their state from the portal, not the package that was uploaded"


def invoices(data: bytes, file: str) -> list[Invoice | EsfRefused]:
    """Every invoice of a file, or why it cannot be taken; the others are not touched by that.

    Raises: EsfRefused: the file is not whole XML, carries a document type definition, or holds no registered invoice.
    """
    _hold_plain(data, file)
    found: list[Invoice | EsfRefused] = []
    try:
        for place, info in enumerate(_infos(data, file), start=1):
            try:
                found.append(_invoice(info, file, place))
            except EsfRefused as refusal:
                found.append(refusal)
    except etree.XMLSyntaxError as broken:
        raise EsfRefused(file, "", f"it is not whole XML ({_said(broken)})") from broken
    if not found:
        raise EsfRefused(file, "", "no registered invoice is in it (invoiceInfo)", _UPLOAD)
    return found


def _hold_plain(data: bytes, file: str) -> None:
    """Refuse what no portal sends: a DTD, in any place, or an encoding that would hide one. No other encoding is believed, see `_infos`."""
    if (
        b"<!DOCTYPE" in data
        or b"<!ENTITY" in data
        or b"\0" in data[:200]
        or data[:4].startswith((b"\xfe\xff", b"\xff\xfe"))
    ):
        raise EsfRefused(
            file, "", "it carries a document type definition or is not UTF-8, which the portal never sends"
        )


def _infos(data: bytes, file: str) -> Iterator[etree._Element]:
    """Each invoiceInfo, whole; forgotten after its turn, so that memory stays flat. Packages for upload are refused."""
    walk = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        encoding="windows-1251" if _CYRILLIC.search(data[:200]) else "utf-8",
    )
    depth = 0
    for event, element in walk:
        if event == "start":
            depth += 1
            if depth > DEEPEST:
                raise EsfRefused(file, "", f"its elements lie deeper than {DEEPEST}")
            if depth == 1 and etree.QName(element).localname == "invoiceContainer":
                raise EsfRefused(
                    file, "", "it is a package for upload: it says nothing of registration or state", _UPLOAD
                )
            continue
        depth -= 1
        if etree.QName(element).localname == "invoiceInfo":
            yield element
            element.clear()
            while element.getprevious() is not None and (parent := element.getparent()) is not None:
                del parent[0]


def _invoice(info: etree._Element, file: str, place: int) -> Invoice:
    state = Reader(file, str(place), info)
    named = state.text("registrationNumber") or f"no. {place}"
    state.invoice = named
    return read(state, Reader(file, named, _body(info, file, named)))


def _body(info: etree._Element, file: str, named: str) -> etree._Element:
    """The invoice itself: elements below invoiceBody, or its text read as XML."""
    held = next(below(info, ("invoiceBody",)), None)
    if held is None:
        raise EsfRefused(file, named, "it has no invoiceBody")
    if (inside := next(held.iterchildren("{*}*"), None)) is not None:
        return inside
    text = (held.text or "").strip().encode()
    _hold_plain(text, file)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as broken:
        raise EsfRefused(file, named, f"its invoiceBody is not whole XML ({_said(broken)})") from broken


def _said(broken: etree.XMLSyntaxError) -> str:
    """What the parser says, in one line: it quotes what it met."""
    return " ".join((broken.msg or "").split())[:120]
