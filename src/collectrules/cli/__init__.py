"""The command `collectrules`: one file a command under `commands`, each loaded when it is used."""

from __future__ import annotations

import gc
import os
import sys
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Final, NoReturn, TextIO

import click

from collectrules._version import __version__
from collectrules.cli import commands
from collectrules.cli.command_folder import CommandFolder
from collectrules.cli.exit_codes import CLEAN, INTERNAL_FAULT, WRONG_INPUT
from collectrules.ground.errors import CollectrulesError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMPLETING: Final = "_COLLECTRULES_COMPLETE"  # the variable by which a shell asks click for completions
_INTERRUPTED: Final = 130  # what a shell reports for a program that was stopped with Ctrl-C
_BROKEN_PIPE: Final = 141  # what a shell reports for a program whose reader went away

_OBJECTS_BETWEEN_COLLECTIONS: Final = 250_000
"""Rules and expressions are many objects that all stay: looking through them for rubbish took a fifth of a check."""


class _Commands(CommandFolder):
    """The files of `commands`."""

    folder = commands


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Not legal advice: an allow says that no encoded rule forbids the act, not that the act is compliant.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--without-plugin",
    "without_plugins",
    metavar="NAME",
    multiple=True,
    help="Leave an installed plugin out, by its name or its package's; every verdict then says so. May be repeated.",
)
def cli(without_plugins: tuple[str, ...]) -> None:
    """Ask before you act on an unpaid debt: allow, deny or review, with the law cited.

    \b
    Example:
      collectrules check case.yaml
    """
    from collectrules.ground import switches

    switches.switch_off(dict.fromkeys(without_plugins, "--without-plugin"))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, or those of the process, and return the exit code; never raises."""
    if sys.stderr is None:  # whoever closed it does not want to be told, but wants the exit code
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # as long as the process
    if isinstance(sys.stdout, TextIOWrapper):  # what its encoding lacks, as in a name of a file, is told as JSON has it
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        _tell("cannot write the answer: standard output is closed")
        return WRONG_INPUT
    try:
        result = cli.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="collectrules",
            complete_var=_COMPLETING,
            standalone_mode=False,
        )
        sys.stdout.flush()
    except (click.ClickException, CollectrulesError) as error:
        _tell(error)
        return WRONG_INPUT
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except SystemExit as leaving:
        # click leaves by itself after a completion, and with 1 where the reader is gone: a 1 of ours says denied.
        return leaving.code if isinstance(leaving.code, int) and _COMPLETING in os.environ else _BROKEN_PIPE
    except BrokenPipeError:
        _nowhere(sys.stdout)
        return _BROKEN_PIPE
    except OSError as error:
        # What a file holds is told where it is read; this is the machine: a full disk, a right that is missing.
        _tell(f"cannot read or write {error.filename or 'the answer'}: {(error.strerror or str(error)).lower()}")
        return WRONG_INPUT
    except Exception as error:  # noqa: BLE001  # the last resort: a fault must never look like an answer
        _tell_fault(error)
        return INTERNAL_FAULT
    return result if isinstance(result, int) else CLEAN


def main() -> NoReturn:
    """The entry point of the console script."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    result = run()
    gc.freeze()  # what is left goes with the process: to look through it for circles takes a sixth of a single check
    sys.exit(result)


def _tell_fault(error: Exception) -> None:
    if os.environ.get("COLLECTRULES_TRACEBACK"):
        import traceback

        more = "".join(traceback.format_exception(error)).removesuffix("\n")
    else:
        more = "    nothing was decided; set COLLECTRULES_TRACEBACK=1 for the details and report this"
    _tell(f"collectrules: internal fault: {type(error).__name__}: {error}\n{more}")


def _tell(what: object) -> None:
    """The last word on standard error; where it cannot be written the exit code still says what it says."""
    from collectrules.cli import messages

    if isinstance(what, click.ClickException):
        with StringIO() as shown:
            what.show(shown)
            what = shown.getvalue().removesuffix("\n")
    try:
        messages.tell(what)
    except OSError:
        _nowhere(sys.stderr)


def _nowhere(stream: TextIO) -> None:
    """Give the interpreter somewhere to flush what is left, or it complains on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
