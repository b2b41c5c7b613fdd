"""Data sources: each turns what it reads into one checked file of uint8 images."""
