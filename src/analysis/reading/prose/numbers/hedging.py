"""The interval that a number allows: by how finely it is written, and by its hedge."""

from dataclasses import replace

from analysis.model.readings import Amount
from analysis.model.schema import Bound
from analysis.reading.prose.numbers.growing import Written, tidy

ABOUT_SHARE = 0.1
NEARLY_SHARE = 0.1
WHOLE = 100.0  # percent


def hedged_interval(written: Written, hedge: str) -> tuple[float | None, float | None, Bound]:
    """Return the interval that wording and rounding allow, and the bound that the hedge puts.

    A bare number is as exact as its last written digit; a count written out is exact, a share is
    rounded to what is written: "69 percent" is 68.5 to 69.5. "About" allows a tenth, or the last
    written digit where that is finer; "nearly" lies at most a tenth below; "under" has no floor
    but zero, "over" no ceiling.
    """
    value, half = written.value, written.step / 2
    counted = written.measure == "count" and written.step <= 1 and value == int(value)
    low, high = written.interval or ((value, value) if counted else (value - half, value + half))
    if written.measure == "share" and 0 <= value <= WHOLE:
        low, high = max(0.0, low), min(WHOLE, high)
    if hedge == "over":
        return value, None, "over"
    if hedge == "nearly":
        return _rounded(value - NEARLY_SHARE * abs(value)), value, "under"
    if hedge == "under":
        return min(0.0, value), value, "under"
    if hedge == "about":
        reach = ABOUT_SHARE * abs(value)
        return _rounded(min(low, value - reach)), _rounded(max(high, value + reach)), "about"
    return min(value, _rounded(low)), max(value, _rounded(high)), "stated"


def _rounded(end: float) -> float:
    """Return the end of an interval without the dust of binary fractions."""
    return round(end, 6) if abs(end) >= 1 else tidy(end)


def rehedged(amount: Amount, bound: Bound) -> Amount:
    """Return an amount under the hedge of the list it stands in."""
    if amount.value is None:
        return amount
    hedge = {"over": "over", "about": "about"}.get(bound, "")
    low, high, made = hedged_interval(Written(amount.value, 1.0, 0, 1, amount.measure), hedge)
    return replace(amount, low=low, high=high, bound=made)
