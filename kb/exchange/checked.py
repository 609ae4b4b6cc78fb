"""Reading a file of a list of things and checking it."""

from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from kb.errors import NotValid
from kb.exchange.files import read_yaml
from kb.record.service import flat


def read_checked(
    path: Path, schema: Schema, problems: dict[str, list[str]], root: Path
) -> Any:  # noqa: ANN401  (the schema knows)
    """Read and check one file; nothing, with the problems noted, if it does not fit."""
    where = str(path.relative_to(root))
    try:
        return schema.load(read_yaml(path))
    except NotValid as refused:
        problems[where] = [x for lines in refused.problems.values() for x in lines]
    except ValidationError as refused:
        problems |= {f"{where}: {k}": v for k, v in flat(refused.messages).items()}
    return None
