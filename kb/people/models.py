"""Tables of people."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.regions.models import Region


class Role(StrEnum):
    """What a person is trusted with."""

    CONTRIBUTOR = "contributor"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    EXPERT = "expert"
    COORDINATOR = "coordinator"
    JURY = "jury"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"


class ScopeKind(StrEnum):
    """What a role may be limited to; everywhere is no limit."""

    EVERYWHERE = "everywhere"
    REGION = "region"
    LANGUAGE = "language"
    KIND = "kind"
    DESK = "desk"
    COMMUNITY = "community"


class Person(Base):
    """Somebody with an account; nameless and without address once it is deleted."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    """As others see it."""
    email: Mapped[str | None] = mapped_column(unique=True)
    """In small letters; nothing once the account is deleted."""
    languages: Mapped[str]
    """Codes with a blank between, the dearest first: messages are written in it."""
    region_code: Mapped[str | None] = mapped_column(ForeignKey(Region.code))
    created: Mapped[datetime] = mapped_column(Moment)
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    """When she showed that the address is hers."""
    disabled: Mapped[datetime | None] = mapped_column(Moment)

    grants: Mapped[list["RoleGrant"]] = relationship(lazy="raise_on_sql")
    factor: Mapped["SecondFactor | None"] = relationship(lazy="raise_on_sql")

    @property
    def language(self) -> str:
        """The language to write to her in."""
        return self.languages.partition(" ")[0]

    @property
    def active(self) -> bool:
        """Whether she may sign in at all."""
        return self.confirmed is not None and self.disabled is None


class PasswordHash(Base):
    """What is kept of a password."""

    __tablename__ = "password_hash"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    hash: Mapped[str]
    changed: Mapped[datetime] = mapped_column(Moment)


class SignedIn(Base):
    """A browser that knows a person."""

    __tablename__ = "signed_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    device: Mapped[str]
    """What the browser says of itself, short."""
    whole: Mapped[bool]
    """Whether the second factor was given, or none is asked for."""
    created: Mapped[datetime] = mapped_column(Moment)
    last_used: Mapped[datetime] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Link(Base):
    """A link sent by mail."""

    __tablename__ = "mail_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    expires: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)


class RoleGrant(Base):
    """A role somebody was given, within a scope; revoked ones stay for the record."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    role: Mapped[str]
    scope_kind: Mapped[str]
    scope: Mapped[str]
    """Code of region, language, kind, desk or community; empty for everywhere."""
    granted_by: Mapped[str]
    granted: Mapped[datetime] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)


class SecondFactor(Base):
    """The secret that the app on a person's phone makes its codes from."""

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    secret: Mapped[str]
    """In base 32. Needed as it is to check codes, so it is no digest."""
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    last_step: Mapped[int]
    """Half-minute of the last code that was taken; none is taken twice."""


class RecoveryCode(Base):
    """A code for when the phone is lost."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    digest: Mapped[str]
    used: Mapped[datetime | None] = mapped_column(Moment)


class ApiToken(Base):
    """What lets a program act for a person."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    """``read`` or ``write``."""
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    last_used: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class PrivilegedAct(Base):
    """Something done with or to somebody's rights. Lines are added, never changed."""

    __tablename__ = "privileged_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    what: Mapped[str]
    done_by: Mapped[str]
    """``person 7`` or ``kb people``; no names, which outlive an account."""
    person_id: Mapped[int] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(default="")


class Consent(Base):
    """That somebody agreed to something, or took it back. Lines are added only."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    matter: Mapped[str]
    wording: Mapped[str]
    """The day since which the words read as they did."""
    given: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)


class Pace(Base):
    """How far ahead of its pace somebody is who tries something again and again."""

    __tablename__ = "pace"

    key: Mapped[str] = mapped_column(primary_key=True)
    """A keyed digest of what is counted: an address or an account."""
    due: Mapped[datetime] = mapped_column(Moment, index=True)
