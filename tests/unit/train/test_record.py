import pytest

from proofsheet.files import canonical, write_json
from proofsheet.train.record import identity


@pytest.fixture
def made(tmp_path):
    """Digest of a training, with any one of what decides it replaced."""

    def digest(lr=0.1, seed=0, data="abc", source="code"):
        write_json(tmp_path / "card.json", {"sha256": data})
        (tmp_path / "code.py").write_text(source)
        train = canonical({"lr": lr})
        return identity(train, seed, tmp_path / "card.json", [str(tmp_path / "code.py")]).digest

    return digest


def test_the_same_training_has_the_same_digest(made):
    assert made() == made()


@pytest.mark.parametrize("change", [{"lr": 0.2}, {"seed": 1}, {"data": "d"}, {"source": "other"}])
def test_settings_seed_data_and_code_each_change_the_digest(made, change):
    assert made(**change) != made()
