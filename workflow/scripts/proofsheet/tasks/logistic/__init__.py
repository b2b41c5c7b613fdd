"""Logistic regression: tell two classes apart by one linear layer."""
