"""The way to a Dask scheduler, or to one that is started for a single build."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lessonpress.errors import UsageError
from lessonpress.render.pool import uninterrupted

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local:"
CONNECT_SECONDS = 8.0
"""So long a scheduler has to answer, and its first worker to be there."""
CLOSE_SECONDS = 2.0
_NOTHING = logging.CRITICAL + 1
"""The level of a log that tells nothing."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_open(address: str) -> bool:
    """Whether others on the network can read along."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    return parts.scheme != "tls" and not address.startswith(LOCAL) and parts.hostname not in LOOPBACK


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler at an address, or of one that is started for it."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise UsageError(
            "--cluster needs Dask Distributed: install lessonpress[cluster], here and on every worker"
        ) from None
    wanted = {
        "distributed.comm.timeouts.connect": f"{CONNECT_SECONDS}s",
        # A class set may well be larger than what Dask warns of.
        "distributed.admin.large-graph-warning-threshold": "1GiB",
    }
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(wanted))
        stack.enter_context(_silence())
        where: Any = address
        if address.startswith(LOCAL):
            count = _count(address)
            with uninterrupted():
                where = LocalCluster(
                    n_workers=count,
                    threads_per_worker=1,
                    memory_limit=None,
                    silence_logs=_NOTHING,
                    # Dask serves its state in any case: to this computer, at a free port.
                    dashboard_address="127.0.0.1:0",
                )
            stack.callback(where.close, timeout=CONNECT_SECONDS)
        try:
            if where is address:
                asyncio.run(_knock(address))
            with warnings.catch_warnings():
                # Versions that differ are refused by the greeting, in words of ours.
                warnings.simplefilter("ignore")
                client = Client(where, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError, ImportError) as error:
            hint = "is its scheduler running? `dask scheduler` starts one"
            if address.startswith("tls:"):
                hint += "; are the certificates of Dask's settings its own? See docs/cluster.md"
            raise UsageError(f"--cluster {address} cannot be reached: {one_line(error)}; {hint}") from None
        stack.callback(_closed, client)
        yield client


async def _knock(address: str) -> None:
    """Raise OSError where nobody answers as Dask does.

    Dask itself waits for ever for the greeting of something else that listens there, or of a scheduler that hangs.
    """
    from distributed.comm.core import connect
    from distributed.security import Security

    keys = Security().get_connection_args("client")
    try:
        comm = await asyncio.wait_for(connect(address, timeout=CONNECT_SECONDS, **keys), CONNECT_SECONDS)
    except TimeoutError:
        raise OSError(f"nobody answers within {CONNECT_SECONDS:g} seconds") from None
    await comm.close()


def _count(address: str) -> int:
    number = address.removeprefix(LOCAL)
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 64:
        raise UsageError(f"--cluster {address}: write {LOCAL} and how many workers, such as {LOCAL}4")
    return int(number)


def _closed(client: Client) -> None:
    with suppress(Exception):  # whatever a vanished scheduler makes of it, this end is done
        client.close(timeout=CLOSE_SECONDS)


def one_line(error: BaseException) -> str:
    """What an exception says, without its line breaks."""
    return " ".join(str(error).split()) or type(error).__name__


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what Dask logs from the teacher, who is told in words of ours."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(_NOTHING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
