# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of a check with a time each, the programs that they run, and the file that holds what is known so far."""
import atexit
import concurrent.futures
import contextlib
import json
import os
import pathlib
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections import namedtuple

from limits import Clock
from verdicts import FAILED, LEFT_OUT, PASSED, report, status_of

Outcome = namedtuple("Outcome", "code out err seconds")


class LeftOut(Exception):
    """There is no time for it, or nothing to do it with; the text says so."""


class Failed(Exception):
    def __init__(self, message, figures=None):
        super().__init__(message)
        self.figures = figures or {}


def usable_cores():
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    return int(wanted) if wanted.isdigit() and int(wanted) > 0 else len(os.sched_getaffinity(0))


def said(outcome):
    """The sentence among what a program said: its own complaint, or else its last line."""
    lines = [line.strip() for line in (outcome.err or outcome.out).splitlines() if line.strip()]
    own = [line for line in lines if line.startswith(("thaw-cli:", "thaw:"))]
    return (own or lines[-1:] or ["nothing"])[0][:400]


running, stopping = set(), threading.Event()


def end(process):
    """The program and what it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def stop():
    """Ends all of them, and none is started any more."""
    stopping.set()
    for process in list(running):
        end(process)


atexit.register(stop)


class Part:
    """Checks that share a time. Those that are given together run side by side. `patience` is a factor on the limits of the
    programs, which are those of a machine that is not slow."""

    def __init__(self, results, name, seconds, workers, patience=1):
        self.results, self.clock, self.workers, self.patience = results, Clock(seconds), workers, patience
        self.started, self.lock = time.monotonic(), threading.Lock()
        self.record = {"name": name, "status": "begun", "seconds": 0.0, "checks": []}
        results.content["parts"].append(self.record)

    def start(self, command, env=None):
        """A group of its own, so that all of it can be ended; the cores are shared among those that run side by side."""
        if stopping.is_set():
            raise LeftOut("stopped")
        threads = {"OMP_NUM_THREADS": str(max(1, usable_cores() // self.workers))}
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
                                   env={**os.environ, **threads, **(env or {})})
        running.add(process)
        return process

    def wait(self, process, limit, what):
        limit *= self.patience
        allowed, started = min(limit, self.clock.left()), time.monotonic()
        try:
            out, err = process.communicate(timeout=max(0, allowed))
        except subprocess.TimeoutExpired:
            end(process)
            process.communicate()
            if allowed < limit:
                raise LeftOut("no time") from None
            raise Failed(f"There was no end within {limit} s: {what}") from None
        finally:
            running.discard(process)
        return Outcome(process.returncode, out, err, time.monotonic() - started)

    def run(self, command, limit=60, env=None):
        if self.clock.left() < 1:
            raise LeftOut("no time")
        return self.wait(self.start(command, env), limit, shlex.join(str(word) for word in command))

    def done(self, command, limit=60, env=None):
        """The same, of a program that has to succeed."""
        outcome = self.run(command, limit, env)
        if outcome.code != 0:
            words = shlex.join(str(word) for word in command[1:])
            raise Failed(f"It ended with {outcome.code} and said: {said(outcome)} ({words})")
        return outcome

    def check(self, name, work):
        """`work` returns figures, or raises what is wrong."""
        started = time.monotonic()
        try:
            figures = work() or {}
        except LeftOut as fault:
            return self.note(name, LEFT_OUT + str(fault), "", {}, started)
        except Exception as fault:  # whatever is wrong with one check, the others go on
            return self.fail(name, fault, started)
        return self.note(name, PASSED, "", figures, started)

    def fail(self, name, fault, started=None):
        text = str(fault) if isinstance(fault, Failed) else f"{type(fault).__name__}: {fault}"
        return self.note(name, FAILED, text, getattr(fault, "figures", {}), started or time.monotonic())

    def note(self, name, status, message, figures, started):
        with self.lock:
            self.record["checks"].append({"name": name, "status": status, "message": message, "figures": figures,
                                          "seconds": round(time.monotonic() - started, 2)})
            self.results.write()
            print(f"  {status}: {name}" + (f": {message}" if message else ""), file=sys.stderr, flush=True)
        return status == PASSED

    def together(self, checks):
        with concurrent.futures.ThreadPoolExecutor(self.workers) as pool:
            list(pool.map(lambda item: self.check(*item), checks.items()))

    def gather(self, works):
        """Name -> Future, all of them done: what is wrong with one is raised where its result is asked for."""
        with concurrent.futures.ThreadPoolExecutor(self.workers) as pool:
            return {name: pool.submit(work) for name, work in works.items()}

    def failed(self):
        return any(check["status"] == FAILED for check in self.record["checks"])

    def leave_out(self, reason):
        self.record["status"] = LEFT_OUT + reason
        self.results.write()

    def finish(self):
        self.record["seconds"] = round(time.monotonic() - self.started, 1)
        self.record["status"] = status_of(self.record["checks"])
        self.results.write()


class Results:
    """results.json and table.md, written anew whenever something is known."""

    def __init__(self, folder, options):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.content = {"started": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "options": options, "summary": "", "parts": []}

    def states(self):
        """Of the checks, and of the parts that have none."""
        for part in self.content["parts"]:
            yield from [check["status"] for check in part["checks"]] or [part["status"]]

    def failed(self):
        return FAILED in self.states()

    def left_out(self, but):
        """Whether a part was, other than that one."""
        return any(part["status"].startswith(LEFT_OUT) for part in self.content["parts"] if part["name"] != but)

    def write(self):
        states = list(self.states())
        left = sum(state.startswith(LEFT_OUT) for state in states)
        self.content["summary"] = f"{states.count(PASSED)} passed, {states.count(FAILED)} failed, {left} left out."
        for name, text in (("results.json", json.dumps(self.content, indent=1) + "\n"),
                           ("table.md", report(self.content))):
            part = self.folder / (name + ".part")
            part.write_text(text, encoding="utf-8")
            part.replace(self.folder / name)
