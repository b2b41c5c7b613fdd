"""From the weights of all seeds to metrics and arrays."""
