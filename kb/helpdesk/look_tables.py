"""The table of who looked at an answer again after what it rests on had changed."""

from kb.database import Base
from kb.helpdesk.question_tables import Remark


class Look(Remark, Base):
    """That somebody looked, and found what was answered still right.

    Her words say why, for the other experts; they may be empty.
    """

    __tablename__ = "question_look"
