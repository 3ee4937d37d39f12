#!/usr/bin/env python3
"""What grows is found through noise, what does not is not, and lives are not mixed."""
import random
import unittest

from slopes import after_warm_up, failures_per_hour_at_most, slope_of


def life(per_hour: float, noise: float, begin: float = 100, count: int = 100, seed: int = 1) -> list[tuple[float, float]]:
    dice = random.Random(seed)
    return [(5.0 * i, begin + per_hour * 5 * i / 3600 + dice.uniform(-noise, noise)) for i in range(count)]


class Slopes(unittest.TestCase):
    def test_growth_is_found_through_noise(self):
        found = slope_of([life(per_hour=60, noise=3)])
        self.assertGreater(found.least, 40)
        self.assertLess(found.most, 80)
        self.assertLessEqual(found.least, found.middle)

    def test_noise_alone_is_no_growth(self):
        for seed in range(10):
            found = slope_of([life(per_hour=0, noise=3, seed=seed)])
            self.assertLess(found.least, 2)

    def test_single_peaks_change_nothing(self):
        samples = life(per_hour=0, noise=0)
        for at in range(0, len(samples), 10):
            samples[at] = (samples[at][0], 100000)
        self.assertEqual(slope_of([samples]).middle, 0)

    def test_a_life_that_begins_higher_than_the_one_before_is_no_growth(self):
        found = slope_of([life(0, 0.1, begin=100, seed=1), life(0, 0.1, begin=200, seed=2)])
        self.assertLess(abs(found.middle), 1)

    def test_too_little_says_nothing(self):
        self.assertIsNone(slope_of([life(1, 1, count=5)]))
        self.assertIsNone(slope_of([]))

    def test_a_long_run_is_thinned_out_and_says_the_same(self):
        self.assertAlmostEqual(slope_of([life(per_hour=60, noise=1, count=3000)]).middle, 60, delta=1)

    def test_the_warm_up_of_each_life_is_left_out(self):
        samples = [(1, 0.0, 5.0), (1, 10.0, 6.0), (1, 20.0, 7.0), (2, 100.0, 1.0), (2, 109.0, 2.0), (2, 110.0, 3.0)]
        self.assertEqual(after_warm_up(samples, 10), [[(10.0, 6.0), (20.0, 7.0)], [(110.0, 3.0)]])

    def test_no_failure_in_three_hours_proves_one_an_hour(self):
        self.assertAlmostEqual(failures_per_hour_at_most(0, 3), 1, delta=0.01)
        self.assertAlmostEqual(failures_per_hour_at_most(1, 1), 4.744, delta=0.01)
        self.assertAlmostEqual(failures_per_hour_at_most(5, 10), 1.0513, delta=0.001)


if __name__ == "__main__":
    unittest.main()
