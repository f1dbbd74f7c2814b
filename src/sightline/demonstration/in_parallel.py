"""Work shared between a few processes of our own, each telling what it has finished; none outlives the asker."""

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from django.db import connections

HANDS = min(2, os.cpu_count() or 1)
NICE = 5
"""Pages come first: whoever looks at the site while history loads should not feel it."""


class HandFailed(RuntimeError):
    """A process that shared the work ended without finishing; what it said is on standard error."""


def shared_out[Item](items: Sequence[Item], do: Callable[[Item], None]) -> Iterator[Item]:
    """Do every item, the first ones first, and give each as it is finished. Raises HandFailed.

    One item is done here: a process for it would cost more than it saves.
    """
    if len(items) == 1:
        do(items[0])
        yield items[0]
        return
    connections.close_all()  # a connection must not be shared by two processes
    context = get_context("fork")
    hands: dict[Connection, Any] = {}
    for place in range(min(HANDS, len(items))):
        reader, writer = context.Pipe(duplex=False)
        hand = context.Process(
            target=_work, args=(list(enumerate(items))[place::HANDS], do, writer, os.getpid()), daemon=True
        )
        hand.start()
        writer.close()
        hands[reader] = hand
    try:
        yield from _finished(items, hands)
    finally:
        for hand in hands.values():
            hand.terminate()
            hand.join()


def _finished[Item](items: Sequence[Item], hands: dict[Connection, Any]) -> Iterator[Item]:
    left = len(items)
    while left:
        for reader in wait(list(hands)):
            try:
                place = cast(Connection, reader).recv()
            except EOFError:
                hands.pop(cast(Connection, reader)).join()
                if not hands:
                    raise HandFailed(f"{left} of {len(items)} parts were not finished.") from None
                continue
            left -= 1
            yield items[place]


def _work[Item](mine: Sequence[tuple[int, Item]], do: Callable[[Item], None], writer: Connection, parent: int) -> None:
    os.nice(NICE)
    for place, item in mine:
        if os.getppid() != parent:
            return
        do(item)
        writer.send(place)
