"""The one list of rooms that keep something of a person; all that is kept, how long."""

from kb.assessing.belongings import ASSESSING
from kb.communities.belongings import COMMUNITIES
from kb.credit.belongings import CREDIT
from kb.credit.models import RecordUse
from kb.directory.belongings import DIRECTORY
from kb.feedback.belongings import FEEDBACK
from kb.following.belongings import FOLLOWING
from kb.helpdesk.belongings import HELPDESK
from kb.language import _
from kb.naming.belongings import NAMING
from kb.people.belongings import Belongings, Kept
from kb.people.kept import ACCOUNTS
from kb.pictures.belongings import PICTURES
from kb.planning.belongings import PLANNING
from kb.search.gaps import KEEP_DAYS, Sought
from kb.translating.belongings import TRANSLATING
from kb.writing.belongings import WRITING

BELONGINGS: tuple[Belongings, ...] = (
    WRITING,
    TRANSLATING,
    NAMING,
    FEEDBACK,
    FOLLOWING,
    ASSESSING,
    PICTURES,
    HELPDESK,
    PLANNING,
    DIRECTORY,
    COMMUNITIES,
    CREDIT,
)

COUNTS = (
    Kept(
        _("Which words are searched for, by day, language and kind of land; never by"
          " whom."),
        _("%(n)s days.", n=KEEP_DAYS),
        (Sought,), (), KEEP_DAYS,
    ),
    Kept(
        _("How often each record is read, by month and language; never by whom."),
        _("As long as the record."),
        (RecordUse,),
    ),
)  # fmt: skip

KEPT: tuple[Kept, ...] = (
    *COUNTS,
    *ACCOUNTS,
    *(kept for room in BELONGINGS for kept in room.kept),
)
"""All that is kept of people: the privacy page shows it, the worker keeps to it."""
