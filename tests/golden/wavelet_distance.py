#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes wavelet_distance.npz: the Fréchet wavelet distance of two small sets of images, in NumPy alone.

The packets are taken as inner products with the packet functions themselves: the function of frequency f at level l is
constant in sign on each sample of a block of 2^l and changes it f times (Walsh functions in sequency order), so nothing of
the filter bank is used here. The trace of the root is taken from the eigenvalues of the product of covariances.
"""
import os

import numpy as np

LEVEL, CHANNELS, SIZE = 2, 3, 8


def walsh(level):
    """Rows: Walsh functions of 2^level samples, by number of sign changes, of unit norm."""
    side = 2**level
    hadamard = np.array([[(-1) ** bin(i & j).count("1") for j in range(side)] for i in range(side)], float)
    changes = (np.diff(hadamard, axis=1) != 0).sum(1)
    return hadamard[np.argsort(changes)] / np.sqrt(side)


def packets(images):
    """uint8 [N, C, R, R] -> [bands, N, C·(R/side)²]"""
    w, side = walsh(LEVEL), 2**LEVEL
    n, c, r, _ = images.shape
    blocks = (images / 255.0).reshape(n, c, r // side, side, r // side, side)
    found = np.einsum("iy,jx,nchywx->ijnchw", w, w, blocks)
    return found.reshape(side * side, n, -1)


def frechet(a, b):
    mean = a.mean(0) - b.mean(0)
    s, t = np.cov(a.T), np.cov(b.T)
    roots = np.sqrt(np.maximum(np.linalg.eigvals(s @ t).real, 0)).sum()
    return mean @ mean + np.trace(s) + np.trace(t) - 2 * roots


def main():
    draw = np.random.default_rng(15289)
    smooth = draw.normal(size=(60, CHANNELS, SIZE, SIZE)).cumsum(2).cumsum(3) * 12 + 120
    rough = draw.normal(size=(50, CHANNELS, SIZE, SIZE)) * 40 + 128
    rough[:, 0] += rough[:, 1] * 0.3
    a, b = (np.clip(np.round(x), 0, 255).astype(np.uint8) for x in (smooth, rough))
    first = packets(a)
    bands = np.array([frechet(p, q) for p, q in zip(first, packets(b))])
    folder = os.path.dirname(os.path.abspath(__file__))
    np.savez(os.path.join(folder, "wavelet_distance.npz"), a=a, b=b, first_image=first[:, 0], bands=bands,
             total=bands.mean(keepdims=True))
    print(bands.mean(), bands)


if __name__ == "__main__":
    main()
