"""Without Jinja or fpdf2 the commands say what to install, and all else works."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from collectrules import cli

WRITING = (
    "collectrules.letters.filling",
    "collectrules.letters.formats.pdf",
    "collectrules.correspondence.preparing",
)


@pytest.mark.parametrize(("package", "module"), [("jinja2", WRITING[0]), ("fpdf", WRITING[1])])
def test_what_to_install_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], package: str, module: str
) -> None:
    for name in WRITING:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(Exception, match=r"pip install 'collectrules\[documents\]'"):
        import_module(module)
    assert cli.run(["letter", "--list"]) == 0
    assert cli.run(["letter", "reminder", "case.yaml", "-o", "a.pdf"]) == 2
    assert "run: pip install 'collectrules[documents]'" in capsys.readouterr().err
