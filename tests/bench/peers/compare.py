# SPDX-License-Identifier: GPL-3.0-or-later
"""Thaw beside plain PyTorch, workload by workload, in one run: ours, theirs, ours, theirs, ...; the median of each.

    python3 compare.py THAW_CLI [--workload one-step,finetune] [--model builtin|cifar-ddpmpp|...] [--threads 1]

Prints a table and, with --out FILE.json, writes the figures, anew after every row. Peers: eager float32, eager bfloat16
(autocast), and torch.compile where this PyTorch has it (--compiled, or --peers by name), each in the memory layout in which
it is quicker. On CUDA every time is taken after a synchronisation, compilers are warm before anything is timed, the memory
of both sides is what the driver counts, and a batch that does not fit is halved. With --seconds a row for which there is no
time is left out.
"""
import argparse
import json
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import torch

from card import Card
from limits import Clock, Fault, OutOfMemory, OutOfTime, sentence, time_limit
from peer import KINDS, LAYOUTS, in_faster_layout, rate, units_for

MEASURES = ("frechet", "spectra")
# What a compiler must leave of the time, for the row that it belongs to.
RESERVE = 25


def builtin_model():
    """The embedded model's file, in the source tree or beside the program in a bundle."""
    for folder in pathlib.Path(__file__).resolve().parents:
        for place in ("resources/models", "share/thaw/models"):
            file = folder / place / "fashion-mnist/model.safetensors"
            if file.exists():
                return str(file)
    sys.exit("There is no fashion-mnist/model.safetensors in the folders above " + __file__)


class Comparison:
    def __init__(self, options):
        self.options, self.clock = options, Clock(options.seconds)
        self.card = Card(torch.device(options.device))
        self.model = builtin_model() if options.model == "builtin" else options.model
        self.nets = {}

    def titles(self, workload):
        if workload in MEASURES:
            return ["eager fp32"]
        if self.options.peers:
            return self.options.peers.split(",")
        return list(KINDS) if self.options.compiled else ["eager fp32", "eager bf16"]

    def ours(self, workload, precision, batch):
        """One run of `thaw-cli bench`: its result, with the memory of the GPU that it took."""
        o = self.options
        command = [o.cli, "bench", "--workload", workload, "--model", o.model, "--batch", str(batch), "--threads",
                   str(o.threads), "--device", o.device, "--precision", precision, "--json", "--quiet",
                   "--repetitions", "1", "--steps", str(o.units)]
        started, left = time.perf_counter(), self.clock.left()
        try:
            with self.card.watching() as seen:
                done = subprocess.run(command, capture_output=True, text=True, timeout=None if left == math.inf else left)
        except subprocess.TimeoutExpired:
            raise OutOfTime from None
        if done.returncode == 4 and "memory" in done.stderr:
            raise OutOfMemory
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["it said nothing"]
            first = next((text for text in lines if text.startswith("thaw-cli:")), lines[0])
            raise Fault(f"thaw-cli bench ended with {done.returncode}: {first[:300]}")
        result = json.loads(done.stdout)["results"][0]
        return {**result, "gpu_mib": seen["mib"], "process_seconds": time.perf_counter() - started}

    def peer(self, workload, title, batch, known):
        compiled, started = KINDS[title][1], time.perf_counter()
        layouts = list(LAYOUTS)
        if compiled and self.card.cuda:
            # Compiling takes a minute; what is quicker without a compiler is taken for quicker with it.
            eager = known.get(title.replace("compiled", "eager"))
            layouts = [eager.layout if eager else "channels last"]
        with time_limit(self.clock.left() - (RESERVE if compiled else 0)):
            peer = in_faster_layout(workload, self.model, batch, title, layouts, self.card, self.nets,
                                    not self.options.units)
            peer.units = self.options.units or units_for(peer, workload, self.card)
        peer.seconds = time.perf_counter() - started
        return peer

    def peers(self, workload, batch):
        """Those that could be made, and why the others could not."""
        if workload in ("finetune", "pretrain"):
            self.nets.clear()
        made, notes = {}, {}
        for title in self.titles(workload):
            try:
                made[title] = self.peer(workload, title, batch, made)
            except (Exception, OutOfTime) as fault:  # a compiler may fail in any way
                notes[title] = sentence(fault)
            self.card.clear()
        return made, notes

    def rounds(self, workload, precision, batch, peers, mine, notes):
        """Fills `mine`; returns the rates of the others. Time that runs out ends it with the rounds there are."""
        rates = {title: [] for title in peers}
        for turn in range(self.options.rounds):
            try:
                if len(mine) == turn:
                    mine.append(self.ours(workload, precision, batch))
                for title, peer in peers.items():
                    with time_limit(self.clock.left()):
                        rates[title].append(rate(peer, peer.units, self.card))
                    self.card.clear()
            except OutOfTime:
                if not mine:
                    raise
                notes["rounds"] = f"{turn} of {self.options.rounds}, no time"
                break
        return {title: values for title, values in rates.items() if values}

    def measure(self, workload, precision, batch):
        started = time.perf_counter()
        # On a GPU ours goes first, so that memory that does not suffice shows before anybody waits for compilers.
        mine = [self.ours(workload, precision, batch)] if self.card.cuda else []
        peers, notes = self.peers(workload, batch)
        rates = self.rounds(workload, precision, batch, peers, mine, notes)
        return {**self.row(workload, precision, batch, mine, peers, rates), "notes": notes,
                "seconds": {"all": time.perf_counter() - started, "ours": [r["process_seconds"] for r in mine],
                            "making": {title: peer.seconds for title, peer in peers.items()}}}

    def row(self, workload, precision, batch, mine, peers, rates):
        median = {title: statistics.median(values) for title, values in rates.items()}
        value = statistics.median(r["value"] for r in mine)
        ceilings = [r["ceiling"] for r in mine if r["ceiling"]]
        return {"workload": workload, "model": self.options.model, "batch": batch, "precision": precision,
                "r1": workload == "finetune" and not self.options.units,
                "unit": mine[0]["unit"], "ours": value, "low": min(r["value"] for r in mine),
                "high": max(r["value"] for r in mine), "ceiling": statistics.median(ceilings) if ceilings else None,
                "peak_mib": max(r["peak_mib"] for r in mine), "peers": median,
                "layouts": {title: peer.layout for title, peer in peers.items()},
                "ratios": {title: value / peer for title, peer in median.items()},
                "gpu_mib": {"ours": max(r["gpu_mib"] for r in mine), **{t: p.gpu_mib for t, p in peers.items()}}
                if self.card.cuda else None}

    def fitted(self, workload, precision):
        """The row, or why there is none. A batch that does not fit into the GPU's memory is halved, twice at most."""
        batch, what = self.options.batch, {"workload": workload, "model": self.options.model, "precision": precision}
        smallest = batch // 4 if self.card.cuda else batch
        while True:
            try:
                return self.measure(workload, precision, batch)
            except OutOfTime:
                return {**what, "batch": batch, "left_out": "no time"}
            except OutOfMemory as fault:
                if batch // 2 < max(8, smallest):
                    return {**what, "batch": batch, "error": sentence(fault)}
                batch //= 2
            except Fault as fault:
                return {**what, "batch": batch, "error": str(fault)}


def line(row):
    title = f"{row['workload']:<11} {row['precision']}  "
    if "ours" not in row:
        return title + (row.get("error") or "left out: " + row["left_out"])
    share = f"{100 * row['ours'] / row['ceiling']:.0f} % of the ceiling" if row["ceiling"] else ""
    ratios = ", ".join(f"{ratio:.2f} x {title}" for title, ratio in row["ratios"].items())
    notes = "".join(f"; {title}: {note}" for title, note in row["notes"].items())
    return f"{title}{row['ours']:9.4g} {row['unit']}: {ratios}  {share}{notes}"


def write(options, rows, device):
    machine = {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count(),
               "threads": options.threads, "torch": torch.__version__,
               "device": torch.cuda.get_device_name(device) if device.type == "cuda" else cpu_name()}
    result = {"command": " ".join(["compare.py"] + sys.argv[2:]), "machine": machine, "results": rows}
    part = pathlib.Path(options.out + ".part")
    part.write_text(json.dumps(result, indent=1) + "\n")
    part.replace(options.out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli", help="thaw-cli")
    parser.add_argument("--workload", default="finetune,pretrain,one-step,multi-step,spectra,frechet")
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--units", type=int, default=0,
                        help="steps or batches of a round, at most 12, steps of fine-tuning then without R1; 0 = a second's")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", default="fp32,bf16", help="ours, separated by commas")
    parser.add_argument("--compiled", action="store_true")
    parser.add_argument("--peers", help="instead of --compiled: of " + ", ".join(KINDS))
    parser.add_argument("--seconds", type=float, default=0, help="for all rows; 0 = as long as it takes")
    parser.add_argument("--out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.backends.cudnn.benchmark = True
    # Float is float on both sides.
    torch.backends.cudnn.allow_tf32 = False
    comparison, rows = Comparison(options), []
    for workload in options.workload.split(","):
        for precision in options.precision.split(",") if workload not in MEASURES else ["fp32"]:
            rows.append(comparison.fitted(workload, precision))
            print(line(rows[-1]), flush=True)
            if options.out:
                write(options, rows, comparison.card.device)
    return 1 if any("error" in row for row in rows) else 0


def cpu_name():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


if __name__ == "__main__":
    sys.exit(main())
