"""Rules about the code itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KB = ROOT / "kb"
DOORS = {"web", "api", "cli", "worker.py", "entrance"}
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
    listed = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")}
    made = {p for p in listed if p.endswith(".egg-info") or p in {"dist", "kb-home"}}
    assert listed - made == ALLOWED


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_doors_commit(path):
    if path.relative_to(KB).parts[0] in DOORS:
        return
    tree = ast.parse(path.read_text())
    committing = [
        ast.unparse(n.func.value)
        for n in ast.walk(tree)
        if isinstance(n, ast.Call)
        and isinstance(n.func, ast.Attribute)
        and n.func.attr == "commit"
    ]
    assert committing == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_files_and_functions_stay_small(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 400
    for n in ast.walk(ast.parse(text)):
        if isinstance(n, ast.FunctionDef):
            assert n.end_lineno - n.lineno < 50, n.name


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_catches_every_exception(path):
    for n in ast.walk(ast.parse(path.read_text())):
        if isinstance(n, ast.ExceptHandler):
            assert n.type is not None
            assert ast.unparse(n.type) not in {"Exception", "BaseException"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_stand_at_the_top(path):
    if name(path) == "search/open.py":
        return
    for n in ast.walk(ast.parse(path.read_text())):
        if isinstance(n, ast.FunctionDef):
            inside = [
                x for x in ast.walk(n) if isinstance(x, ast.Import | ast.ImportFrom)
            ]
            assert inside == [], n.name


@pytest.mark.parametrize("path", sorted(KB.rglob("__init__.py")), ids=name)
def test_an_init_holds_its_docstring(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    if path.parent.parent != KB or path.parent.name not in {"web", "api"}:
        assert len(tree.body) == 1


def test_no_page_needs_a_script_or_another_site():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert text.count("<script") == text.count(
            '<script type="application/ld+json">'
        )
        assert "style=" not in text
        for outside in ('src="http', 'href="http', "onclick", "javascript:"):
            assert outside not in text.replace('href="https://doi.org/', ""), path
