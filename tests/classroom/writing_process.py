"""A process that writes a class until it is killed, and says what was acknowledged.

Started as ``python -m tests.classroom.writing_process FILE``: four threads of one person
each send messages under keys of their own; a key is printed once its answer has come.
"""

import sys
from pathlib import Path
from threading import Lock, Thread

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.writer import ClassWriter
from tests.classroom.made import SEATS, open_writer, seat_people

N_THREADS = 4
_out = Lock()


def keys() -> list[tuple[int, str]]:
    """List the thread and key of every message, in the sequence of each thread."""
    return [(thread, f"{thread}-{n}") for thread in range(N_THREADS) for n in range(50)]


def write(writer: ClassWriter, thread: int) -> None:
    """Send the messages of one person, each after the one before is acknowledged."""
    for of, key in keys():
        if of == thread:
            writer.submit(commands.Say(key, ()), by=thread + 1, key=key).result()
            with _out:
                sys.stdout.write(f"{key}\n")
                sys.stdout.flush()


def main(path: Path) -> None:
    """Write until all is written or the process is killed."""
    writer = open_writer(path)
    for thread in range(len(writer.state.persons), N_THREADS):
        seat_people(writer, f"P{thread}", seat=SEATS[thread])
    threads = [Thread(target=write, args=(writer, thread)) for thread in range(N_THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    writer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
