"""The pages in a real browser, on a desk and on a phone."""

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
import tarfile

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


AXE = "axe-core@4.12.1"
AXE_SHA512 = (
    "s7iGf5GaVMxEG0ENN9x+xTr7GFZCb1ZP/1uATUpCEK2X78nDB3RwbtFCo9pGAf9ru+VwoQ464DkaLEeRM08wJA=="
)
# Everything on the page is open, and the page tells the frame what axe finds.
RUN_AXE = """<script>%s</script><script>addEventListener("load", async () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  const found = await axe.run({ rules: { "target-size": { enabled: true } } });
  parent.postMessage("axe " + JSON.stringify(
    found.violations.map(one => [one.id, one.nodes.map(node => node.target.join(" "))])), "*");
})</script>"""

PAGES = pytest.mark.parametrize(
    ("project", "name"),
    [
        ("built", "verification_vae"),
        ("built_all", "cnn_autoencoder"),
        ("built_all", "losses_and_architectures"),
        ("built_all", "mnist_and_lenet"),
        ("built_all", "index"),
    ],
)


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def width(request):
    return request.param


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    """axe-core's script, from npm, by its digest."""
    if not shutil.which("npm"):
        pytest.skip("needs npm")
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(["npm", "pack", AXE, "--silent"], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    digest = hashlib.sha512(archive.read_bytes()).digest()
    assert base64.b64encode(digest).decode() == AXE_SHA512
    with tarfile.open(archive) as files:
        return files.extractfile("package/axe.min.js").read().decode()


def dump(folder, page, *options):
    """What a page has become in the browser."""
    return subprocess.run(
        [
            *(CHROMIUM, *QUIET.split(), f"--user-data-dir={folder / 'profile'}"),
            *("--window-size=1400,1000", "--virtual-time-budget=60000", *options, "--dump-dom"),
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=240,
    ).stdout


@PAGES
def test_a_page_fits_the_screen_and_shows_all_its_images(request, tmp_path, width, project, name):
    results = request.getfixturevalue(project).results
    page = (results / "reports" / f"{name}.html").read_text()
    (tmp_path / "page.html").write_text(page.replace("</head>", PROBE + "</head>"))
    frame = tmp_path / "frame.html"
    frame.write_text(FRAME % width)
    dom = dump(tmp_path, frame)
    found = re.search(r"probe (\d+) (\d+) (\d+) (\d+) (\d+)", dom)
    assert found, dom[-500:]
    wide, view, images, broken, fonts = map(int, found.groups())
    assert view == width
    assert wide <= view
    assert broken == 0
    assert fonts == 0
    assert images > 0


# Everything on the page is open; of each table that has to scroll, what says so.
SCROLLS = """<script>addEventListener("load", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  const page = document.documentElement, boxes = [...document.querySelectorAll(".scroll")];
  const found = boxes.filter(box => box.querySelector("table") && box.scrollWidth > box.clientWidth)
    .map(box => getComputedStyle(box).borderRightStyle);
  parent.postMessage(`scrolls ${page.scrollWidth} ${found.join(" ")}`, "*");
})</script>"""


@PAGES
def test_on_a_phone_a_table_fits_or_shows_that_it_scrolls(request, tmp_path, project, name):
    results = request.getfixturevalue(project).results
    page = (results / "reports" / f"{name}.html").read_text()
    (tmp_path / "page.html").write_text(page.replace("</head>", SCROLLS + "</head>"))
    frame = tmp_path / "frame.html"
    frame.write_text(FRAME % 390)
    found = re.search(r"scrolls (\d+) ?([^<]*)", dump(tmp_path, frame))
    assert found
    assert int(found[1]) == 390
    assert set(found[2].split()) <= {"dashed"}
    # Settings, and tables of more than four columns.
    wide = page.count('class="table wide"') + page.count('class="settings"')
    assert len(found[2].split()) <= wide


# Chromium calls the dark scheme 0 and the light one 1.
@pytest.mark.network
@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, 1), (390, 0)], ids=["desk-light", "phone-dark"]
)
@PAGES
def test_axe_finds_nothing(request, tmp_path, axe, width, scheme, project, name):
    results = request.getfixturevalue(project).results
    page = (results / "reports" / f"{name}.html").read_text()
    (tmp_path / "page.html").write_text(page.replace("</head>", RUN_AXE % axe + "</head>"))
    frame = tmp_path / "frame.html"
    frame.write_text(FRAME % width)
    options = (f"--blink-settings=preferredColorScheme={scheme}",)
    dom = dump(tmp_path, frame, *options)
    found = re.search(r"<title>axe (.*?)</title>", dom, re.S)
    assert found, dom[-500:]
    assert json.loads(html.unescape(found[1])) == []
