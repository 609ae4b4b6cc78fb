"""What somebody wrote now, apart from what she quotes and signs with.

Nothing is lost by a wrong guess: the desk can read the whole mail.
"""

import re

_QUOTED = re.compile(r"^[ \t]{0,3}(?:[>\uff1e]|&gt;)")
_RULE = re.compile(
    r"^\s*(?:-{3,}.{0,80}-{3,}|_{10,}|-{10,})\s*$|^\s*-{4,}\s?\w.{0,60}$"
)
"""The line above what Outlook and others quote."""
_FIELD = re.compile(r"^\s*\*?[^\W\d_][^\n:\uff1a]{0,25}[:\uff1a]\*?\s*\S")
"""One line of the head of a mail, in any language."""
_SIGNED = re.compile(r"^--\s*$")
_DEVICE = re.compile(
    r"^(?:sent from (?:my|mail|outlook|yahoo)|get outlook for|envoyé (?:de|depuis) mon"
    r"|enviado (?:desde mi|do meu|desde)|obtener outlook|télécharger outlook"
    r"|отправлено (?:с|из)|أُ?رسلت من|发自我的|從我的|मेरे .{0,20} से भेजा"
    r"|imetumwa kutoka|von meinem .{0,20} gesendet).{0,60}$",
    re.I,
)
WIDE_COLON = "\N{FULLWIDTH COLON}"
LEAST_FIELDS = 3
MOST_OF_ATTRIBUTION = 3
"""Lines of "On such a day somebody wrote:"."""
LONGEST_SIGNATURE = 15
"""Lines; what is longer is no signature."""
MOST_LINES = 5000
"""So many are looked at; what comes after is quoted, as far as is known."""


def own_words(text: str) -> str:
    r"""Give what was written now; all of it if nothing else is to be seen.

    >>> own_words("Yes.\n\nOn 3 May Awa wrote:\n> Is it?\n> -- \n> Awa")
    'Yes.'
    """
    lines = text.split("\n")[:MOST_LINES]
    lines = _without_head(lines)
    lines = _without_end(lines)
    lines = _without_start(lines)
    lines = unsigned(lines)
    return "\n".join(lines).strip() or text.strip()


def without_signature(text: str) -> str:
    """Give all but the signature: a first mail may quote what it is about."""
    lines = unsigned(text.split("\n")[:MOST_LINES])
    return "\n".join(lines).strip() or text.strip()


def unsigned(lines: list[str]) -> list[str]:
    """Cut a signature off, and what a telephone says of itself."""
    for number in range(len(lines) - 1, max(-1, len(lines) - LONGEST_SIGNATURE), -1):
        if _SIGNED.match(lines[number]) and number:
            lines = lines[:number]
            break
    lines = _trimmed(lines)
    if lines and _DEVICE.match(lines[-1].strip()):
        lines = lines[:-1]
    return _trimmed(lines)


def _without_head(lines: list[str]) -> list[str]:
    """Cut from a rule or the head of another mail on."""
    for number, line in enumerate(lines):
        if number and _RULE.match(line) and _is_head(lines[number + 1 :]):
            return lines[:number]
        before = lines[number - 1].strip() if number else "x"
        if not before and _is_head(lines[number:]):
            return lines[:number]
    return lines


def _is_head(lines: list[str]) -> bool:
    """Say whether lines begin with the head of a mail: fields, one with an address."""
    there = [line for line in lines[:12] if line.strip()]
    fields = 0
    while fields < len(there) and _FIELD.match(there[fields]):
        fields += 1
    return fields >= LEAST_FIELDS and any("@" in line for line in there[:fields])


def _without_end(lines: list[str]) -> list[str]:
    """Cut the quoted lines at the end, with who wrote them."""
    lines = unsigned(lines) if not _ends_quoted(lines) else _trimmed(lines)
    end = len(lines)
    while end and (_QUOTED.match(lines[end - 1]) or not lines[end - 1].strip()):
        end -= 1
    if end == len(lines) or not end:
        return lines
    return lines[: _before_attribution(lines, end)]


def _ends_quoted(lines: list[str]) -> bool:
    there = _trimmed(lines)
    return bool(there) and bool(_QUOTED.match(there[-1]))


def _without_start(lines: list[str]) -> list[str]:
    """Cut what is quoted first, if words follow."""
    lines = _trimmed(lines)
    start = 0
    while start < min(MOST_OF_ATTRIBUTION, len(lines)):
        if _QUOTED.match(lines[start]):
            break
        start += 1
    head = "\n".join(lines[:start])
    if start and not (head.rstrip().endswith((":", WIDE_COLON)) and _says_when(head)):
        return lines
    end = start
    while end < len(lines) and (_QUOTED.match(lines[end]) or not lines[end].strip()):
        end += 1
    rest = _trimmed(lines[end:])
    mixed = any(map(_QUOTED.match, rest))
    return rest if rest and end > start and not mixed else lines


def _before_attribution(lines: list[str], end: int) -> int:
    """Give where "on such a day somebody wrote:" begins, if it stands before a line."""
    last = lines[end - 1].rstrip()
    if not last.endswith((":", WIDE_COLON, ">")):
        return end
    for count in range(1, MOST_OF_ATTRIBUTION + 1):
        start = end - count
        if start < 0 or not lines[start].strip():
            break
        if _says_when("\n".join(lines[start:end])) and _starts_anew(lines, start):
            return start
    return end


def _says_when(words: str) -> bool:
    return "@" in words or any(sign.isdecimal() for sign in words)


def _starts_anew(lines: list[str], start: int) -> bool:
    return start == 0 or not lines[start - 1].strip() or lines[start][:1].isupper()


def _trimmed(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return lines[start:end]
