"""Mutated files end in what holds together or in a named problem."""

from benchmarks.hostile import inputs, run


def test_400_mutated_files_end_well():
    tally = run(seed=7, count=400)
    assert tally.failures == []
    assert tally.read == 400
    assert sum(tally.accepted.values()) > 60
    assert len(tally.refused) > 10


def test_the_same_seed_gives_the_same_files():
    assert list(inputs(3, 40)) == list(inputs(3, 40))
