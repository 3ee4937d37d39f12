"""What grows: the slope of a figure over time, by a robust regression (Theil and Sen: the median of the slopes between all pairs
of samples), with the interval in which it lies with 95 % of certainty (Sen 1968, by Kendall's variance). Samples of two lives of
a program are never compared with each other."""
import bisect
import dataclasses
import itertools
import math

ONE_SIDED_95 = 1.645
MOST_PAIRS = 200_000


@dataclasses.dataclass(frozen=True)
class Slope:
    middle: float  # per hour
    least: float   # with 95 % of certainty it is at least that
    most: float
    samples: int


def slope_of(lives: list[list[tuple[float, float]]]) -> Slope | None:
    """`lives`: for each life of a program its samples, (seconds, value). None when there is too little to say anything."""
    lives = [life for life in lives if len(life) >= 3]
    count = sum(map(len, lives))
    if count < 8:
        return None
    pairs = sum(len(life) * (len(life) - 1) // 2 for life in lives)
    while pairs > MOST_PAIRS:  # every second sample of a long run says as much
        lives = [life[::2] for life in lives]
        pairs = sum(len(life) * (len(life) - 1) // 2 for life in lives)
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) * 3600
                    for life in lives for a, b in itertools.combinations(life, 2) if b[0] > a[0])
    spread = math.sqrt(sum(len(life) * (len(life) - 1) * (2 * len(life) + 5) / 18 for life in lives))
    half = ONE_SIDED_95 * spread / 2

    def at(rank: float) -> float:
        return slopes[min(len(slopes) - 1, max(0, round(rank)))]

    middle = (len(slopes) - 1) / 2
    return Slope(at(middle), at(middle - half), at(middle + half), count)


def after_warm_up(samples: list[tuple[int, float, float]], warm_up_s: float) -> list[list[tuple[float, float]]]:
    """From (life, seconds, value) to what each life did after it had warmed up."""
    lives: dict[int, list[tuple[float, float]]] = {}
    for life, seconds, value in samples:
        lives.setdefault(life, []).append((seconds, value))
    kept = []
    for life in lives.values():
        times = [seconds for seconds, _ in life]
        kept.append(life[bisect.bisect_left(times, times[0] + warm_up_s):])
    return kept


def failures_per_hour_at_most(failures: int, hours: float) -> float:
    """The one-sided 95 % bound: a higher rate would have shown more than that many failures in 19 of 20 runs."""
    def seen_so_few(mean: float) -> float:
        term = total = math.exp(-mean)
        for count in range(1, failures + 1):
            term *= mean / count
            total += term
        return total

    low, high = 0.0, 10.0 * (failures + 3)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if seen_so_few(middle) > 0.05 else (low, middle)
    return high / hours
