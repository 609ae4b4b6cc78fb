"""What accounts keep of people, and how long: for the privacy page."""

from kb import outbox
from kb.language import _
from kb.outbox import Letter
from kb.people.belongings import Kept
from kb.people.models import (
    ApiToken,
    Consent,
    Link,
    Pace,
    PasswordHash,
    Person,
    PrivilegedAct,
    RecoveryCode,
    RoleGrant,
    SecondFactor,
    SignedIn,
)
from kb.people.tidying import KEEP
from kb.stopping import MailStop

ACCOUNTS = (
    Kept(
        _("Your name, address for e-mail, languages and country."),
        _("Until you delete your account. Without a confirmed address: %(n)s days.",
          n=KEEP.days),
        (Person,), ("person",), KEEP.days,
    ),
    Kept(
        _("Your password, as a digest that cannot be read back; the secret of your"
          " second factor, and its recovery codes as digests."),
        _("Until you change them or delete your account."),
        (PasswordHash, SecondFactor, RecoveryCode),
        ("password", "second_factor", "recovery_codes"),
    ),
    Kept(
        _("The browsers you are signed in with, as they name themselves, and when you"
          " used them last; links sent to you by mail; tokens for programs."),
        _("Until you delete your account, at most %(n)s days after they ended.",
          n=KEEP.days),
        (SignedIn, Link, ApiToken), ("sign_ins", "links", "tokens"), KEEP.days,
    ),
    Kept(
        _("The roles you were given, what was done with rights, and what you agreed"
          " to."),
        _("For good; without your name once your account is deleted."),
        (RoleGrant, PrivilegedAct, Consent), ("roles", "log", "consents"),
    ),
    Kept(
        _("How often something was tried from an address or for an account, under a"
          " key that tells neither."),
        _("Some minutes, at most until the next hour."),
        (Pace,), (), 0,
    ),
    Kept(
        _("Messages to you: address and subject. What a message says goes when it"
          " was sent."),
        _("%(n)s days, or until you delete your account.", n=outbox.KEEP.days),
        (Letter,), ("messages",), outbox.KEEP.days,
    ),
    Kept(
        _("Which messages you want no more, under a digest of your address."),
        _("Until you want them again, or delete your account."),
        (MailStop,), ("mail_stops",),
    ),
)  # fmt: skip
