"""A hundred good articles in two hundred and two bad ones: the good are made, the bad are named."""

from __future__ import annotations

from poison_run import poisoned


def test_one_in_a_hundred_is_poison(tmp_path):
    result = poisoned(tmp_path, 200, jobs=2)
    assert result.code == 1
    assert result.made == 198
    assert result.failed == result.poison
    assert len(result.poison) == 2
    assert not result.findings
    assert result.again == 1, "the bad ones fail again, and nothing else is done"
    assert result.changed == []
