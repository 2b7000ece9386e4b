# SPDX-License-Identifier: GPL-3.0-or-later
"""From the start of the window's program to its window, its first picture and its samples, under a display of its own.

    python3 start_bench.py THAW [--starts 3] [--seconds 6] [--out FILE]

Needs Xvfb, xdotool and ImageMagick. The screen is looked at as quickly as it can be copied (about six times a second), so times are late by
up to 0.2 s. `window`: it is mapped; `drawn`: the first copy with the window's content; `changes`: every later copy in which more than 1 % of
the screen's bytes differ from the one before, which on the embedded model are the samples of one step and of more. The libraries are in
memory from the second start on; the first is left out.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

DISPLAY = ":77"
SIZE = (1600, 1000)


def quietly(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, **more).stdout


def screen(environment):
    return quietly(["import", "-window", "root", "-depth", "8", "rgb:-"], env=environment)


def start(program, seconds, environment):
    with tempfile.TemporaryDirectory() as home:
        environment = dict(environment, HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home)
        empty = before = screen(environment)
        began = time.perf_counter()
        process = subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = {"window": None, "drawn": None, "changes": []}
        try:
            while time.perf_counter() - began < seconds:
                if found["window"] is None:
                    if quietly(["xdotool", "search", "--onlyvisible", "--name", "Thaw"], env=environment).strip():
                        found["window"] = round(time.perf_counter() - began, 2)
                    continue
                now = screen(environment)
                at = round(time.perf_counter() - began, 2)
                share = sum(a != b for a, b in zip(now, before)) / max(len(now), 1)
                if found["drawn"] is None and now != empty and share > 0.01:
                    found["drawn"] = at
                elif found["drawn"] is not None and share > 0.01:
                    found["changes"].append(at)
                before = now
        finally:
            process.terminate()
            process.wait()
        return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("thaw")
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--out")
    options = parser.parse_args()
    display = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        environment = dict(os.environ, DISPLAY=DISPLAY, QT_QPA_PLATFORM="xcb")
        start(options.thaw, options.seconds, environment)
        starts = [start(options.thaw, options.seconds, environment) for _ in range(options.starts)]
    finally:
        display.terminate()
        display.wait()
    print(json.dumps(starts))
    if options.out:
        named = {"command": f"start_bench.py thaw --starts {options.starts}", "cores": os.cpu_count(), "starts": starts}
        pathlib.Path(options.out).write_text(json.dumps(named, indent=1) + "\n")


if __name__ == "__main__":
    main()
