import torch

from proofsheet.tasks.pairs import sample_pairs, sample_triplets

LABELS = torch.tensor([0] * 30 + [1] * 10 + [2] * 20)


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def test_half_of_the_pairs_are_of_one_class():
    pairs = sample_pairs(LABELS, 600, generator())
    same = LABELS[pairs[:, 0]] == LABELS[pairs[:, 1]]
    assert same.sum() == 300


def test_no_image_is_paired_with_itself():
    pairs = sample_pairs(LABELS, 6_000, generator())
    assert (pairs[:, 0] != pairs[:, 1]).all()


def test_every_image_comes_first_equally_often():
    pairs = sample_pairs(LABELS, 3 * len(LABELS), generator())
    assert torch.bincount(pairs[:, 0]).tolist() == [3] * len(LABELS)


def test_partners_are_uniform_within_what_is_allowed():
    pairs = sample_pairs(LABELS, 120_000, generator())
    first, second = pairs.T
    own = LABELS[first] == LABELS[second]
    of_class_1 = (LABELS[first] == 1) & own
    share = torch.bincount(second[of_class_1], minlength=60)[30:40] / of_class_1.sum()
    torch.testing.assert_close(share, torch.full((10,), 0.1), atol=0.02, rtol=0)
    strangers = (LABELS[first] == 1) & ~own
    share = torch.bincount(second[strangers], minlength=60) / strangers.sum()
    torch.testing.assert_close(share[:30], torch.full((30,), 1 / 50), atol=0.01, rtol=0)
    torch.testing.assert_close(share[40:], torch.full((20,), 1 / 50), atol=0.01, rtol=0)


def test_triplets_hold_a_partner_and_a_stranger():
    anchor, positive, negative = sample_triplets(LABELS, 1_000, generator()).T
    assert (LABELS[anchor] == LABELS[positive]).all()
    assert (anchor != positive).all()
    assert (LABELS[anchor] != LABELS[negative]).all()


def test_the_seed_decides_the_sample():
    assert torch.equal(
        sample_pairs(LABELS, 50, generator(1)), sample_pairs(LABELS, 50, generator(1))
    )
    assert not torch.equal(
        sample_pairs(LABELS, 50, generator(1)), sample_pairs(LABELS, 50, generator(2))
    )
