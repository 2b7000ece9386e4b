#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do the tests notice when a line is wrong? Each fault of the list is put into a copy of the tree, what depends on it is
rebuilt, and the test classes of its folder are run, then the rest of core's, until one fails. CONTRIBUTING.md says when.

A fault is `killed` by the class that fails or ends too late, or has `survived`. Exit code 0: at least 95 % of the faults
are killed and all that the list marks as the method's; 1: not so; 2: the list, the build or the unchanged tree is at fault.
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import queue
import signal
import sys
import threading
import time

import faults as fault_list
from worker import PROGRAMS, Stopped, Worker, files_of

SHARE = 0.95
BUILD_LIMIT = 1200  # seconds for what one fault makes to be compiled
FIRST_BUILD_LIMIT = 4 * 3600


def say(*lines):
    print(*lines, sep="\n", file=sys.stderr, flush=True)


def fingerprint(root):
    """Of everything a result depends on but the fault itself."""
    digest = hashlib.sha256()
    for name in files_of(root):
        if name.startswith(("app/cli/", "core/", "resources/", "tests/core/", "tests/cli/", "tests/golden/", "CMake")):
            digest.update(name.encode() + b"\0" + (pathlib.Path(root) / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def programs_for(faults):
    return {PROGRAMS[test.split(".")[0]] for fault in faults for test in fault.tests} | {PROGRAMS["core"]}


def belongs(name, prefixes):
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def order_of(fault, seconds, rest):
    """The folder's own classes, the quickest first, then core's others; of cli only what the list names."""
    quick = sorted(seconds, key=lambda name: seconds[name])
    own = [name for name in quick if belongs(name, fault.tests)]
    others = [name for name in quick if name.startswith("core.") and name not in own]
    return own + (others if rest else [])


def prepare(worker, programs):
    """A copy that is built; returns what went wrong."""
    worker.sync()
    for what, (code, text, seconds) in (("configuring", worker.configure()),
                                        ("building", worker.make(programs, FIRST_BUILD_LIMIT))):
        if code != 0:
            return f"{what} failed:\n{text[-4000:]}"
    say(f"{worker.tree}: built in {seconds:.0f} s")
    return None


def baseline(worker, programs, wanted):
    """Seconds of every class on the unchanged tree, which must pass; and those that do not."""
    seconds, failed = {}, []
    for program in sorted(programs):
        for name in worker.classes(program):
            if not name.startswith("core.") and not belongs(name, wanted):
                continue
            passed, text, took = worker.test(name, 1800)
            seconds[name] = took
            if not passed:
                failed.append(f"{name} {'fails' if passed is False else 'does not end'}:\n{text[-2000:]}")
    return seconds, failed


def limit_for(seconds):
    return max(60, 10 * seconds)


def try_fault(worker, fault, programs, seconds, rest):
    """One line of the results."""
    started = time.monotonic()
    record = {"name": fault.name, "key": fault.key, "room": fault.room, "method": fault.method}

    def done(result, by="", detail=""):
        record.update(result=result, by=by, detail=detail, seconds=round(time.monotonic() - started, 1))
        return record

    original = worker.original(fault.file)
    worker.put(fault.file, fault.applied(original))
    try:
        code, text, _ = worker.make(programs, BUILD_LIMIT)
        if code is None:
            return done("timed out", "the build")
        if code != 0:
            errors = [line for line in text.splitlines() if "error" in line]
            return done("does not compile", detail="\n".join(errors[:3]) or text[-600:])
        for name in order_of(fault, seconds, rest):
            passed, text, _ = worker.test(name, limit_for(seconds[name]))
            if passed is None:
                return done("timed out", name)
            if not passed:
                failures = [line for line in text.splitlines() if line.startswith(("FAIL!", "QFATAL"))]
                return done("killed", name, failures[0][:200] if failures else "ended abnormally")
        return done("survived")
    finally:
        worker.put(fault.file, original)


def read_results(path, faults, stamp=None, retry=False):
    """The newest record of each fault as it now stands: of this state of the tree, or of any without `stamp`. `retry`
    trusts what was killed in any state, because tests are added rather than taken away, and leaves out the rest."""
    keys, records = {fault.name: fault.key for fault in faults}, {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        try:
            record = json.loads(line)
        except ValueError:
            continue  # cut off while it was written
        if keys.get(record["name"]) == record["key"] and (retry or stamp in (None, record["stamp"])):
            records[record["name"]] = record
    return {n: r for n, r in records.items() if not retry or is_killed(r)}


def is_killed(record):
    return record["result"] in ("killed", "timed out")


def table(faults, records):
    """Text, and whether the rule is kept."""
    lines, rooms = [], collections.OrderedDict()
    for fault in faults:
        record = records.get(fault.name)
        if record:
            rooms.setdefault(fault.room, []).append((fault, record))
    everything = [pair for pairs in rooms.values() for pair in pairs]

    def row(title, pairs):
        killed = sum(is_killed(record) for _, record in pairs)
        share = f"{100 * killed / len(pairs):5.1f} %" if pairs else "    -  "
        lines.append(f"  {title:<14} {killed:>4} of {len(pairs):<4} {share}")
        return killed

    lines.append("Killed:")
    for room, pairs in rooms.items():
        row(room, pairs)
    total = row("all", everything)
    method = [pair for pair in everything if pair[0].method]
    kept = total >= SHARE * len(everything) and row("the method's", method) == len(method)
    for title, result in (("Survived:", "survived"), ("Do not compile, mend the list:", "does not compile")):
        some = [pair for pair in everything if pair[1]["result"] == result]
        if some:
            lines.append(title)
        for fault, record in some:
            reason = fault.equivalent or record["detail"] or "no reason is known: " + fault.breaks
            lines.append(f"  {fault.name}{' (method)' if fault.method else ''}: {reason}")
        kept = kept and not (some and result == "does not compile")
    missing = len(faults) - len(everything)
    if missing:
        lines.append(f"Not tried yet: {missing}")
    return "\n".join(lines), kept


def work(worker, programs, tasks, finish, first):
    try:
        if not first:
            problem = prepare(worker, programs)
            if problem:
                say(problem)
                return
        while True:
            finish(worker, tasks.get_nowait())
    except (queue.Empty, Stopped):
        pass


def run(options, faults):
    folder = pathlib.Path(options.work).resolve()
    if folder.is_relative_to(fault_list.ROOT) and not folder.is_relative_to(fault_list.ROOT / "build"):
        say(f"--work is {folder}, a part of the tree that is copied. Choose a folder outside of it, or in build.")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    results = pathlib.Path(options.results) if options.results else folder / "results.jsonl"
    stamp, programs = fingerprint(fault_list.ROOT), programs_for(faults)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    each = max(1, cores // options.jobs)
    like = options.like or fault_list.ROOT / "build" / "release"
    workers = [Worker(fault_list.ROOT, folder / str(i), each, like, options.cmake) for i in range(options.jobs)]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        workers[0].jobs = cores  # alone until it is built
        problem = prepare(workers[0], programs)
        workers[0].jobs = each
        if problem:
            say(problem)
            return 2
        known = folder / "baseline.json"
        first = json.loads(known.read_text()) if known.is_file() else {}
        wanted = sorted({test for fault in faults for test in fault.tests})
        resume = options.resume or options.retry
        if not resume or first.get("stamp") != stamp or not set(wanted) <= set(first["tests"]):
            say("The unchanged tree:")
            seconds, failed = baseline(workers[0], programs, wanted)
            if failed or not seconds:
                say("The unchanged tree does not pass; nothing can be learnt from faults.", *failed)
                return 2
            first = {"stamp": stamp, "tests": wanted, "seconds": seconds}
            known.write_text(json.dumps(first, indent=1))
            say(f"passes: {len(seconds)} classes in {sum(seconds.values()):.0f} s")
        records = read_results(results, faults, stamp, options.retry) if resume else {}
        tasks, lock = queue.Queue(), threading.Lock()
        for fault in faults:
            if fault.name not in records:
                tasks.put(fault)
        to_go = tasks.qsize()

        def finish(worker, fault):
            nonlocal to_go
            record = try_fault(worker, fault, programs, first["seconds"], not options.room_only)
            record["stamp"] = stamp
            with lock:
                records[fault.name] = record
                with open(results, "a", encoding="utf-8") as stream:
                    stream.write(json.dumps(record) + "\n")
                to_go -= 1
                say(f"{record['result']:<16} {fault.name}  {record['by']}  {record['seconds']:.0f} s  ({to_go} to go)")

        threads = [threading.Thread(target=work, args=(w, programs, tasks, finish, i == 0), daemon=True)
                   for i, w in enumerate(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(0.5)
    except KeyboardInterrupt:
        for worker in workers:
            worker.stop()
        say("Stopped; --resume goes on.")
        return 130
    text, kept = table(faults, records)
    print(text)
    return 0 if kept and len(records) == len(faults) else 1


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="names or globs ('train.*'); all without any")
    parser.add_argument("--list", action="store_true", help="print the list, try nothing")
    parser.add_argument("--check", action="store_true", help="only look whether every old text occurs exactly once")
    parser.add_argument("--report", action="store_true", help="only print the table of the results so far")
    parser.add_argument("--work", default=str(fault_list.ROOT / "build" / "mutation"),
                        help="copies, their build folders and results; kept, so that a second run compiles little")
    parser.add_argument("--results", help="JSON lines to append to (default: results.jsonl in --work)")
    parser.add_argument("--like", help="a build folder whose LibTorch and grouping are taken (default: build/release)")
    parser.add_argument("--jobs", type=int, default=1, help="copies at work at a time; each needs 2 GB of memory")
    parser.add_argument("--resume", action="store_true", help="leave out what the results hold for this state of the tree")
    parser.add_argument("--retry", action="store_true",
                        help="leave out what was killed in any state of the tree: after tests were added")
    parser.add_argument("--room-only", action="store_true", help="no other classes than those of the fault's folder")
    parser.add_argument("--cmake", action="append", default=[], metavar="-DKEY=VALUE", help="more for CMake")
    options = parser.parse_args(arguments)
    everything, problems = fault_list.read_list()
    problems += fault_list.check(everything)
    if problems:
        say(f"{len(problems)} of the list's faults must be anchored again:", *("  " + p for p in problems))
        return 2
    if options.check:
        methods = sum(fault.method for fault in everything)
        print(f"{len(everything)} faults, {methods} of them the method's; every old text occurs exactly once.")
        return 0
    faults = fault_list.chosen(everything, options.names)
    if not faults or options.jobs < 1:
        say("No fault has such a name; --list prints them." if not faults else "--jobs must be at least 1.")
        return 2
    if options.list:
        for fault in faults:
            print(f"{fault.name:<44} {'method  ' if fault.method else '        '}{fault.breaks}")
        return 0
    if options.report:
        path = pathlib.Path(options.results or pathlib.Path(options.work) / "results.jsonl")
        records, stamp = read_results(path, faults), fingerprint(fault_list.ROOT)
        text, kept = table(faults, records)
        print(text)
        old = sum(record["stamp"] != stamp for record in records.values())
        if old:
            print(f"Tried in another state of the tree: {old}")
        return 0 if kept else 1
    return run(options, faults)


if __name__ == "__main__":
    sys.exit(main())
