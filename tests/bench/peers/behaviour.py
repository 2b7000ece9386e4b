# SPDX-License-Identifier: GPL-3.0-or-later
"""What users do to a run on a GPU, and what they are told when it cannot be. Started by packaging/gpu_check.py."""
import json
import signal
import time

from checks import Failed, LeftOut, said
from limits import Clock


def finetune(site, out, *options):
    """Without an end worth waiting for, unless --kimg is among the options."""
    config = site.file("endless.json", {"batch": site.batch, "snapshot_every_kimg": 0})
    return [site.cli, "finetune", "--model", "builtin", "--data", site.data, "--features", "none", "--config", config,
            "--device", site.device, "--out", site.file(out), "--quiet", *options]


def steps_in(run):
    lines = (run / "stats.jsonl").read_text().splitlines() if (run / "stats.jsonl").exists() else []
    return [line["step"] for line in map(json.loads, lines) if "event" not in line]


def interrupted(part, site):
    """Ctrl+C saves the run, which then goes on where it stopped."""
    run = site.file("interrupted")
    process = part.start(finetune(site, "interrupted", "--kimg", "1000"))
    waited = Clock(60)
    stats = run / "stats.jsonl"
    while process.poll() is None and min(waited.left(), part.clock.left()) > 0:
        if stats.exists() and b"\n" in stats.read_bytes():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    outcome = part.wait(process, 60, "a run that was interrupted")
    if outcome.code != 130:
        raise Failed(f"The interrupted run ended with {outcome.code} instead of 130 and said: {said(outcome)}")
    if not (run / "state.safetensors").exists() or (run / "running").exists():
        raise Failed("The interrupted run was not saved, or its folder still says that it runs.")
    before = steps_in(run)
    kimg = (before[-1] + 2) * site.batch / 1000
    part.done([site.cli, "finetune", "--out", run, "--resume", "--kimg", kimg, "--device", site.device, "--quiet"])
    after = steps_in(run)
    if after != list(range(1, before[-1] + 3)):
        raise Failed(f"After {before[-1]} steps and two more the run has these at its end: {after[-5:]}.")
    return {"steps before": before[-1], "steps after": after[-1]}


def sentence_and_code(outcome, code, word):
    """One clear sentence and the exit code that scripts rely on."""
    if outcome.code != code or word not in outcome.err or "terminate called" in outcome.err or "Unexpected" in outcome.err:
        raise Failed(f"It ended with {outcome.code} instead of {code} and said: {said(outcome)}")
    return {"said": said(outcome)}


def too_large(part, site):
    command = finetune(site, "too-large", "--batch", 65536 if site.gpu else 4096, "--precision", "fp32", "--kimg", "0.01")
    if not site.gpu:
        # The memory of a whole machine must not be used up only to see what is said then.
        command = ["sh", "-c", 'ulimit -v 6000000; exec "$@"', "sh", *command]
    outcome = part.run(command, 90)
    if outcome.code == 0:
        raise LeftOut("this machine has memory enough even for that")
    return sentence_and_code(outcome, 4, "memory")


def evaluated(part, site):
    """A distance needs generator, features and statistics; none of them may depend on the device."""
    command = [site.cli, "evaluate", "--model", "builtin", "--data", site.data, "--features", "fwd", "--num", 64, "--sampler",
               "one-step", "--json", "--quiet", "--device"]
    here, there = (json.loads(part.done([*command, device]).out)["fid"] for device in (site.device, "cpu"))
    if abs(here - there) > 0.01 * abs(there):
        raise Failed(f"The distance is {here}, on the CPU {there}.")
    return {"distance": here, "on the CPU": there}


def spectrum(part, site):
    part.done([site.cli, "spectrum", "--model", "builtin", "--data", site.data, "--kind", "layers", "--num", 8, "--out",
               site.file("layers.npz"), "--device", site.device, "--quiet"])


def behaviour(part, site):
    missing = [site.cli, "sample", "--model", "builtin", "--seeds", 0, "--device", "cuda:99", "--out", site.file("never.png")]
    part.together({"interrupt and resume": lambda: interrupted(part, site),
                   "a device that is not there": lambda: sentence_and_code(part.run(missing), 4, "cuda:99"),
                   "evaluate": lambda: evaluated(part, site), "spectrum": lambda: spectrum(part, site)})
    # Alone: whoever runs beside it would be the one that finds no memory.
    part.check("a batch that does not fit", lambda: too_large(part, site))
