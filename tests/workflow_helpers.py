"""What several workflow tests share."""

import html
import re
import subprocess


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
