"""What several tests expect, stated once and not read from the code."""

# The claims of verification_vae, in the order of the original.
CLAIMS = [
    "gap-order",
    "triplet-overfits-most",
    "mse-clearer",
    "bce-blurry",
    "bce-val-below-train",
    "mse-val-above-train",
]
