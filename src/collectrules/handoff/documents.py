"""The documents that go with an account: the files of a folder that is named for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.plugins.accounts import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def of_account(folder: Path | None, account: str | None) -> Mapping[str, bytes]:
    """The files in the account's own folder, by name, in the order of their names. Links are not followed."""
    if folder is None or not account:
        return {}
    own = folder / file_name(account)
    if not own.is_dir():
        return {}
    files = sorted(path for path in own.iterdir() if path.is_file() and not path.is_symlink())
    return {path.name: path.read_bytes() for path in files}
