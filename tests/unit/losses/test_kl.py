import torch
from torch.distributions import Normal, kl_divergence

from proofsheet.losses.kl import kl_per_dimension


def test_equals_the_divergence_of_two_normal_distributions():
    generator = torch.Generator().manual_seed(0)
    mean, log_variance = torch.randn(2, 7, 3, generator=generator)
    expected = kl_divergence(Normal(mean, (log_variance / 2).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(kl_per_dimension(mean, log_variance), expected)


def test_is_zero_for_the_prior_itself():
    assert kl_per_dimension(torch.zeros(1, 2), torch.zeros(1, 2)).tolist() == [[0.0, 0.0]]
