"""Close sessions while garbage collection starts at every possible moment.

Run by `test_database.py` in a process of its own, because without `HeldSession` it
crashes on CPython 3.11. ``python dying_objects.py plain`` shows that.
"""

import gc
import sys

from sqlalchemy import ForeignKey, create_engine, insert, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    selectinload,
)

from kb.database import HeldSession


class Base(DeclarativeBase):
    """Base of the two tables."""


class Whole(Base):
    """It knows its parts."""

    __tablename__ = "whole"
    id: Mapped[int] = mapped_column(primary_key=True)
    parts: Mapped[list["Half"]] = relationship(back_populates="whole")


class Half(Base):
    """It knows its whole, so that neither dies without the other."""

    __tablename__ = "half"
    id: Mapped[int] = mapped_column(primary_key=True)
    whole_id: Mapped[int] = mapped_column(ForeignKey("whole.id"))
    whole: Mapped[Whole] = relationship(back_populates="parts")


def load(session):
    """Load some seventy objects and let go of them; the session still knows them."""
    for whole in session.scalars(select(Whole).options(selectinload(Whole.parts))):
        assert all(half.whole is whole for half in whole.parts)


def main(make):
    """Load and close, with the collection starting one allocation later each time."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(Whole), [{"id": n} for n in range(6)])
        halves = [{"id": n, "whole_id": n // 10} for n in range(60)]
        connection.execute(insert(Half), halves)
    for later in range(16):
        gc.collect()
        gc.disable()
        session = make(engine)
        load(session)
        gc.set_threshold(gc.get_count()[0] + later, 1000, 1000)
        gc.enable()
        session.close()
    sys.stdout.write("alive\n")


if __name__ == "__main__":
    main(Session if "plain" in sys.argv else HeldSession)
