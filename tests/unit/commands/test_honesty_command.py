"""The command of honesty checks: it runs the checks that are named, and no others."""

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.honesty import command
from rapprochement_sim.errors import MalformedInput


def test_an_unknown_check_is_refused_with_the_nearest() -> None:
    with pytest.raises(MalformedInput) as caught:
        CliRunner().invoke(command, ["shufle"], standalone_mode=False, catch_exceptions=False)
    assert "'shuffle'" in str(caught.value)


@pytest.mark.slow
def test_checks_that_are_named_are_run() -> None:
    arguments = ["mean-field", "shuffle", "--draws", "32", "--repeats", "2"]
    result = CliRunner().invoke(command, arguments, standalone_mode=False, catch_exceptions=False)
    lines = [line.partition(":")[0] for line in result.output.splitlines() if ": " in line]
    assert lines[0] == "the record as it was"
    assert {"mean-field", "shuffle"} <= set(lines)
    assert "jitter" not in lines
