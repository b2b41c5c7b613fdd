import pytest

from proofsheet.files import write_json
from proofsheet.train import record
from proofsheet.train.record import identity
from trainings import declared


@pytest.fixture
def made(tmp_path):
    """Digest of a training, with any one of what decides it replaced."""

    def digest(lr=0.1, seed=0, data="abc", source="code", weights=None):
        write_json(tmp_path / "card.json", {"sha256": data})
        (tmp_path / "code.py").write_text(source)
        path = tmp_path / "weights.pth"
        path.write_bytes(weights or b"")
        settings = declared(
            "classify",
            optimiser={"name": "sgd", "lr": lr},
            model={"name": "vision.resnet18"},
            pretrained=str(path) if weights else False,
        )
        return identity(settings, seed, tmp_path / "card.json", [str(tmp_path / "code.py")]).digest

    return digest


def test_the_same_training_has_the_same_digest(made):
    assert made() == made()


@pytest.mark.parametrize("change", [{"lr": 0.2}, {"seed": 1}, {"data": "d"}, {"source": "other"}])
def test_settings_seed_data_and_code_each_change_the_digest(made, change):
    assert made(**change) != made()


@pytest.mark.parametrize("package", ["numpy", "torch", "torchvision"])
def test_another_version_of_what_computes_changes_the_digest(made, monkeypatch, package):
    before, installed = made(), record.version
    monkeypatch.setattr(
        record, "version", lambda name: "99" if name == package else installed(name)
    )
    assert made() != before


def test_other_bytes_in_the_file_of_weights_change_the_digest(made):
    assert made(weights=b"one") == made(weights=b"one")
    assert made(weights=b"one") != made(weights=b"two")


def test_weights_that_are_published_have_no_bytes_here(made, tmp_path):
    made()
    settings = declared("classify", model={"name": "vision.resnet18"}, pretrained=True)
    facts = identity(settings, 0, tmp_path / "card.json", []).facts
    assert "pretrained_sha256" not in facts
