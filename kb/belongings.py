"""The one list of rooms that keep something of a person, beside `kb.people`."""

from kb.assessing.belongings import ASSESSING
from kb.credit.belongings import CREDIT
from kb.feedback.belongings import FEEDBACK
from kb.people.belongings import Belongings
from kb.pictures.belongings import PICTURES
from kb.writing.belongings import WRITING

BELONGINGS: tuple[Belongings, ...] = (WRITING, FEEDBACK, ASSESSING, PICTURES, CREDIT)
