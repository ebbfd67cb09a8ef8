"""A fuzzer guided by coverage, over the loaders and the save parser.

    python -m tests.soak.fuzz TARGET N_EXECUTIONS [SEED]

Whatever the bytes are, the only error is one of ours. Anything else, and whatever takes longer
than ten seconds, ends the process, with the bytes in a file ``rapprochement-fuzz-*`` of the
folder for temporary files.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rapprochement_sim", "yaml"]):
    from rapprochement_sim.errors import RapprochementError
    from rapprochement_sim.experiments.manifest import MANIFEST_FILE, Manifest
    from rapprochement_sim.game.journal_files import read_journal
    from rapprochement_sim.game.journal_text import checksum
    from rapprochement_sim.scenario.loading import load_rules, validate_file

SECONDS_AT_MOST = 10
TESTS = Path(__file__).parents[1]
SMALL = TESTS / "unit" / "scenario" / "small"


def _write(place: Path, data: bytes) -> Path:
    place.write_bytes(data)
    return place


def _sealed(data: bytes) -> bytes:
    """Close a save with the checksum that fits, so that what stands inside is looked at."""
    lines = data.decode("utf-8", "replace").replace("\r", "").split("\n")
    closing = {"lines": len(lines), "sha256": checksum(lines)}
    return "\n".join([*lines, json.dumps(closing)]).encode() + b"\n"


def targets(folder: Path) -> dict[str, tuple[Callable[[bytes], object], list[bytes]]]:
    """Return what can be fuzzed: a function of bytes, and the bytes to start from."""
    from tests.unit.game.test_journal_text import TEXT  # noqa: PLC0415 - only the save needs it

    rules = load_rules(SMALL / "rules")
    broken = [path.read_bytes() for path in sorted((TESTS / "broken_yaml/files").iterdir())]
    shipped = [path.read_bytes() for path in sorted(SMALL.rglob("*.yaml"))]
    manifest = (TESTS / "analyst" / "manifest_of_old_rules.json").read_bytes()
    body = TEXT.encode().rstrip(b"\n").rpartition(b"\n")[0]
    file, save = folder / "scenario.yaml", folder / "save"
    return {
        "yaml": (lambda data: validate_file(_write(file, data), rules), [*broken, *shipped]),
        "save": (lambda data: read_journal(_write(save, data)), [TEXT.encode()]),
        "sealed": (lambda data: read_journal(_write(save, _sealed(data))), [body]),
        "manifest": (lambda data: _manifest(folder, data), [manifest]),
    }


def _manifest(folder: Path, data: bytes) -> None:
    _write(folder / MANIFEST_FILE, data)
    Manifest.read(folder)


def _refusing(target: Callable[[bytes], object]) -> Callable[[bytes], None]:
    def once(data: bytes) -> None:
        with suppress(RapprochementError):
            target(data)

    return once


def _options(folder: Path, executions: str, seed: str) -> Iterator[str]:
    yield sys.argv[0]
    yield f"-runs={executions}"
    yield f"-seed={seed}"
    yield f"-timeout={SECONDS_AT_MOST}"
    yield "-max_len=8192"
    yield "-verbosity=0"
    yield f"-artifact_prefix={tempfile.gettempdir()}/rapprochement-fuzz-"
    yield str(folder)


def main() -> None:
    """Fuzz one target."""
    name, executions, *seed = sys.argv[1:]
    folder = Path(tempfile.mkdtemp())  # the fuzzer ends the process: nothing could clear it away
    work, corpus = folder / "work", folder / "corpus"
    work.mkdir()
    corpus.mkdir()
    target, starts = targets(work)[name]
    for number, start in enumerate(starts):
        (corpus / str(number)).write_bytes(start)
    atheris.Setup(list(_options(corpus, executions, *(seed or ["1"]))), _refusing(target))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
