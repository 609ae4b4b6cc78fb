"""Rules about the code itself."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
KB = ROOT / "kb"
DOORS = {"web", "api", "cli", "messages", "worker.py", "entrance"}
FILES = sorted(p for p in KB.rglob("*.py") if "versions" not in p.parts)
ALLOWED = {
    "kb",
    "translations",
    "seeds",
    "templates",
    "tests",
    "pyproject.toml",
    "wsgi.py",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
}


def name(path):
    return str(path.relative_to(KB))


def test_the_top_level_holds_only_what_belongs_there():
    listed = {p.name for p in ROOT.iterdir() if not p.name.startswith((".", "__"))}
    made = {p for p in listed if p.endswith(".egg-info") or p in {"dist", "kb-home"}}
    assert listed - made == ALLOWED


@cache
def nodes():
    """Walk every module of the product once: kind of node → files and nodes."""
    found = defaultdict(list)
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            found[type(node)].append((path, node))
    return found


def each(*kinds):
    """Give every node of these kinds in the product, with its file."""
    return [found for kind in kinds for found in nodes()[kind]]


def test_only_doors_commit():
    committing = {
        name(path)
        for path, call in each(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    }
    assert {path.split("/")[0] for path in committing} <= DOORS


def test_files_and_functions_stay_small():
    for path in FILES:
        assert len(path.read_text().splitlines()) <= 400, path
    for path, function in each(ast.FunctionDef):
        assert function.end_lineno - function.lineno < 50, (path, function.name)


def test_nothing_catches_every_exception():
    for path, handler in each(ast.ExceptHandler):
        assert handler.type is not None, path
        assert ast.unparse(handler.type) not in {"Exception", "BaseException"}, path


def test_imports_stand_at_the_top():
    deferred = {
        name(path) for path, node in each(ast.Import, ast.ImportFrom) if node.col_offset
    }
    assert deferred == {"search/open.py"}


def test_an_init_holds_its_docstring():
    for path, tree in each(ast.Module):
        if path.name == "__init__.py":
            assert ast.get_docstring(tree), path
            blueprint = path.parent.parent == KB and path.parent.name in {"web", "api"}
            assert blueprint or len(tree.body) == 1, path


GPS = """<script src="{{ static('gps.js') }}" defer></script>"""
"""Asks the phone where it is, on the page where that is wanted."""
SUGGEST = """<script src="{{ static('suggest.js') }}" defer></script>"""
"""Suggests titles on the two pages that people type a search on."""
AUTOSAVE = """<script src="{{ static('autosave.js') }}" defer></script>"""
"""Keeps a section of a draft, or a translation, every half minute."""
SCRIPTS = {
    "translate/one.html": AUTOSAVE,
    "write/section.html": AUTOSAVE,
    "place/place.html": GPS,
    "home/home.html": SUGGEST,
    "search/results.html": SUGGEST,
}


def test_no_page_needs_a_script_or_another_site():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        ours = SCRIPTS.get(f"{path.parent.name}/{path.name}")
        text = text.replace(ours, "", 1) if ours else text
        assert text.count("<script") == text.count(
            '<script type="application/ld+json">'
        )
        assert "style=" not in text
        for outside in ('src="http', 'href="http', "onclick", "javascript:"):
            assert outside not in text.replace('href="https://doi.org/', ""), path
