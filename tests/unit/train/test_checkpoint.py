import logging

import pytest
import torch
from torch import nn

from proofsheet.train.checkpoint import Checkpoint, Progress


@pytest.fixture(autouse=True)
def _told(caplog):
    caplog.set_level(logging.INFO, logger="proofsheet")


def saved(tmp_path, identity="this"):
    model = nn.Linear(2, 2)
    optimiser = torch.optim.Adam(model.parameters())
    checkpoint = Checkpoint(tmp_path / "state.pt", identity)
    checkpoint.save(Progress(4, [(4, "val", "loss", 0.5)], []), model, optimiser)
    return model


def restore(tmp_path):
    model = nn.Linear(2, 2)
    checkpoint = Checkpoint(tmp_path / "state.pt", "this")
    return model, checkpoint.restore(model, torch.optim.Adam(model.parameters()))


def test_goes_on_with_the_saved_weights_and_rows(tmp_path, caplog):
    before = saved(tmp_path)
    after, progress = restore(tmp_path)
    assert torch.equal(before.weight, after.weight)
    assert progress == Progress(4, [(4, "val", "loss", 0.5)], [])
    assert "going on after epoch 4" in caplog.text


def test_a_checkpoint_of_another_training_is_not_used(tmp_path, caplog):
    saved(tmp_path, identity="other")
    _, progress = restore(tmp_path)
    assert progress.epoch == 0
    assert "other settings" in caplog.text


def half(content):
    return content[: len(content) // 2]


def flipped_at(share):
    def flipped(content):
        place = min(int(share * len(content)), len(content) - 1)
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    return flipped


@pytest.mark.parametrize(
    "damage", [half, lambda content: b"", *(flipped_at(step / 20) for step in range(21))]
)
def test_a_damaged_file_is_set_aside(tmp_path, caplog, damage):
    saved(tmp_path)
    path = tmp_path / "state.pt"
    content = damage(path.read_bytes())
    path.write_bytes(content)
    _, progress = restore(tmp_path)
    assert progress.epoch == 0
    assert "state.pt: damaged, now state.damaged; training starts over" in caplog.text
    assert not path.exists()
    assert (tmp_path / "state.damaged").read_bytes() == content


def test_no_file_starts_at_the_beginning(tmp_path):
    assert restore(tmp_path)[1] == Progress(0, [], [])
