"""What sizes of images a network can take."""

from proofsheet.errors import ProofsheetError


def require_pixels(
    model: str, image_shape: tuple[int, int, int], least: int, resize: int = 0
) -> None:
    """Raise :class:`ProofsheetError` unless both sides have ``least`` pixels.

    Planning reads this call from a model's source, so that it knows before anything is trained.

    :param image_shape: channels, height, width.
    :param resize: pixels a side that the model itself makes of them; 0 where it does not.
    """
    width, height = (resize, resize) if resize else (image_shape[2], image_shape[1])
    if min(height, width) < least:
        raise ProofsheetError(
            f"images are {width}×{height} pixels, and {model} needs at least {least}×{least}; "
            "scale them"
        )
