"""The socket of a class: answers leave at once, and without a socket no class is begun."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapprochement_sim.classroom.web.serving import Place, listening
from rapprochement_sim.commands.host import command
from rapprochement_sim.errors import OutputProblem


def test_an_answer_does_not_wait_for_more_to_send() -> None:
    async def delays_nothing() -> bool:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def came(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            theirs = writer.get_extra_info("socket")
            found.set_result(theirs.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with listening(Place()) as opened:
            async with await asyncio.start_server(came, sock=opened):
                _, writer = await asyncio.open_connection(*opened.getsockname())
                is_set = bool(await found)
                writer.close()
                await writer.wait_closed()
        return is_set

    assert asyncio.run(delays_nothing())


def test_a_taken_port_is_refused_before_a_class_is_made(tmp_path: Path) -> None:
    path = tmp_path / "c.class"
    with listening(Place()) as taken:
        port = str(taken.getsockname()[1])
        found = CliRunner().invoke(
            command, ["sandbox", "--class", str(path), "--port", port, "--bind", "127.0.0.1"]
        )
    assert isinstance(found.exception, OutputProblem)
    assert f"port {port}" in found.exception.what
    assert "--port" in found.exception.todo
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="it counts its lines otherwise")
@pytest.mark.parametrize(("most", "allowed"), [(8192, 4096), (1000, 1000)])
def test_a_large_class_finds_a_line_for_every_page(most: int, allowed: int) -> None:
    program = (
        "import resource\n"
        "from rapprochement_sim.classroom.web.serving import allow_many_lines\n"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, (256, {most}))\n"
        "for _ in range(2):\n"
        "    allow_many_lines()\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE))\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout.decode().strip() == f"({allowed}, {most})"
