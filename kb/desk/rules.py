"""Who finds what on the desk, whatever the scope of her role.

What lies in the queues is decided draft by draft and record by record; the overviews
hold public records and counts of words, and are the same for all who may see them. The
log is about all accounts, so it is for administrators, whose role has no limit.
"""

from kb.access import Rules, Thing, counting, is_administrator
from kb.people.models import Person, Role


def has_a_role(person: Person | None, thing: Thing) -> bool:
    """Hold for whoever is trusted with anything."""
    return bool(counting(person))


def edits(person: Person | None, thing: Thing) -> bool:
    """Hold for editors."""
    return _has(person, Role.EDITOR)


def coordinates(person: Person | None, thing: Thing) -> bool:
    """Hold for coordinators."""
    return _has(person, Role.COORDINATOR)


def administers(person: Person | None, thing: Thing) -> bool:
    """Hold for administrators."""
    return _has(person, Role.ADMINISTRATOR)


def _has(person: Person | None, role: Role) -> bool:
    return any(granted.role == role for granted in counting(person))


RULES = Rules(
    {
        "see the desk": [[has_a_role]],
        "see the overviews": [[edits], [coordinates], [administers]],
        "see the log": [[is_administrator]],
    }
)
