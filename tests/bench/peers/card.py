# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory of the GPU that either side takes, both counted as the driver counts: the process with its CUDA context."""
import contextlib
import gc
import os
import subprocess
import threading

import torch

MIB = 2 ** 20


def used_mib(index):
    """What the driver says is in use on the card, or None where nobody answers. Asking it makes no context."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
    card = visible[index] if index < len(visible) and visible[index] else str(index)
    command = ["nvidia-smi", "-i", card, "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
    try:
        return float(subprocess.run(command, capture_output=True, check=True, timeout=20).stdout.split()[0])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


class Card:
    """On the CPU every figure is None and nothing waits."""

    def __init__(self, device):
        self.device, self.cuda = device, device.type == "cuda"
        # Before this process has a context of its own: what other programs hold.
        self.others = used_mib(device.index or 0) if self.cuda else None

    def wait(self):
        if self.cuda:
            torch.cuda.synchronize(self.device)

    def clear(self):
        """Gives back what is only cached, so that the other side finds the memory free."""
        gc.collect()
        if self.cuda:
            torch.cuda.empty_cache()

    def reserved(self):
        return torch.cuda.memory_reserved(self.device) / MIB if self.cuda else 0

    def context(self):
        """This process's memory outside its allocator: the context, with the libraries' kernels."""
        if self.others is None:
            return 0
        free, total = torch.cuda.mem_get_info(self.device)
        return max(0, (total - free) / MIB - self.others - self.reserved())

    def peak_of(self, work, before):
        """What `work` takes at most beyond `before`, which was reserved when its networks did not exist yet."""
        self.clear()
        torch.cuda.reset_peak_memory_stats(self.device)
        work()
        self.wait()
        return torch.cuda.max_memory_reserved(self.device) / MIB - before + self.context()

    @contextlib.contextmanager
    def watching(self):
        """Yields a dictionary whose `mib` is, at the end, what others took at most meanwhile."""
        seen = {"mib": None}
        if not self.cuda:
            yield seen
            return
        self.clear()
        free = before = torch.cuda.mem_get_info(self.device)[0]
        done = threading.Event()

        def watch():
            nonlocal free
            while not done.wait(0.02):
                free = min(free, torch.cuda.mem_get_info(self.device)[0])

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield seen
        finally:
            done.set()
            thread.join()
            seen["mib"] = (before - free) / MIB
