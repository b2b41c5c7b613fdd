import logging

import pytest

from proofsheet.jobs.progress import Bar


@pytest.fixture(autouse=True)
def _told(caplog):
    caplog.set_level(logging.INFO, logger="proofsheet")


def test_a_bar_after_each_epoch(caplog):
    bar = Bar("vae seed 0", 2)
    for epoch in (1, 2):
        for done in (50, 100):
            bar(epoch, done, 100, lambda: {"loss": 0.25})
    assert len(caplog.messages) == 2
    assert "epoch   1/2" in caplog.messages[0]
    assert " 50%" in caplog.messages[0]
    assert "100%" in caplog.messages[1]
    assert "loss 0.25" in caplog.messages[1]


def test_a_resumed_training_starts_where_it_was(caplog):
    bar = Bar("vae seed 0", 4)
    bar(4, 100, 100, lambda: {"loss": 0.25})
    assert "100%" in caplog.messages[0]
    assert "trained on 100 examples" in bar.summary()


def test_a_long_epoch_shows_that_it_lives(caplog, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("proofsheet.jobs.progress.time.monotonic", lambda: now[0])
    bar = Bar("vae seed 0", 1)
    for done in range(1, 10):
        now[0] += 2
        bar(1, done, 10, lambda: {"loss": 1.0})
    assert len(caplog.messages) == 3  # after 6, 12 and 18 seconds
