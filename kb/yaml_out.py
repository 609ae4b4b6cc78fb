"""Writing YAML that people can read, and that seeds can be taken in from."""

from pathlib import Path

import yaml


def write_yaml(path: Path, content: object) -> None:
    """Write a file, keys in their order; its folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        yaml.safe_dump(content, out, allow_unicode=True, sort_keys=False)
