"""The interval that a published number allows, from its qualifier and its printed digits."""

from dataclasses import dataclass
from decimal import Decimal

from analysis.model.raw_rows import FactQualifier
from analysis.model.schema import Bound

BOUNDS: dict[FactQualifier, Bound] = {
    "exact": "stated",
    "rounded": "stated",
    "about": "about",
    "at_least": "over",
    "at_most": "under",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`; None where that side is open."""

    low: Decimal | None
    high: Decimal | None


def printed_step(value: Decimal, *, share: bool) -> Decimal:
    """Return the step of the last significant digit as printed.

    The zeros at the end of a count are taken for rounding; a share is printed to the unit at
    least.

    >>> printed_step(Decimal("1900000"), share=False), printed_step(Decimal("90"), share=True)
    (Decimal('1E+5'), Decimal('1'))
    """
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent < 0 or share or not value:
        return Decimal(1).scaleb(min(exponent, 0))
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def allow(
    value: Decimal, qualifier: FactQualifier, *, step: Decimal | None = None, share: bool = False
) -> Interval:
    """Return the interval that a number and its qualifier allow.

    `step` is the publisher's rounding step where known. A number that counts things or divides a
    whole is not below zero, a share not above 100.

    >>> allow(Decimal("1900000"), "rounded")
    Interval(low=Decimal('1850000'), high=Decimal('1950000'))
    """
    if qualifier == "exact":
        return Interval(value, value)
    if qualifier == "at_least":
        return Interval(value, Decimal(100) if share else None)
    if qualifier == "at_most":
        return Interval(Decimal(0), value)
    half = (step or printed_step(value, share=share)) / 2
    high = min(value + half, Decimal(100)) if share else value + half
    return Interval(max(value - half, Decimal(0)), high)
