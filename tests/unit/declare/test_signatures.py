import pytest
from pydantic import ValidationError

from proofsheet.declare.signatures import models


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("dense.fnn", {"hidden": [0, 4]}),
        ("dense.fnn", {"hidden": [4, 4], "dropout": 1.0}),
        ("dense.fnn", {"hidden": [4, 4], "std": 0.0}),
        ("vae.dense", {"latent": 10**6, "hidden": 4}),
        ("vision.resnet18", {"width": -1.0}),
        ("vision.resnet18", {"resize": -5}),
    ],
)
def test_what_no_network_can_have_is_refused(name, given):
    with pytest.raises(ValidationError):
        models()[name].options(**given)
