"""The five ways work can be refused. Each door turns them into its own answer."""


class KbError(Exception):
    """Something the person can be told about; ``message`` is already translatable."""

    code = "error"

    def __init__(self, message: object, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message)


class NotFound(KbError):  # noqa: N818
    """There is no such record, or this person may not know that there is."""

    code = "not-found"


class NotAllowed(KbError):  # noqa: N818
    """The person may see the record but not do this to it."""

    code = "not-allowed"


class NotValid(KbError):  # noqa: N818
    """What was given does not fit; ``problems`` says what, per field."""

    code = "not-valid"

    def __init__(self, message: object, problems: dict[str, list[str]]) -> None:
        super().__init__(message)
        self.problems = problems


class Conflict(KbError):  # noqa: N818
    """The record is not in the state this step needs."""

    code = "conflict"


class Unavailable(KbError):  # noqa: N818
    """A part (index, database) does not answer; try again or have it mended."""

    code = "unavailable"
