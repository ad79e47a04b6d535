"""Mutated files end in what holds together or in a named problem."""

from benchmarks.hostile import inputs, run


def test_600_mutated_files_end_well():
    tally = run(seed=7, count=600)
    assert tally.failures == []
    assert tally.read == 600
    assert sum(tally.accepted.values()) > 100
    assert len(tally.refused) > 10


def test_the_same_seed_gives_the_same_files():
    assert list(inputs(3, 40)) == list(inputs(3, 40))
