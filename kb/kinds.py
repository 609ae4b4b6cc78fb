"""The one list of kinds of record. A new kind is a folder and a line here."""

from kb.guidelines.kind import KIND as GUIDELINE
from kb.helpdesk.kind import KIND as ANSWER
from kb.practices.kind import KIND as PRACTICE
from kb.record.kind import Kind
from kb.stories.kind import KIND as STORY

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (PRACTICE, STORY, ANSWER, GUIDELINE)
}
BY_PLURAL: dict[str, Kind] = {kind.plural: kind for kind in KINDS.values()}
