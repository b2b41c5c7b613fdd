"""Tell which class an image shows."""
