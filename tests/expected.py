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

# Every experiment of the other three write-ups.
EXPERIMENTS = {
    *("cnn6", "autoencoder", "autoencoder_w001", "autoencoder_w1", "autoencoder_w10"),
    *("encoder_classifier", "denoiser", "convexity", "fnn", "fnn_dropout", "fnn_batchnorm"),
    *("logistic_ce", "logistic_ce_10", "logistic_ce_50"),
    *("logistic_mse", "logistic_mse_10", "logistic_mse_50", "mnist_cnn"),
    *("svhn_lenet5", "svhn_alexnet", "svhn_vgg"),
    *("svhn_resnet18", "svhn_resnet50", "svhn_resnet101"),
    *("svhn_lenet5_05", "svhn_lenet5_10", "svhn_lenet5_25", "svhn_lenet5_50"),
}
