"""The pages in a real browser, on a desk and on a phone."""

import re
import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
)

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")

# The page tells the frame around it how wide it is and which of its parts did not load.
PROBE = """<script>addEventListener("load", () => {
  const wide = document.documentElement.scrollWidth, view = document.documentElement.clientWidth;
  const broken = [...document.images].filter(image => !image.naturalWidth).length;
  const fonts = [...document.fonts].filter(font => font.status == "error").length;
  parent.postMessage(`probe ${wide} ${view} ${document.images.length} ${broken} ${fonts}`, "*");
})</script>"""

# A frame, because the browser's own window is never as narrow as a phone.
FRAME = """<script>addEventListener("message", event => { document.title = event.data; })</script>
<iframe src="page.html" style="width:%dpx;height:900px;border:0"></iframe>"""


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def width(request):
    return request.param


@pytest.mark.parametrize(
    ("project", "name"),
    [
        ("built", "verification_vae"),
        ("built_all", "cnn_autoencoder"),
        ("built_all", "losses_and_architectures"),
        ("built_all", "mnist_and_lenet"),
        ("built_all", "index"),
    ],
)
def test_a_page_fits_the_screen_and_shows_all_its_images(request, tmp_path, width, project, name):
    results = request.getfixturevalue(project).results
    page = (results / "reports" / f"{name}.html").read_text()
    (tmp_path / "page.html").write_text(page.replace("</head>", PROBE + "</head>"))
    frame = tmp_path / "frame.html"
    frame.write_text(FRAME % width)
    dom = subprocess.run(
        [
            *(CHROMIUM, *QUIET.split(), f"--user-data-dir={tmp_path / 'profile'}"),
            *("--window-size=1400,1000", "--virtual-time-budget=10000", "--dump-dom"),
            frame.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout
    found = re.search(r"probe (\d+) (\d+) (\d+) (\d+) (\d+)", dom)
    assert found, dom[-500:]
    wide, view, images, broken, fonts = map(int, found.groups())
    assert view == width
    assert wide <= view
    assert broken == 0
    assert fonts == 0
    assert (images > 0) == (name != "index")
