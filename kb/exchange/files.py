"""Reading YAML that people edit by hand, and JSON that programs made."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import yaml

from kb.errors import NotValid
from kb.language import _

KINDS_OF_FILE = frozenset({".yaml", ".json", ".svg"})

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(_Loader):  # type: ignore[misc]
    """Safe YAML in which ``NO`` is Norway and ``2026-11-22`` stays as written."""


PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
    ]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf")
)


def read_yaml(path: Path) -> Any:  # noqa: ANN401  (YAML may hold anything)
    """Read one file; ``.json`` as JSON, which is much faster.

    :raises NotValid: it is not YAML or JSON, or not UTF-8; the line is named.
    """
    try:
        if path.suffix == ".json":
            return json.loads(path.read_text("utf-8"))
        return yaml.load(path.read_text("utf-8"), Loader=PlainLoader)  # noqa: S506
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 0
        problem = f"line {line}: {wrong.problem or wrong.context}"
    except json.JSONDecodeError as wrong:
        problem = f"line {wrong.lineno}: {wrong.msg}"
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        problem = str(wrong).splitlines()[0]
    raise NotValid(_("A file cannot be read."), {path.name: [problem]})


def stamp(folder: Path) -> str:
    """Give a digest of which files a folder holds, how long and how old they are."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in KINDS_OF_FILE):
        about = path.stat()
        line = f"{path.relative_to(folder)} {about.st_size} {about.st_mtime_ns}\n"
        digest.update(line.encode())
    return digest.hexdigest()
