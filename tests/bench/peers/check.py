# SPDX-License-Identifier: GPL-3.0-or-later
"""Both sides compute the same: images of one model and the same seeds, by thaw-cli and by the peer.

    python3 check.py THAW_CLI MODEL
"""
import subprocess
import sys
import tempfile

import numpy
import torch

from networks import open_model
from sampling import heun, latents, one_step


def main(cli, model):
    denoiser, worst = open_model(model).eval(), 0.0
    for sampler, images in (("one-step", one_step), ("heun", heun)):
        with tempfile.TemporaryDirectory() as folder:
            file = folder + "/ours.npy"
            subprocess.run([cli, "sample", "--model", model, "--seeds", "0-7", "--sampler", sampler, "--precision", "fp32",
                            "--out", file, "--quiet"], check=True, stdout=subprocess.DEVNULL)
            ours = torch.from_numpy(numpy.load(file))
        with torch.no_grad():
            theirs = images(denoiser, latents(range(8), ours.shape[1:]))
        difference = (ours - theirs).abs().max().item()
        print(f"{sampler}: largest difference {difference:.2e}")
        worst = max(worst, difference)
    return 0 if worst < 1e-3 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
