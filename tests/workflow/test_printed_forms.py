"""What the write-ups print in a fixed form, on the page and in print, letter for letter."""

import os
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from conftest import PROJECT
from workflow_helpers import page_texts, words_of

EPOCHS = [f"Training Loss at the end of epoch {n} is" for n in range(1, 11)]
BATCHES = [
    f"Epoch {epoch}, Batch {batch}, Loss:"
    for epoch, batches in {1: range(100, 800, 100), 4: range(700, 1000, 100),
                           5: range(100, 1000, 100)}.items()
    for batch in batches
]  # fmt: skip
# In their order.
FORMS = {
    "verification_vae": [
        "Neural Network and Deep Learning Assignment-11",
        "Comparison of Face Verification Models using BCE Loss, Contrastive Loss, and Triplet Loss "
        "on MNIST digit dataset",
        "[Code link",
        "Figure 1.",
        "Results and Discussion",
        "Comparison of Binary Cross-Entropy and Mean Squared Error as Reconstruction Loss "
        "Functions in Variational Autoencoder Training",
        "[Code link",
        "Figure 2. Original and Reconstructed Images with BCE Loss",
        "Figure 3. Original and Reconstructed Images with MSE Loss",
        "Figure 4.",
        "Results and Discussion",
    ],
    "cnn_autoencoder": [
        "DEEP LEARNING MINOR 1 REPORT",
        "QUESTION 1:",
        "[Code link",
        *EPOCHS,
        "Accuracy of network on test images = ",
        "QUESTION 2:",
        "[Code link",
        "Hyperparameters chosen were",
        "# Combine the losses",
        "loss = loss_recon + classification_loss_weight * loss_class",
        "LOSSES AFTER EVERY EPOCH:",
        "Reconstruction loss",
        "Classification loss",
        "Total loss",
        *(f"Epoch {n}" for n in range(1, 11)),
        "1st row: original images",
        "2nd row: predicted images",
        "Results on validation set:",
        "Reconstruction loss",
        "Classification loss",
        "Reconstruction accuracy",
        "Classification accuracy",
        "COMPARISON:",
    ],
    "losses_and_architectures": [
        "Answer: Q.1",
        "Reason:",
        "Probability Interpretation:",
        "Optimization Behavior:",
        "Single Best Answer:",
        "Robustness to Imbalanced Data:",
        "Answer: Q-2",
        "(b) Mean Squared Error (MSE)",
        "Mean Square Error",
        "ŷ = WX + b",
        "Cross Entropy",
        "Answer: Q-3",
        "Results",
        *BATCHES[:7],
        "...",
        *BATCHES[7:],
        "Finished Training",
        "Accuracy on the test set: ",
        "Answer: Q-4",
        "LeNet-5 achieved ",
        "VGG achieved ",
        "ResNet-18 achieved ",
        "ResNet-50 achieved ",
        "ResNet-101 achieved ",
        "From the results:",
    ],
    "mnist_and_lenet": ["1 Question1", "2 Question2", "3 Question3", "4 Question4"],
}
# Pages of the main part and of all, and main parts' words together.
PAGES = {
    "verification_vae": (5, 9),
    "cnn_autoencoder": (7, 12),
    "losses_and_architectures": (8, 13),
    "mnist_and_lenet": (5, 9),
}
WORDS = 5_000

writeups = pytest.mark.parametrize("name", FORMS)


@pytest.fixture
def report(built, built_all):
    """The path of a report's page or PDF."""

    def path(name, suffix):
        project = built if name == "verification_vae" else built_all
        return project.results / "reports" / f"{name}.{suffix}"

    return path


@pytest.fixture
def printed(report):
    """The pages of a PDF, as lists of the main part's and of all."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (poppler-utils)")

    def pages(name):
        found = page_texts(report(name, "pdf"))
        check = next(n for n, text in enumerate(found) if re.search("^ *The check$", text, re.M))
        return found[:check], found

    return pages


def in_order(forms, text):
    """The first of the forms that does not stand in the text behind those before it."""
    place = 0
    for form in forms:
        place = text.find(form, place)
        if place < 0:
            return form
        place += len(form)
    return None


@writeups
def test_the_page_has_the_forms_of_the_writeup_in_its_order(report, name):
    assert in_order(FORMS[name], words_of(report(name, "html").read_text())) is None


@writeups
def test_so_has_the_print(report, name):
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (poppler-utils)")
    # In the order of reading, as pdftotext takes it without -layout.
    done = subprocess.run(
        ["pdftotext", str(report(name, "pdf")), "-"], capture_output=True, text=True, check=True
    )
    text = " ".join(done.stdout.split())
    assert [form for form in FORMS[name] if " ".join(form.split()) not in text] == []


@writeups
def test_the_print_has_no_more_pages_than_it_may(printed, name):
    main, all_of_them = printed(name)
    assert (len(main), len(all_of_them)) <= PAGES[name]
    assert len(all_of_them) <= PAGES[name][1]


def test_the_main_parts_have_no_more_words_than_they_may(printed):
    words = [word for name in FORMS for word in " ".join(printed(name)[0]).split()]
    # Leaders of the table of contents are none.
    assert len([word for word in words if re.search(r"\w", word)]) <= WORDS


@writeups
def test_a_page_is_no_larger_than_it_may_be(report, name):
    assert report(name, "html").stat().st_size <= 1_000_000


def test_the_index_is_no_larger_than_it_may_be(built_all):
    assert (built_all.results / "reports" / "index.html").stat().st_size <= 200_000


@writeups
def test_every_character_of_a_page_is_in_its_own_fonts(report, name):
    fonts = [TTFont(path).getBestCmap() for path in (PROJECT / "templates/fonts").glob("*.ttf")]
    text = words_of(report(name, "html").read_text())
    assert {c for c in text if not all(ord(c) in font for font in fonts)} <= set("σ")
    assert any(ord("σ") in font for font in fonts)


@writeups
def test_the_print_embeds_the_reports_own_fonts_alone(report, name):
    if not shutil.which("pdffonts"):
        pytest.skip("needs pdffonts (poppler-utils)")
    done = subprocess.run(
        ["pdffonts", str(report(name, "pdf"))], capture_output=True, text=True, check=True
    )
    fonts = [line.split()[0] for line in done.stdout.splitlines()[2:]]
    assert fonts
    assert [font for font in fonts if "+Plex-" not in font] == []


@writeups
def test_without_any_font_of_the_system_the_print_has_the_same_bytes(report, tmp_path, name):
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}/cache</cachedir></fontconfig>")
    script = (
        "import sys; from pathlib import Path; from proofsheet.report.pdf import write_pdf;"
        "write_pdf(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(report(name, "html")), str(tmp_path / "page.pdf")],
        env={
            **os.environ,
            "FONTCONFIG_FILE": str(config),
            "PYTHONPATH": str(PROJECT / "workflow/scripts"),
        },
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "page.pdf").read_bytes() == report(name, "pdf").read_bytes()


@writeups
def test_no_page_but_the_last_is_less_than_half_full(printed, report, tmp_path, name):
    main, pages = printed(name)
    subprocess.run(
        ["pdftoppm", "-r", "20", "-gray", str(report(name, "pdf")), str(tmp_path / "page")],
        check=True,
    )
    filled = []
    for path in sorted(tmp_path.glob("page-*.pgm")):
        with Image.open(path) as image:
            pixels = np.asarray(image)
        # Between the margins of 20 mm, which hold the running lines.
        height = len(pixels)
        inner = pixels[height * 20 // 297 : height * 277 // 297]
        rows = np.flatnonzero((inner < 200).any(axis=1))
        filled.append((rows.max() + 1) / len(inner))
    last = {len(main) - 1, len(pages) - 1}
    assert [n + 1 for n, part in enumerate(filled) if part < 0.5 and n not in last] == []
