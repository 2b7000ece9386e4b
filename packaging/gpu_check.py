# SPDX-License-Identifier: GPL-3.0-or-later
"""What gpu-check.sh runs: the checks of Thaw on a GPU, in order of importance, within a given time."""
import argparse
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import sys
import time

import numpy

HERE = pathlib.Path(__file__).resolve().parent
# Beside this file or below a folder above it: a bundle and the source tree hold them in different places.
PEERS = next((place for folder in (HERE, *HERE.parents) for place in
              (folder / "peers", folder / "share/thaw/peers", folder / "tests/bench/peers")
              if (place / "compare.py").is_file()), None)
if PEERS is None:
    sys.exit("error: The folder 'peers' is neither beside gpu_check.py nor in the bundle.\n       Unpack the bundle again.")
sys.path.insert(0, str(PEERS))

from behaviour import behaviour  # noqa: E402
from checks import Failed, LeftOut, Part, Results, end, said, stop, usable_cores  # noqa: E402
from limits import Clock  # noqa: E402
from parity import golden, training  # noqa: E402


class Site:
    """Where everything is, and how much of it is wanted."""

    def __init__(self, options):
        above = [HERE, *HERE.parents]
        bundle = next((f for f in above if (f / "bin/thaw-cli").is_file() and (f / "share/thaw").is_dir()), None)
        source = next((f for f in above if (f / "tests/golden").is_dir() and (f / "resources").is_dir()), None)
        if not (bundle or source):
            sys.exit("error: This is neither a bundle nor the source tree.\n"
                     "       Unpack the bundle and start its gpu-check.sh.")
        self.cli = pathlib.Path(options.cli or (bundle or source / "build/release") / "bin/thaw-cli").resolve()
        self.golden = bundle / "share/thaw/golden" if bundle else source / "tests/golden"
        self.tests = bundle / "bin/thaw-check" if bundle else self.cli.parents[1] / "tests/core_tests"
        self.lister = bundle / "libexec/core_tests" if bundle else self.tests
        self.libraries = [bundle / "lib"] if bundle else []
        self.device, self.quick, self.gpu = options.device, options.quick, options.device.startswith("cuda")
        self.batch = 8 if self.quick else 16
        self.work = pathlib.Path(options.out).resolve() / f"work-{os.getpid()}"
        self.work.mkdir(parents=True)
        self.data = self.work / "images.npy"
        noise = numpy.random.default_rng(1).integers(0, 256, (64, 28, 28, 1))
        numpy.save(self.data, noise.astype("u1"))

    def file(self, name, content=None):
        if content is not None:
            (self.work / name).write_text(json.dumps(content))
        return self.work / name


# ---- 1: the machine, 2: the core's own tests ---------------------------------------------------------------------------

TORCH = """import json, torch
cuda = torch.cuda.is_available()
print(json.dumps({"torch": torch.__version__, "cuda": torch.version.cuda, "cudnn": cuda and torch.backends.cudnn.version(),
    "gpu": cuda and torch.cuda.get_device_name(), "capability": cuda and list(torch.cuda.get_device_capability()),
    "torch.compile": hasattr(torch, "compile")}))"""
CARD = "name,driver_version,memory.total,power.limit,clocks.max.sm,pstate"


def nvidia_smi(site, query, *more):
    """CUDA counts the cards that are visible, nvidia-smi all of them."""
    index, visible = int(site.device.partition(":")[2] or 0), os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
    card = visible[index] if index < len(visible) and visible[index] else str(index)
    return ["nvidia-smi", "-i", card, f"--query-gpu={query}", "--format=csv,noheader,nounits", *more]


def machine(part, site):
    def thaw():
        version = part.done([site.cli, "--version"]).out.strip()
        devices = [d["name"] for d in json.loads(part.done([site.cli, "devices", "--json"]).out)["devices"]]
        if site.gpu and not any(name.startswith("cuda") for name in devices):
            raise Failed("thaw-cli sees no GPU: the torch that it runs with is a CPU build, or the driver is too old for it.")
        return {"version": version, "devices": devices}

    def torch():
        found = json.loads(part.done([sys.executable, "-c", TORCH]).out)
        if site.gpu and not found["gpu"]:
            raise Failed("torch in Python sees no GPU.", found)
        return found

    def card():
        try:
            return dict(zip(CARD.split(","), part.done(nvidia_smi(site, CARD)).out.strip().split(", ")))
        except FileNotFoundError:
            raise LeftOut("there is no nvidia-smi") from None

    for name, work in (("GPU", card), ("thaw-cli", thaw), ("torch", torch)):
        part.check(name, work)
    return not part.failed()


def test_names(part, site):
    """The classes, from the program itself: the launcher of a bundle runs them all, one after the other."""
    found = importlib.util.find_spec("torch")
    torch = pathlib.Path(os.environ.get("THAW_LIBTORCH") or next(iter(found.submodule_search_locations)))
    folders = [torch / "lib", *site.libraries, *torch.parent.glob("nvidia/*/lib")]
    path = ":".join([*map(str, folders), os.environ.get("LD_LIBRARY_PATH", "")]).rstrip(":")
    listed = part.run([site.lister], env={"LD_LIBRARY_PATH": path} if site.libraries else None)
    names = [line.strip() for line in (listed.out + listed.err).splitlines() if line.startswith("  ")]
    if not names:
        raise Failed("The tests do not start: " + said(listed))
    return names[:3] if site.quick else names


def complaint(future):
    """What is wrong with a class of tests, if anything is."""
    fault = future.exception()
    if fault or not future.result().code:
        return str(fault or "")
    lines = [line.strip() for line in future.result().out.splitlines() if "FAIL" in line]
    return " ".join(lines)[:300] or f"ended with {future.result().code}"


def tests(part, site):
    def all_classes():
        env = {"OMP_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen"}
        found = part.gather({name: lambda name=name: part.run([site.tests, name], 120, env) for name in test_names(part, site)})
        left = [name for name, future in found.items() if isinstance(future.exception(), LeftOut)]
        failed = {name: complaint(future) for name, future in found.items() if name not in left and complaint(future)}
        if len(left) == len(found):
            raise LeftOut("no time")
        figures = {"passed": len(found) - len(failed) - len(left), "failed": len(failed), "left out": len(left)}
        if failed:
            raise Failed("; ".join(f"{name}: {text}" for name, text in failed.items()), figures)
        return figures
    part.check("core tests", all_classes)


# ---- 6: speed, 7: what else is cheap; 3 to 5 are parity.py and behaviour.py ---------------------------------------------

ALL, EAGER = "finetune,one-step,multi-step,pretrain", "eager bf16,eager fp32"
COMPILED = "eager bf16,compiled bf16"
# Model, batch, workloads, peers, units of a round (0: a second's), share of the time that is left. Compilers take longest, so
# that those of the large models come last.
SPEED = [("builtin", 64, ALL, EAGER + ",compiled bf16", 0, 0.45),
         ("cifar-ddpmpp", 256, ALL, EAGER, 6, 0.4),
         ("cifar-ncsnpp", 256, ALL, EAGER, 6, 0.4),
         ("ncsnpp-64", 256, ALL, "eager bf16", 3, 0.4),
         ("adm-64", 64, ALL, "eager bf16", 3, 0.5),
         ("cifar-ddpmpp", 256, "finetune,one-step,multi-step", COMPILED, 6, 0.7),
         ("cifar-ncsnpp", 256, "finetune,one-step", COMPILED, 6, 1.0)]
QUICK = [("builtin", 8, "finetune,one-step", EAGER + ",compiled bf16", 1, 1.0)]


def compare(part, site, model, batch, workloads, peers, units, seconds):
    """Rows of compare.py, those before a fault included."""
    out, rows = site.file(f"speed-{model}-{time.monotonic_ns()}.json"), []
    try:
        outcome = part.run([sys.executable, "-B", PEERS / "compare.py", site.cli, "--model", model, "--batch", batch,
                            "--workload", workloads, "--peers", peers, "--units", units, "--rounds", 1 if site.quick else 2,
                            "--device", site.device, "--precision", "bf16", "--threads", usable_cores(),
                            "--seconds", f"{seconds:.0f}", "--out", out], seconds + 20)
    finally:
        rows = json.loads(out.read_text())["results"] if out.exists() else []
        part.record.setdefault("rows", []).extend(rows)
    done = [row for row in rows if "ours" in row]
    wrong = [f"{row['workload']}: {row['error']}" for row in rows if "error" in row]
    if wrong or (outcome.code and not rows):
        raise Failed("; ".join(wrong) or f"compare.py ended with {outcome.code} and said: {said(outcome)}")
    if not done:
        raise LeftOut("no time")
    return {"rows": len(done), "left out": len(workloads.split(",")) - len(done)}


def speed(part, site):
    for model, batch, workloads, peers, units, share in QUICK if site.quick else SPEED:
        seconds = share * (part.clock.left() - 20)
        name = f"{model}, batch {batch}" + (", compiled" if peers == COMPILED else "")
        part.check(name, lambda: compare(part, site, model, batch, workloads, peers, units, max(1, seconds)))


def utilisation(part, site):
    """How busy the card is, and what it draws, while the embedded model is fine-tuned."""
    fields = "utilization.gpu,memory.used,power.draw,clocks.sm"
    try:
        watcher = part.start(nvidia_smi(site, fields, "-lms", "100"))
    except FileNotFoundError:
        raise LeftOut("there is no nvidia-smi") from None
    try:
        size = ["--batch", 8, "--steps", 2] if site.quick else []
        part.done([site.cli, "bench", "--workload", "finetune", "--repetitions", 4, *size, "--device", site.device, "--quiet"])
    finally:
        end(watcher)
        lines = watcher.communicate()[0].splitlines()[:-1]
    # A value that this card does not tell is a word in brackets.
    samples = [line.split(", ") for line in lines if line[:1].isdigit() and not line.startswith("0,")]
    if not samples:
        raise LeftOut("nvidia-smi does not say how busy this card is")
    means = {}
    for name, values in zip(fields.split(","), zip(*samples)):
        numbers = [float(value) for value in values if value[:1].isdigit()]
        means[name + ", mean"] = round(sum(numbers) / len(numbers), 1) if numbers else None
    return means


def extras(part, site):
    part.check("utilisation while fine-tuning", lambda: utilisation(part, site))


# ---- all of it ---------------------------------------------------------------------------------------------------------

# Each with the most seconds that it may take on a GPU; speed takes what the last part leaves.
PARTS = [(machine, 45), (tests, 75), (golden, 60), (training, 60), (behaviour, 75), (speed, 10 ** 6), (extras, 25)]


def run_parts(site, results, minutes):
    clock, workers, usable = Clock(60 * minutes), min(6, usable_cores()), True
    for work, most in PARTS:
        left = clock.left() - (PARTS[-1][1] if work is speed else 0)
        part = Part(results, work.__name__, min(most if site.gpu else left, left), 1 if work in (speed, extras) else workers,
                    1 if site.gpu else 5)
        if not usable or left < 5:
            part.leave_out("no time" if usable else "no device")
            continue
        print(work.__name__, file=sys.stderr, flush=True)
        try:
            usable = work(part, site) is not False
        except Exception as fault:  # of the part's own preparations
            part.fail("preparations", fault)
        part.finish()


def stopped(number, frame):
    stop()
    sys.exit(128 + number)


def main():
    parser = argparse.ArgumentParser(prog="gpu-check.sh", description="Checks Thaw on a GPU; see gpu-check.sh --help.")
    parser.add_argument("--out", default="gpu-check")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--cli")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    # Also where SIGINT was ignored, as in a shell's background: programs that are started from here would inherit that.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stopped)
    results, site = Results(options.out, vars(options)), Site(options)
    run_parts(site, results, options.minutes)
    good = not results.failed() and not results.left_out(but=extras.__name__)
    if good:
        shutil.rmtree(site.work)
    print(results.content["summary"], f"Read {results.folder}/table.md; the figures are in results.json.", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
