"""Exact rationals in the database: decimals with room for every share of every budget, never rounded."""

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PLACES = 9
DIGITS = 15


def exact_decimal(value: Fraction) -> Decimal:
    """`value` as a decimal of at most nine places; ValueError when that would round it."""
    whole = value * 10**PLACES
    if whole.denominator != 1:
        raise ValueError("this part of the budget has no exact decimal form; nothing is booked")
    return Decimal(whole.numerator).scaleb(-PLACES)


def epsilon_field(name: "str | _StrPromise") -> "models.DecimalField[Decimal, Decimal]":
    """A column for an epsilon; PostgreSQL adds and compares numerics exactly."""
    return models.DecimalField(name, max_digits=DIGITS, decimal_places=PLACES)
