import torch

from proofsheet.models.vae import dense
from proofsheet.tasks.vae.evaluation import explore, grey_levels, legibility


def test_legibility_counts_what_the_reconstruction_lost():
    labels = torch.tensor([0, 1, 2, 3])
    originals = torch.tensor([0, 1, 2, 9])  # three read right
    reconstructions = torch.tensor([0, 9, 9, 3])  # one of those three, and one more
    rows = legibility(labels, originals, reconstructions)
    found = {quantity: value for *_, quantity, value in rows}
    assert found["legibility"] == 0.5
    assert found["legibility_originals"] == 0.75
    assert abs(found["illegible"] - 2 / 3) < 1e-6


def test_grey_levels_span_0_to_255():
    assert grey_levels(torch.tensor([-100.0, 0.0, 100.0])).tolist() == [0, 128, 255]


def test_a_traversal_moves_the_dimensions_of_most_information_first():
    torch.manual_seed(0)
    model = dense(image_shape=(1, 2, 2), classes=10, latent=8)
    arrays = explore(model, torch.tensor([0.1, 5, 0.2, 4, 0.3, 3, 2, 1]), seed=0)
    assert arrays["dimensions"].tolist() == [1, 3, 5, 6, 7, 4]
    latent = torch.zeros(1, 8)
    latent[0, 1] = -3
    with torch.no_grad():
        expected = grey_levels(model.decode(latent))
    assert arrays["traversal"][0, 0].tolist() == expected[0].tolist()
