from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from proofsheet.data.splits import split_images
from proofsheet.errors import ProofsheetError
from proofsheet.evaluate.weights import load_trained, read_history
from proofsheet.files import write_json
from proofsheet.train.record import identity, write_trained
from trainings import declared, run, tiny

SETTINGS = declared("classify", epochs=1)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A trained network, and the files that it was written to."""
    folder = tmp_path_factory.mktemp("trained")
    trained = run(SETTINGS, folder)
    names = {"weights": "weights.safetensors", "history": "history.csv"}
    names |= {"steps": "steps.csv", "run": "run.json"}
    files = SimpleNamespace(**{key: str(folder / name) for key, name in names.items()})
    write_json(folder / "card.json", {"sha256": "abc"})
    write_trained(trained, identity(SETTINGS, 0, folder / "card.json", []), files)
    return trained, files


@pytest.fixture
def loaded(written):
    _, files = written
    return load_trained(files.run, files.weights, files.history, tiny())


def test_weights_come_back_bit_for_bit(written, loaded):
    kept = loaded.model.state_dict()
    for name, tensor in written[0].model.state_dict().items():
        assert torch.equal(kept[name], tensor)


@pytest.mark.parametrize("kind", ["weights", "history"])
def test_what_is_not_as_it_was_recorded_is_refused(written, tmp_path, kind):
    files = {**vars(written[1])}
    other = tmp_path / Path(files[kind]).name
    content = Path(files[kind]).read_bytes()
    other.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    files[kind] = str(other)
    with pytest.raises(ProofsheetError, match=f"{other.name}: checksum differs .*trained anew"):
        load_trained(files["run"], files["weights"], files["history"], tiny())


def test_settings_are_the_recorded_ones(loaded):
    assert loaded.settings == SETTINGS


def test_images_are_split_as_the_training_split_them(loaded):
    expected = split_images(tiny(), SETTINGS, "cpu")
    for name, images in expected.items():
        assert torch.equal(loaded.images[name].pixels, images.pixels)


def test_the_history_keeps_every_digit(written):
    trained, files = written
    assert [tuple(row) for row in read_history(files.history)] == trained.history


def test_a_loaded_network_is_ready_to_be_evaluated(loaded):
    assert not loaded.model.training
