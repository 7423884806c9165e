"""Chance that falls the same way everywhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.dice import Dice

ITEMS = st.lists(st.integers(), max_size=30)


@given(ITEMS, st.integers())
def test_a_shuffle_is_a_permutation(items: list[int], seed: int) -> None:
    """Nothing is lost or doubled by shuffling, in either way."""
    assert sorted(Dice(seed).shuffled(items)) == sorted(items)
    assert sorted(Dice(seed).disordered(items)) == sorted(items)


@given(ITEMS, st.integers(), st.text(max_size=10))
def test_the_same_names_give_the_same_order(items: list[int], seed: int, name: str) -> None:
    """Dice of the same names fall the same way; the first of two throws is not changed by the second."""
    one, two = Dice(seed, name), Dice(seed, name)
    assert one.shuffled(items) == two.shuffled(items)
    assert one.below(100) == two.below(100)
    assert one.sample(items, 3) == two.sample(items, 3)


@given(st.lists(st.integers(), min_size=2, max_size=12, unique=True), st.integers())
def test_disordered_items_are_not_in_the_order_given(items: list[int], seed: int) -> None:
    """Two or more different items never stay as they were, but for the rarest luck."""
    assert list(Dice(seed).disordered(items)) != items


@given(ITEMS, st.integers(0, 40), st.integers())
def test_a_sample_keeps_the_order_given(items: list[int], count: int, seed: int) -> None:
    """As many items as were asked for, or all, in the order given."""
    places = Dice(seed).sample(range(len(items)), count)
    assert len(places) == min(count, len(items))
    assert list(places) == sorted(set(places))


@given(st.integers(1, 1000), st.integers())
def test_a_throw_stays_below_its_limit(limit: int, seed: int) -> None:
    """A throw is a number from 0 up to, not including, the limit."""
    assert 0 <= Dice(seed).below(limit) < limit


def test_a_single_item_stays() -> None:
    """One item has no other order."""
    assert Dice(1).disordered(["x"]) == ("x",)


def test_the_order_is_the_one_of_every_machine() -> None:
    """The numbers that a printed sheet was made with give the same sheet for ever."""
    assert Dice(1922, "power-struggle", "who", "match", "").shuffled("abcdefgh") == tuple("hcefgdba")


def test_names_do_not_run_together() -> None:
    """Dice named ab, c differ from dice named a, bc."""
    assert Dice("ab", "c").shuffled(range(20)) != Dice("a", "bc").shuffled(range(20))
