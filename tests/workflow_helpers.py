"""What several workflow tests share."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path


def page_texts(pdf):
    """Text of each page of a PDF."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.removesuffix("\f").split("\f")


def words_of(page):
    """What a page says, in one line."""
    body = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body)).split())


def broken_links(file):
    """Links of a page that lead neither to a part of it nor to a file."""
    page = file.read_text()
    ids = set(re.findall(r'id="([^"]+)"', page))
    links = re.findall(r'href="([^"]+)"', page)
    assert links
    return [
        link
        for link in links
        if not (link[1:] in ids if link[0] == "#" else (file.parent / link).resolve().is_file())
    ]


def make(project, *arguments):
    """Run make in a copy of the project, with the environment that runs the tests."""
    venv = Path(sys.prefix)
    environment = {key: value for key, value in os.environ.items() if key != "MAKEFLAGS"}
    environment["COLUMNS"] = "120"
    return subprocess.run(
        # The environment stands; only what is told is to be made.
        [
            *("make", f"VENV={venv}", "RUN=tiny", "CORES=2"),
            *("-o", str(venv / "report.stamp"), *arguments),
        ],
        cwd=project.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
