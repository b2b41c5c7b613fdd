import torch

from proofsheet.tasks.random_state import Purpose, seed_torch, stream


def test_streams_differ_by_seed_purpose_and_epoch():
    keys = [
        (0, Purpose.TRAINING_ROWS, 1),
        (1, Purpose.TRAINING_ROWS, 1),
        (0, Purpose.TRAINING_ROWS, 2),
        (0, Purpose.TRAINING_NOISE, 1),
        (0, Purpose.TRAINING_ROWS),
        (0, Purpose.TRAINING_ROWS, 0),
    ]
    draws = {float(torch.rand(1, generator=stream(*key))) for key in keys}
    assert len(draws) == len(keys)


def test_torch_is_seeded_the_same_whatever_ran_before():
    draws = []
    for burnt in (0, 7):
        torch.rand(burnt)
        seed_torch(3, Purpose.TRAINING_NOISE, 5)
        draws.append(float(torch.rand(1)))
    assert draws[0] == draws[1]
