"""What makes an action findable and bounded: tickets, links, dates, and figures, by their form."""

from __future__ import annotations

import re

TICKET = re.compile(
    r"\b(?!(?:UTF|SHA|ISO|RFC|HTTP|IPV|TLS|MD|RSA|AES|SEV|P|H|S3|EC|US|EU|AP|COVID|CVE|UTC|GMT|MP|LTS|V)-?\d)"
    r"[A-Z][A-Z0-9]{1,11}-\d{1,7}\b"
    r"|(?<![\w&])#\d{1,7}\b|\b[a-z][\w.-]{1,100}#\d{1,7}\b|\bGH-\d+|(?<!\w)!\d{2,7}\b|\b[\w.-]{1,100}/[\w.-]{1,100}#\d+|\bT\d{4,7}\b|\bsev\w*_\d{4,}\b|\bCVE-\d{4}-\d+"
    r"|\b(?:bug|issue|ticket|pr|pull request|merge request|mr|task|story|case|incident|jira|bugzilla|rfc|adr)"
    r"s?\s*(?:no\.?|number|id|[:#])?\s*#?\d{1,8}\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro)"
)
DATE = re.compile(
    r"\b(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?)?|\d{1,2}月\d{1,2}日"
    r"|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b"
    rf"|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+)?{_MONTH}\b"
    rf"|\b(?:end of|mid|early|late|by|in|until|before|ende|fin)[ -]{_MONTH}\b(?!\s+(?:be|have|not|also|need))"
    rf"|\b{_MONTH}\.?\s+(?:19|20)\d{{2}}\b"
    r"|\bby (?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\bQ[1-4](?:[ /-]?(?:FY)?\d{2,4})?\b|\b(?:week|sprint|KW|cw)\s?\d{1,3}\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d|(?<=[a-z])[A-Z]|[a-z0-9]_[a-z0-9]|\b[a-z]+(?:-[a-z0-9]+){2,}\b|/\w+|--\w")


def has_ticket(text: str) -> bool:
    """Whether a text holds the number of a ticket; project keys have to be in capitals, as in OPS-12."""
    return any(
        not match[0][0].isalpha() or "-" not in match[0] or match[0].split("-")[0].isupper() or " " in match[0]
        for match in TICKET.finditer(text)
    )


def has_date(text: str) -> bool:
    """Whether a text holds a day, a month, a quarter or a numbered sprint."""
    return bool(DATE.search(text))


def is_concrete(text: str) -> bool:
    """Whether a text holds a figure, an identifier, a path or an option."""
    return bool(_FIGURE.search(text))
