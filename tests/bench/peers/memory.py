# SPDX-License-Identifier: GPL-3.0-or-later
"""Peak resident memory of fine-tuning, Thaw's and plain PyTorch's, each in a process of its own; 16 steps, so that one has R1.

    python3 memory.py THAW_CLI [--model builtin|cifar-ddpmpp|...] [--batch 64] [--micro-batch 0] [--threads 1]

Thaw's process measures its ceiling too, which takes no more than a step does. The peer runs in the layout in which it is
quicker, float32 and bfloat16.
"""
import argparse
import json
import pathlib
import resource
import subprocess
import sys
import time

BUILTIN = pathlib.Path(__file__).resolve().parents[3] / "resources/models/fashion-mnist/model.safetensors"
STEPS = 16


def peer(model, batch, title, threads, layout):
    """In a process of its own: seconds of a step and MiB."""
    import torch
    from peer import Peer
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    work = Peer("finetune", model, batch, torch.device("cpu"), title, layout)
    work.once()
    started = time.perf_counter()
    for _ in range(STEPS - 1):
        work.once()
    seconds = (time.perf_counter() - started) / (STEPS - 1)
    print(json.dumps({"seconds": seconds, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def result_of(command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def ours(options, precision):
    found = result_of([options.cli, "bench", "--workload", "finetune", "--model", options.model, "--batch", str(options.batch),
                       "--micro-batch", str(options.micro_batch), "--threads", str(options.threads), "--device", "cpu",
                       "--precision", precision, "--steps", str(STEPS), "--repetitions", "1", "--json", "--quiet"])["results"][0]
    return {"seconds": options.batch / found["value"], "mib": found["peak_mib"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli")
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--micro-batch", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--layout", default="channels last")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--out")
    options = parser.parse_args()
    model = str(BUILTIN) if options.model == "builtin" else options.model
    if options.peer:
        return peer(model, options.batch, options.peer, options.threads, options.layout)
    rows = {"Thaw bf16": ours(options, "bf16"), "Thaw fp32": ours(options, "fp32")}
    for title in ("eager fp32", "eager bf16"):
        rows[title] = result_of([sys.executable, "-B", __file__, options.cli, "--model", model, "--batch", str(options.batch),
                                 "--threads", str(options.threads), "--layout", options.layout, "--peer", title])
    for title, row in rows.items():
        print(f"{title:12}{row['seconds']:8.2f} s a step{row['mib']:8.0f} MiB")
    if options.out:
        named = {"model": options.model, "batch": options.batch, "micro_batch": options.micro_batch, "threads": options.threads}
        pathlib.Path(options.out).write_text(json.dumps({**named, "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
