"""What those who carry messages refuse, apart from law: a folder for each, with rules as house policies.

They are asked only where the configuration says so (`providers: [whatsapp]`), and can only tighten. A verdict tells
them as house policy, with the provider's text as the source.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Every provider whose rules are here."""
    return tuple(sorted(path.name for path in _FOLDER.iterdir() if (path / "house").is_dir()))


def folder(name: str) -> Path:
    """The folder of rulesets of one of them. Raises KeyError."""
    if name not in names():
        raise KeyError(name)
    return _FOLDER / name
