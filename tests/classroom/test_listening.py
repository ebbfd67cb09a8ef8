"""The socket of a class: what is answered leaves at once."""

import asyncio
import socket

from rapprochement_sim.classroom.web.serving import Place, listening


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
