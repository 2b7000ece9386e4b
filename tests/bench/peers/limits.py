# SPDX-License-Identifier: GPL-3.0-or-later
"""A time that ends work wherever it is, compilers included, and faults in one sentence."""
import contextlib
import math
import signal
import time


class OutOfTime(BaseException):
    """No Exception: a compiler that falls back to something else upon any of those must not swallow it."""


class OutOfMemory(Exception):
    pass


class Fault(Exception):
    pass


class Clock:
    def __init__(self, seconds=0):
        """`seconds` from now on; 0 is for ever."""
        self.end = time.monotonic() + seconds if seconds else math.inf

    def left(self):
        return self.end - time.monotonic()


@contextlib.contextmanager
def time_limit(seconds):
    """Raises OutOfTime inside the block after that time. Not to be nested; in the main thread only."""
    if seconds == math.inf:
        yield
        return
    if seconds <= 0:
        raise OutOfTime

    def ring(signum, frame):
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def sentence(fault):
    """One line that fits into a table."""
    if isinstance(fault, OutOfTime):
        return "no time"
    text = str(fault).strip()
    if isinstance(fault, Fault):
        return text
    if isinstance(fault, OutOfMemory) or "out of memory" in text:
        return "not enough memory"
    return f"{type(fault).__name__}: {text.splitlines()[0][:160]}" if text else type(fault).__name__
