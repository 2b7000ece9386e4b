# SPDX-License-Identifier: GPL-3.0-or-later
"""What compare.py does when memory, time or a compiler fails, with stand-ins for both sides: python3 compare_test.py"""
import argparse
import types
import unittest
from unittest import mock

import compare
from limits import Fault, OutOfMemory, OutOfTime

OPTIONS = {"cli": "thaw-cli", "model": "builtin", "batch": 64, "threads": 1, "rounds": 2, "units": 1, "device": "cpu",
           "precision": "bf16", "compiled": False, "peers": "eager bf16,compiled bf16", "seconds": 0}


class Compare(unittest.TestCase):
    def row(self, ours, makes=None, gpu=True, **options):
        """The row that comes of it; `ours` and `makes` stand for thaw-cli and for whoever makes a peer."""
        comparison = compare.Comparison(argparse.Namespace(**{**OPTIONS, **options}))
        comparison.card = mock.MagicMock(cuda=gpu)
        result = {"value": 30.0, "unit": "images/s", "ceiling": 60.0, "peak_mib": 1.0, "gpu_mib": 5.0, "process_seconds": 1.0}
        comparison.ours = lambda workload, precision, batch: {**result, **(ours(batch) or {})}
        make = makes or (lambda title, layouts: None)

        def made(workload, model, batch, title, layouts, *more):
            make(title, layouts)
            return types.SimpleNamespace(layout=layouts[0], gpu_mib=10.0)

        with mock.patch.object(compare, "in_faster_layout", made), mock.patch.object(compare, "rate", lambda *_: 20.0):
            return comparison.fitted("finetune", "bf16")

    def test_a_row_beside_its_peers(self):
        row = self.row(lambda batch: None)
        self.assertEqual(row["ratios"], {"eager bf16": 1.5, "compiled bf16": 1.5})
        self.assertEqual(row["gpu_mib"], {"ours": 5, "eager bf16": 10, "compiled bf16": 10})
        self.assertIn("50 % of the ceiling", compare.line(row))

    def test_on_the_cpu_there_is_no_memory_of_a_gpu(self):
        self.assertIsNone(self.row(lambda batch: None, gpu=False)["gpu_mib"])

    def fits(self, most):
        def ours(batch):
            if batch > most:
                raise OutOfMemory
        return ours

    def test_a_batch_that_does_not_fit_is_halved_twice_at_most(self):
        self.assertEqual(self.row(self.fits(16))["batch"], 16)
        self.assertEqual(self.row(self.fits(8))["error"], "not enough memory")
        self.assertIn("error", self.row(self.fits(16), gpu=False))

    def test_a_fault_of_ours_is_told(self):
        def ours(batch):
            raise Fault("thaw-cli bench ended with 3: no.")
        row = self.row(ours)
        self.assertEqual(row["error"], "thaw-cli bench ended with 3: no.")
        self.assertIn(row["error"], compare.line(row))

    def test_a_peer_that_fails_takes_nobody_with_it(self):
        def makes(title, layouts):
            if title == "compiled bf16":
                raise TypeError("no such graph")
        row = self.row(lambda batch: None, makes)
        self.assertEqual(row["ratios"], {"eager bf16": 1.5})
        self.assertEqual(row["notes"], {"compiled bf16": "TypeError: no such graph"})

    def test_on_a_gpu_the_compiler_gets_one_layout(self):
        seen = {}
        self.row(lambda batch: None, seen.__setitem__)
        self.assertEqual((len(seen["eager bf16"]), seen["compiled bf16"]), (2, ["channels first"]))

    def test_rounds_that_were_done_count_when_time_runs_out(self):
        calls = []

        def ours(batch):
            calls.append(batch)
            if len(calls) == 2:
                raise OutOfTime
        row = self.row(ours)
        self.assertEqual((row["ours"], row["notes"]["rounds"]), (30, "1 of 2, no time"))

    def test_a_row_without_any_time_is_left_out(self):
        def ours(batch):
            raise OutOfTime
        for gpu in (True, False):
            self.assertEqual(self.row(ours, gpu=gpu)["left_out"], "no time")


if __name__ == "__main__":
    unittest.main()
