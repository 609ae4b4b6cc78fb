"""The interface catalogues: bring them level with the code, and compile them.

``python translations/catalogues.py update`` after changing a word in code or templates;
``python translations/catalogues.py compile`` after translating. An install compiles by
itself, because the build runs `CompileCatalogues`.
``python translations/catalogues.py begin sw`` begins a catalogue in one more language.
"""

import sys
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
DRAFTED = "machine-drafted, not yet reviewed by a native speaker"
HEADER = f"""# {{language}} words of the Humus interface.
# {DRAFTED.replace("machine-drafted", "MACHINE-DRAFTED")}.
# Licence: Apache-2.0"""
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
FOLDERS = {
    "kb": [("**.py", "python")],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
}


def words_in_use() -> Catalog:
    """Collect every string that code and templates mark for translation."""
    catalogue = Catalog(project="Humus", charset="utf-8")
    for folder, methods in FOLDERS.items():
        found = extract_from_dir(
            HERE.parent / folder,
            method_map=methods,
            options_map={
                name: {"trimmed": "true", "silent": "false"}
                for name in ("**.html", "**.txt")
            },
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
        )
        for name, _line, message, comments, context in found:
            place = [(f"{folder}/{name}", None)]
            catalogue.add(message, None, place, auto_comments=comments, context=context)
    return catalogue


def sources() -> list[Path]:
    """Give the catalogue of every interface language but English."""
    return sorted(HERE.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as words:
        return read_po(words, locale=path.parts[-3])


def update() -> list[Path]:
    """Bring every catalogue level with the code; new words stay empty."""
    fresh = words_in_use()
    for path in sources():
        catalogue = read(path)
        catalogue.update(fresh, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as out:
            write_po(out, catalogue, width=100, sort_output=True, include_lineno=False)
    return sources()


def begin(language: str) -> list[Path]:
    """Begin a catalogue, all empty but for its header; refuse one that stands.

    Raises:
        FileExistsError: there is a catalogue in that language.
        babel.UnknownLocaleError: CLDR does not know that language.

    """
    path = HERE / language / "LC_MESSAGES" / "messages.po"
    named = Locale.parse(language).get_display_name("en")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        header = HEADER.format(language=named)
        fresh = Catalog(
            language,
            project="Humus",
            version="0.1",
            header_comment=header,
            last_translator=DRAFTED,
            language_team=named,
            fuzzy=False,
        )
        write_po(out, fresh, width=100)
    return update()


def compile_all() -> list[Path]:
    """Write a ``.mo`` beside every ``.po``; give the files written."""
    written = []
    for path in sources():
        target = path.with_suffix(".mo")
        with target.open("wb") as out:
            write_mo(out, read(path))
        written.append(target)
    return written


class CompileCatalogues(BuildHookInterface[Any]):
    """Compile before a wheel, an sdist or an editable install is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Do the work; hatchling calls this."""
        compile_all()


if __name__ == "__main__":
    commands = {"update": update, "compile": compile_all, "begin": begin}
    done = commands[sys.argv[1]](*sys.argv[2:])
    print(*done, sep="\n")
