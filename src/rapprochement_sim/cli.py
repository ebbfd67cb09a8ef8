"""The command line: it finds the command that was asked for, and says errors plainly."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module

import click

from rapprochement_sim.errors import OutputProblem, RapprochementError, nearest_name

COMMANDS = {
    "play": "Play a game, one seat or several.",
    "host": "Let a class play together, in browsers.",
    "join": "Take a seat of a class, in the terminal.",
    "run": "Run many worlds and say what they have in common.",
    "replay": "Replay a saved game, and check it turn by turn.",
    "debrief": "Look back on a game: turning points, luck, who decided.",
    "open": "Open a run of a study: read it page by page, or play on.",
    "fork": "Run the futures of a game from a turn, alternatives side by side.",
    "compare": "Compare two scenarios, studies or games under the same chance.",
    "ablate": "Switch mechanisms off: what does each contribute?",
    "draws": "Run a scenario under draws of a posterior.",
    "hindcast": "Run the record freely and hold it against surveys.",
    "patterns": "Check stylised facts on the record: passed, failed, by how much.",
    "honesty": "Vary what happened and see what becomes of the skill.",
    "calibrate": "Fit the effective parameters to surveys.",
    "scenarios": "List the scenarios that come along.",
    "validate": "Check a scenario or a rule file.",
    "explain": "Explain a name of the rules, with numbers and sources.",
    "cite": "Print the references of a scenario, or count what is assumed.",
    "conflicts": "List where the sources disagree, with both readings.",
    "schema": "Print the JSON Schema of scenario or rule files, for editors.",
    "new": "Start a scenario or an action of one's own.",
    "doctor": "See whether all is well on this machine.",
}

CLEAN, UNFINISHED, REFUSED, INTERRUPTED = 0, 1, 2, 130


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, and not for ``--help``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"rapprochement_sim.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands with a line each, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one is near."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest_name(args[0], COMMANDS)
            hint = f" Did you mean '{near}'?" if near else f" There are: {', '.join(COMMANDS)}."
            message = f"There is no command '{args[0]}'.{hint}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001
    if value:
        from importlib.metadata import version

        click.echo(f"rapprochement {version('rapprochement-sim')}")
        ctx.exit()


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Start with `rapprochement play`, or `rapprochement run rekindled_2023 --runs 200`.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and end.",
)
def commands() -> None:
    """Seoul and Tokyo between old quarrels and new dangers: a game and an instrument."""


def main() -> None:
    """Run the command line and end the process with its status.

    0 all is well; 1 something could not be finished; 2 refused, with one message;
    130 stopped by Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        status = commands.main(prog_name="rapprochement", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # impatience must not look like a crash
        click.echo("Stopped.", err=True)
        status = INTERRUPTED
    except RapprochementError as error:
        click.echo(str(error), err=True)
        status = REFUSED
    except BrokenPipeError:
        _flush_or_drop()
        status = UNFINISHED
    except OSError as error:
        click.echo(str(_refused_by_machine(error)), err=True)
        _flush_or_drop()
        status = REFUSED
    except MemoryError:
        click.echo("There is not enough memory for this.", err=True)
        status = REFUSED
    sys.exit(status if isinstance(status, int) else CLEAN)


def _refused_by_machine(error: OSError) -> OutputProblem:
    """Say of a place that nobody looked after, and of a full standard output, what it was."""
    where = str(error.filename or "standard output")
    what = f"this cannot be read or written ({error.strerror or error})"
    return OutputProblem(what, where=where, todo="Name another place, or make room there.")


def _flush_or_drop() -> None:
    """Write what is left, or let Python, when it ends, write it into nothing."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
