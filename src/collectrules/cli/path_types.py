"""Files and folders as arguments and options take them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

ANY: Final = click.Path(path_type=Path)
ANY_OR_INPUT: Final = click.Path(path_type=Path, allow_dash=True)
"""A file, or `-` for standard input."""
THERE: Final = click.Path(path_type=Path, exists=True)
FILE_THERE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER_THERE: Final = click.Path(path_type=Path, exists=True, file_okay=False)
FILE: Final = click.Path(path_type=Path, dir_okay=False)
"""A file that may be written."""
FOLDER: Final = click.Path(path_type=Path, file_okay=False)
