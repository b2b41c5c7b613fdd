"""No weights can be downloaded here: what a failed download says, and weights from a file."""

from urllib.error import URLError

import pytest
import torch
from torchvision import models
from torchvision.models import WeightsEnum

from proofsheet.errors import ProofsheetError
from proofsheet.models.vision import resnet18
from proofsheet.train.pretrained import load_pretrained
from trainings import declared


def settings(pretrained):
    return declared("classify", model={"name": "vision.resnet18"}, pretrained=pretrained)


@pytest.fixture
def model():
    return resnet18(image_shape=(3, 32, 32), classes=10)


def test_weights_of_a_file_fill_all_but_the_head(model, tmp_path):
    torch.manual_seed(1)
    published = models.resnet18()
    torch.save(published.state_dict(), tmp_path / "resnet18.pth")
    head = model.body.fc.weight.clone()
    load_pretrained(model, settings(str(tmp_path / "resnet18.pth")))
    assert torch.equal(model.body.conv1.weight, published.conv1.weight)
    assert torch.equal(model.body.layer4[1].bn2.running_var, published.layer4[1].bn2.running_var)
    assert torch.equal(model.body.fc.weight, head)


def test_weights_from_before_batches_were_counted_fit(model, tmp_path):
    published = models.resnet18().state_dict()
    old = {key: value for key, value in published.items() if "num_batches" not in key}
    torch.save(old, tmp_path / "old.pth")
    load_pretrained(model, settings(str(tmp_path / "old.pth")))
    assert torch.equal(model.body.conv1.weight, published["conv1.weight"])


def test_weights_that_cannot_be_downloaded_are_one_line_with_two_remedies(model, monkeypatch):
    def refuse(self, **options):
        raise URLError("no route to host")

    monkeypatch.setattr(WeightsEnum, "get_state_dict", refuse)
    with pytest.raises(
        ProofsheetError, match=r"no route to host.*pretrained: false.*resnet18-"
    ) as e:
        load_pretrained(model, settings(True))
    assert "\n" not in str(e.value)


class Planted:
    def __init__(self, file):
        self.file = file

    def __reduce__(self):
        return self.file.touch, ()


def test_what_lies_in_the_cache_is_not_run(model, tmp_path, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    name = models.ResNet18_Weights.DEFAULT.url.split("/")[-1]
    (tmp_path / "hub" / "checkpoints").mkdir(parents=True)
    torch.save({"x": Planted(tmp_path / "ran")}, tmp_path / "hub" / "checkpoints" / name)
    with pytest.raises(ProofsheetError, match=f"{name}: checksum mismatch.*delete the file"):
        load_pretrained(model, settings(True))
    assert not (tmp_path / "ran").exists()


def test_weights_of_another_network_are_refused(model, tmp_path):
    torch.save(models.alexnet().state_dict(), tmp_path / "other.pth")
    with pytest.raises(ProofsheetError, match=r"do not fit resnet18: bn1\.bias is missing"):
        load_pretrained(model, settings(str(tmp_path / "other.pth")))


@pytest.mark.parametrize(
    ("content", "line"),
    [(None, "no such file")]
    + [(some, "not a file of weights") for some in (b"x", b"hello", b"a,b\n1,2", b"epoch 1")],
)
def test_a_bad_file_is_one_line(model, tmp_path, content, line):
    path = tmp_path / "weights.pth"
    if content:
        path.write_bytes(content)
    with pytest.raises(ProofsheetError, match=line):
        load_pretrained(model, settings(str(path)))
