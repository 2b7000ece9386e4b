# SPDX-License-Identifier: GPL-3.0-or-later
"""What gpu-check concludes from figures, without a GPU: python3 verdicts_test.py"""
import math
import time
import unittest

import numpy

import verdicts
from limits import Clock, Fault, OutOfMemory, OutOfTime, sentence, time_limit


def row(**changes):
    return {"workload": "finetune", "model": "builtin", "batch": 64, "precision": "bf16", "r1": True, "ours": 300.0,
            "ceiling": 600.0, "ratios": {"eager bf16": 1.6, "compiled bf16": 1.1}, "notes": {},
            "gpu_mib": {"ours": 500.0, "eager bf16": 1000.0}, **changes}


class Images(unittest.TestCase):
    def test_differences_are_counted_in_grey_levels(self):
        a = numpy.zeros((1, 1, 2, 2), "f4")
        b = a.copy()
        b[0, 0, 0, 0] = 2 / 127.5
        self.assertEqual(verdicts.image_difference(a, a), {"max": 0, "mean": 0})
        self.assertEqual(verdicts.image_difference(b, a), {"max": 2, "mean": 0.5})
        self.assertEqual(verdicts.image_difference(b, a, scale=4)["max"], 0)

    def test_what_an_image_file_cannot_hold_does_not_count(self):
        self.assertEqual(verdicts.image_difference(numpy.full((1, 2), 1.3), numpy.full((1, 2), 1.1))["max"], 0)

    def test_images_that_are_not_finite_differ(self):
        self.assertEqual(verdicts.image_difference(numpy.array([math.nan, 0]), numpy.zeros(2))["max"], 255)

    def test_another_shape_is_a_fault(self):
        with self.assertRaises(ValueError):
            verdicts.image_difference(numpy.zeros((2, 1)), numpy.zeros((1, 2)))


class Losses(unittest.TestCase):
    def test_the_worst_step_counts(self):
        ours, theirs = [{"g": 1.0}, {"g": 2.02}], [{"g": 1.0}, {"g": 2.0}]
        self.assertAlmostEqual(verdicts.worst_differences(ours, theirs, ["g"])["g"], 0.01)

    def test_missing_and_infinite_losses_differ(self):
        for value in (None, math.nan, math.inf):
            self.assertEqual(verdicts.worst_differences([{"g": value}], [{"g": 1.0}], ["g"])["g"], math.inf)

    def test_what_neither_side_has_yet_agrees_but_not_what_no_step_has(self):
        steps = [{"r1": None}, {"r1": 0.5}]
        self.assertEqual(verdicts.worst_differences(steps, steps, ["r1"]), {"r1": 0})
        with self.assertRaises(ValueError):
            verdicts.worst_differences(steps[:1], steps[:1], ["r1"])

    def test_a_missing_step_is_a_fault(self):
        for steps in ([], [{"g": 1}]):
            with self.assertRaises(ValueError):
                verdicts.worst_differences(steps, [{"g": 1}, {"g": 1}], ["g"])


class Aims(unittest.TestCase):
    def test_reached_and_missed(self):
        self.assertEqual(verdicts.missed_aims(row()), [])
        self.assertEqual(verdicts.missed_aims(row(ratios={"eager bf16": 1.4, "compiled bf16": 0.9})), list(verdicts.AIMS))
        self.assertEqual(verdicts.missed_aims(row(gpu_mib={"ours": 700.0, "eager bf16": 1000.0})), ["memory"])

    def test_a_peer_that_was_not_measured_misses_nothing(self):
        self.assertEqual(verdicts.missed_aims(row(ratios={}, gpu_mib=None)), [])


class Tables(unittest.TestCase):
    def test_a_row_has_its_figures(self):
        text = "\n".join(verdicts.speed_table([row(r1=False, notes={"compiled bf16": "no time"})]))
        for piece in ("| 300 | 1.60 |  | 1.10 | 50% | 500 / 1000 |", "compiled bf16: no time; without R1"):
            self.assertIn(piece, text)

    def test_rows_without_figures_say_why(self):
        short = {"workload": "pretrain", "model": "adm-64", "batch": 64}
        for reason in ({"left_out": "no time"}, {"error": "not enough memory"}):
            self.assertIn(" | ".join(reason.values()), verdicts.speed_table([{**short, **reason}])[-1])

    def test_every_row_has_as_many_cells_as_the_head(self):
        lines = verdicts.speed_table([row(), row(gpu_mib=None, ceiling=None), row(notes={"a": "b"})])
        self.assertEqual({line.count("|") for line in lines}, {lines[0].count("|")})

    def test_a_report_names_parts_and_failures(self):
        check = {"name": "resume", "status": verdicts.FAILED, "message": "It said | nothing.", "figures": {}}
        part = {"name": "behaviour", "status": verdicts.FAILED, "seconds": 3.2, "checks": [check]}
        text = verdicts.report({"summary": "One failed.", "parts": [part]})
        for piece in ("One failed.", "| behaviour | FAILED | 3 |", "| resume | FAILED | It said \\| nothing. |"):
            self.assertIn(piece, text)

    def test_the_state_of_a_part(self):
        state = lambda *words: verdicts.status_of([{"status": word} for word in words])
        self.assertEqual(state(verdicts.LEFT_OUT + "no time", verdicts.PASSED), verdicts.PASSED)
        self.assertEqual(state(verdicts.PASSED, verdicts.FAILED), verdicts.FAILED)
        self.assertEqual(state(verdicts.LEFT_OUT + "no time"), "left out: no time")


class Limits(unittest.TestCase):
    def test_time_ends_work_that_swallows_exceptions(self):
        with self.assertRaises(OutOfTime), time_limit(0.05):
            while True:
                try:
                    time.sleep(1)
                except Exception:
                    pass

    def test_no_time_begins_nothing_and_no_limit_ends_nothing(self):
        with self.assertRaises(OutOfTime), time_limit(0):
            self.fail("It began.")
        with time_limit(Clock().left()):
            pass

    def test_faults_become_one_line(self):
        self.assertEqual(sentence(OutOfTime()), "no time")
        self.assertEqual(sentence(OutOfMemory()), "not enough memory")
        self.assertEqual(sentence(RuntimeError("CUDA out of memory. Tried ...\nmore")), "not enough memory")
        self.assertEqual(sentence(Fault("There is none.")), "There is none.")
        self.assertEqual(sentence(ValueError("a\nb")), "ValueError: a")


if __name__ == "__main__":
    unittest.main()
