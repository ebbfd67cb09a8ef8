"""``rapprochement doctor``: whether all is well on this machine."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import click

OLDEST_PYTHON = (3, 11)
SMALLEST_SCREEN = (80, 24)
UNFINISHED = 1


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ``advice`` is empty if it is well."""

    what: str
    found: str
    advice: str = ""
    is_fatal: bool = False


@click.command("doctor", epilog="\b\nExample:\n  rapprochement doctor --json\n")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(as_json: bool) -> int:
    """See whether all is well on this machine.

    Ends with status 1 if something here keeps the game or the model from working.
    """
    findings = [*_software(), _cores(), *_folders(), *_terminal(), *_model()]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in findings], indent=1))
    else:
        for each in findings:
            mark = "ok  " if not each.advice else "FAIL" if each.is_fatal else "note"
            click.echo(f"{mark}  {each.what + ':':<22} {each.found}")
            if each.advice:
                click.echo(f"      {each.advice}")
    return UNFINISHED if any(each.is_fatal for each in findings) else 0


def _software() -> list[Finding]:
    from rapprochement_sim.experiments.versions import PACKAGES, code_hash, code_version, versions

    is_old = sys.version_info[:2] < OLDEST_PYTHON
    found = versions()
    advice = "Python 3.11 or newer is needed." if is_old else ""
    return [
        Finding("rapprochement", f"{code_version()}, code {code_hash()[:12]}"),
        Finding("Python", f"{found['python']} on {platform.platform(terse=True)}", advice, is_old),
        Finding("packages", ", ".join(f"{name} {found[name]}" for name in PACKAGES)),
    ]


def _cores() -> Finding:
    from rapprochement_sim.experiments.runs import usable_cores

    return Finding("cores", f"{usable_cores()} usable of {os.cpu_count()}, {platform.machine()}")


def _folders() -> list[Finding]:
    places = {"folder for results": Path.cwd(), "temporary folder": Path(tempfile.gettempdir())}
    return [_folder(what, path) for what, path in places.items()]


def _folder(what: str, path: Path) -> Finding:
    free = f"{shutil.disk_usage(path).free / 1e9:.1f} GB free"
    try:
        with tempfile.NamedTemporaryFile(dir=path):
            return Finding(what, f"{path}, {free}")
    except OSError as error:
        advice = f"It cannot be written to ({error.strerror}): run from another folder."
        return Finding(what, f"{path}, {free}", advice)


def _terminal() -> list[Finding]:
    size = shutil.get_terminal_size()
    is_terminal = sys.stdout.isatty()
    is_small = size.columns < SMALLEST_SCREEN[0] or size.lines < SMALLEST_SCREEN[1]
    small = "The screens want 80 x 24; `play --plain` needs no size." if is_small else ""
    encoding = (sys.stdout.encoding or "unknown").lower()
    is_unicode = encoding.replace("-", "") == "utf8"
    ascii_only = "" if is_unicode else "Set the locale to UTF-8, or some signs become '?'."
    kind = f"{size.columns} x {size.lines}" if is_terminal else "none: output is piped"
    return [
        Finding("terminal", kind, small if is_terminal else ""),
        Finding("colour", _colour()),
        Finding("unicode", encoding, ascii_only),
    ]


def _colour() -> str:
    if os.environ.get("NO_COLOR"):
        return "off (NO_COLOR is set)"
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million colours"
    return f"as TERM={os.environ.get('TERM', 'unset')} has them"


def _model() -> list[Finding]:
    from rapprochement_sim.errors import RapprochementError
    from rapprochement_sim.model import RapprochementModel, load_case
    from rapprochement_sim.scenario.loading import list_scenarios

    names = list_scenarios()
    if not names:
        return [Finding("scenarios", "none", "The installation is incomplete.", is_fatal=True)]
    findings = [Finding("scenarios", ", ".join(names))]
    try:
        began = time.perf_counter()
        case = load_case(names[0])
        loaded = time.perf_counter() - began
        model = RapprochementModel(case, root_seed=7, runs=range(32), collect=False)
        began = time.perf_counter()
        while not model.is_over:
            model.step()
        stepped = time.perf_counter() - began
    except RapprochementError as error:
        return [*findings, Finding("model", "does not start", str(error), is_fatal=True)]
    rate = model.n_lanes * model.turn / stepped
    return [
        *findings,
        Finding("model", f"{names[0]} loads in {loaded:.1f} s and steps {model.turn} turns"),
        Finding("speed", f"{rate:,.0f} run-turns a second on one core"),
    ]
