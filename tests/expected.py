"""What several tests expect, stated once and not read from the code."""

# The claims of each write-up, in the order of the original.
CLAIMS = {
    "verification_vae": [
        *("gap-order", "triplet-overfits-most", "mse-clearer", "bce-blurry"),
        *("bce-val-below-train", "mse-val-above-train"),
    ],
    "cnn_autoencoder": [
        *("cnn-accuracy", "cnn-beats-autoencoder", "weight-tenfold", "weight-direction"),
        *("weight-one-equal", "depth-explains", "autoencoder-denoises"),
        "validation-table-consistent",
    ],
    "losses_and_architectures": [
        *("ce-probabilities", "ce-optimises-faster", "ce-clear-boundary", "ce-imbalance"),
        *("mse-linear-convex", "ce-linear-nonconvex", "fnn-accuracy", "regularisation-helps"),
        *("vgg-best", "resnet50-second", "lenet-lowest", "resnet18-101-below"),
        "alexnet-near-vgg",
    ],
    "mnist_and_lenet": [
        *("ce-penalises-confident-errors", "ce-learns-faster", "mse-linear-convex"),
        *("ce-linear-nonconvex", "cnn-reliable", "portion-suffices"),
    ],
}
# How many numbers each write-up prints.
PUBLISHED = {
    "verification_vae": 0,
    "cnn_autoencoder": 45,
    "losses_and_architectures": 25,
    "mnist_and_lenet": 0,
}
# SVHN was not at hand: what is said of it has no recorded verdict yet.
UNRECORDED = {
    *("svhn_lenet5/test_accuracy", "svhn_vgg/test_accuracy", "svhn_resnet18/test_accuracy"),
    *("svhn_resnet50/test_accuracy", "svhn_resnet101/test_accuracy"),
    *("vgg-best", "resnet50-second", "lenet-lowest", "resnet18-101-below", "alexnet-near-vgg"),
    "portion-suffices",
}

# Every experiment.
EXPERIMENTS = {
    *("verify_bce", "verify_contrastive", "verify_triplet", "vae_bce", "vae_mse"),
    *("cnn6", "cnn3", "autoencoder", "autoencoder_w001", "autoencoder_w1", "autoencoder_w10"),
    *("encoder_classifier", "denoiser", "convexity", "fnn", "fnn_dropout", "fnn_batchnorm"),
    *("logistic_ce", "logistic_ce_10", "logistic_ce_50"),
    *("logistic_mse", "logistic_mse_10", "logistic_mse_50", "mnist_cnn"),
    *("svhn_lenet5", "svhn_alexnet", "svhn_vgg"),
    *("svhn_resnet18", "svhn_resnet50", "svhn_resnet101"),
    *("svhn_lenet5_05", "svhn_lenet5_10", "svhn_lenet5_25", "svhn_lenet5_50"),
}
