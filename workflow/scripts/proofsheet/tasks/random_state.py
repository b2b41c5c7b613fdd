"""Where random numbers come from: every use has its own stream, named by what it is for.

A stream depends on the seed, the purpose and the epoch alone, never on what ran before. So a
training that goes on from a checkpoint needs no saved random state, and a change in how validation
draws cannot move the weights.
"""

from enum import IntEnum

import numpy as np
import torch


class Purpose(IntEnum):
    """What a stream of random numbers is for. The numbers are part of every result: keep them."""

    INITIAL_WEIGHTS = 0
    TRAINING_ROWS = 1
    TRAINING_NOISE = 2
    EVALUATION_ROWS = 3
    EVALUATION_NOISE = 4
    VERIFICATION_PAIRS = 5
    PRIOR_SAMPLES = 6
    TEST_NOISE = 7
    COMPONENTS = 8
    GRADIENT_ROWS = 9
    PROBE_IMAGES = 10
    PROBE_POINTS = 11


def stream(seed: int, purpose: Purpose, *key: int) -> torch.Generator:
    """A CPU generator of its own for ``seed``, ``purpose`` and further integers."""
    return torch.Generator().manual_seed(_state(seed, purpose, *key))


def seed_torch(seed: int, purpose: Purpose, *key: int) -> None:
    """Set torch's global state, from which layers and dropout draw, on every device."""
    torch.manual_seed(_state(seed, purpose, *key))


def _state(*entropy: int) -> int:
    # With its length in front, because SeedSequence takes (a, b) and (a, b, 0) for the same.
    return int(
        np.random.SeedSequence((len(entropy), *entropy)).generate_state(1, np.uint64)[0] >> 1
    )
