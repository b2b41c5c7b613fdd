"""Reconstruct images through a small code, from which they are also classified."""
