"""Python text that this package generates, compiled; for the command line, kept compiled from one run to the next.

Like the `.pyc` files of Python itself: the same text gives the same code, and what is kept is found by the text. Kept
code lies in the user's cache folder, readable by the user alone, for one version of the interpreter and the package.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Final

from collectrules._version import __version__
from collectrules.ground.cache import cache_folder, keep_file

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

_MOST_KEPT: Final = 2_500
"""Texts kept from one run to the next, some six times what one check needs: all of them are read at every start."""
_known: dict[bytes, bytes] = {}
"""Marshalled code by the digest of its text: what a run does not need stays packed."""
_used: dict[bytes, bytes] = {}
"""What this run has needed of it."""
_NOT_KEEPING: Final = -1
_NOT_LOADED: Final = -2
_state: dict[str, int] = {"loaded": _NOT_KEEPING}
"""How many were loaded, or why none were."""


def code_of(text: str) -> CodeType:
    """The code of a generated module."""
    if _state["loaded"] == _NOT_KEEPING:
        return compile(text, "<generated>", "exec")
    if _state["loaded"] == _NOT_LOADED:
        _load()
    key = sha256(text.encode()).digest()
    packed = _known.get(key)
    if packed is not None:
        with suppress(ValueError, EOFError, TypeError):
            kept: CodeType = marshal.loads(packed)  # noqa: S302 - our own file, as trusted as a .pyc
            _used[key] = packed
            return kept
    code = compile(text, "<generated>", "exec")
    _known[key] = _used[key] = marshal.dumps(code)
    return code


def remember() -> None:
    """Use what earlier runs kept, from now on. Reads the file when the first text is compiled."""
    _state["loaded"] = _NOT_LOADED


def _load() -> None:
    _state["loaded"] = 0
    place = _place()
    if place is not None:
        with suppress(OSError, ValueError, EOFError, TypeError):
            _known.update(marshal.loads(place.read_bytes()))  # noqa: S302 - as above
            _state["loaded"] = len(_known)


def keep() -> None:
    """Keep what was compiled since `remember`, before what this run did not need. A failure costs nothing but time."""
    place = _place()
    if place is None or _state["loaded"] < 0 or len(_known) == _state["loaded"]:
        return
    kept = dict(islice({**_used, **_known}.items(), _MOST_KEPT))
    with suppress(OSError, ValueError):
        keep_file(place, marshal.dumps(kept))


def _place() -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    return folder / f"generated-{__version__}-{sys.implementation.cache_tag}.marshal"
