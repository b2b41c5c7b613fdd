"""What a template shows is declared, and refused while planning where it is not."""

import re

import pytest

from proofsheet.declare.checks import trial
from proofsheet.errors import ProofsheetError
from proofsheet.report.exhibits import Exhibit
from proofsheet.report.judgements import Claim

from .conftest import PROJECT

TEMPLATE = "templates/verification_vae.html.j2"
MAIN = "{% block main %}"


@pytest.fixture
def refused(load, tmp_path):
    """``refused(old, new)``: what is said of the template after an edit."""

    def refused(old, new):
        text = (PROJECT / TEMPLATE).read_text()
        assert old in text
        (tmp_path / TEMPLATE).write_text(text.replace(old, new, 1))
        with pytest.raises(ProofsheetError) as told:
            load()
        return str(told.value)

    return refused


@pytest.mark.parametrize(
    ("put", "said"),
    [
        ('{{ value("verify_bce", "test acuracy", ".1%") }}', "verify_bce has no test acuracy"),
        ('{{ value("verify_bec", "test accuracy", ".1%") }}', "names experiment 'verify_bec'"),
        ('{{ value("verify_bce", "test accuracy", ".1 %") }}', "a format is .2f, .1% or .1p"),
        ('{{ value("verify_bce", "accuracy", ".1%") }}', "verify_bce has no accuracy"),
        (
            '{% if cards %}{{ value("vae_bce", "test sharpnes", ".1f") }}{% endif %}',
            "no test sharpnes",
        ),
        ('{{ printed("vae_bce", "loss") }}', "published: no 'loss' of vae_bce"),
        ("{{ show.said('bce-blury') }}", "no claim or remark 'bce-blury'"),
        ("{{ show.said(mse-clearer) }}", "nothing is called 'mse'; put words in quotes"),
        ('{{ show.heading("veas") }}', "no part 'veas'"),
        ("{{ show.figure(figures.vae_images) }}", "figures has no 'vae_images'; there are "),
        ('{{ show.table(tables["vae_qualty"]) }}', "tables has no 'vae_qualty'; there are "),
        ("{{ show.table(figures.loss_curves) }}", "table(figures…): that is a figure"),
        ("{{ show.figure(tables.vae_quality) }}", "figure(tables…): that is a table"),
        ("{{ show.figur(figures.loss_curves) }}", "show has no 'figur'; there are "),
        ("{{ writeup.experiments.verify_bcee.train }}", "experiments has no 'verify_bcee'"),
        ("{{ writeup.experiments.vae_bce.train.epoch }}", "train has no 'epoch'"),
        ("{% set t = writeup.experiments.vae_bce.train %}{{ t.epoch }}", "t has no 'epoch'"),
        ("{{ 'x'|formular }}", "no filter 'formular'; beside Jinja's own there are formula"),
        ("{ show.figure(figures.loss_curves) }", "printed as it stands"),
        ("{vae_bce/test psnr|.1f}", "printed as it stands"),
        ('{{ value("vae_bce", "test psnr") }}', "value takes an experiment, a metric and a format"),
        (
            "{% macro q(n, id) %}{{ show.heading(id, n) }}{% endmacro %}{{ q(1, 'VAE') }}",
            "no part 'VAE'",
        ),
        (r"{{ '\\left[ x'|formula }}", "1 \\left and 0 \\right in a formula"),
        (r"{{ '\\mathrm{KL x'|formula }}", "1 { and 0 } in a formula"),
        ("{{ figures.loss_curves }}", "a figure is no text; write show.figure(…) around it"),
        ('<img src="plot.png" alt="">', "plot.png: a page loads nothing, neither from beside it"),
        ("{{ figures.loss_curves.captoin }}", "loss_curves has no 'captoin'; there are anchor, "),
        ("{{ author.nmae }}", "author has no 'nmae'; there are "),
        ("{{ show.figure('loss_curves') }}", "write figures.<name> or tables.<name>"),
        ("{{ show.figure(figures.loss_curves, '', 1) }}", "takes not more than 2 argument"),
        ("{{ show.table(tables.vae_quality, lable='x') }}", "no keyword argument 'lable'"),
        ("{{ claims }}", "a mapping is no text; name what of it to show"),
        ("{{ tables.vae_quality.number }}", "nothing is no text; name what of it to show"),
        ("{{ 'epochs: ' + 3 }}", 'can only concatenate str (not "int") to str; correct it'),
        ("{{ 0.5|number('.2q') }}", "Unknown format code 'q'"),
        (
            "{% for name in ['vae_bec'] %}{{ value(name, 'test psnr', '.1f') }}{% endfor %}",
            "names experiment 'vae_bec'",
        ),
        (
            "{% if claims['gap-order'].verdict == 'contradicted' %}{{ 1 / 0 }}{% endif %}",
            "division by zero",
        ),
        (
            "{{ show.figure(loss_curves) }}",
            "nothing is called 'loss_curves'; write figures.loss_curves",
        ),
        ("{{ figure(figures.loss_curves) }}", "nothing is called 'figure'; write show.figure(…)"),
        ("{{ tables.vae_quality.body.rowz }}", "body has no 'rowz'; there are columns, rows"),
        ("{{ show.heading('vae') }}{{ show.heading('vae') }}", "heading 'vae' stands in line"),
        ("{{ printed('VAE with BCE', 'loss') }}", "names experiment 'VAE with BCE'"),
        (
            "{{ writeup.experiments.vae_bce.train.model.hiden }}",
            "model has no 'hiden'; there are hidden",
        ),
        (
            "<img src=https://example.org/a.png alt=x>",
            "https://example.org/a.png: a page loads nothing",
        ),
        ("<p><em>so</p>", "<em> is not closed"),
        ("<p>so</p></div>", "</div> closes nothing"),
        ("<!-- to do", "a comment is not closed; write --> behind it"),
        ('<p>See <a href="#fig-los">it</a>.</p>', "#fig-los: nothing of the page has this id"),
        ("{{ '\\frac{1}{2}'|formula }}", "write it twice in a formula"),
        ("{{ '$x$'|formula }}", "a formula needs no $"),
        ("<p>损失</p>", "no font has"),
        ("{% if not cards %}{{ 1 / 0 }}{% endif %}", "division by zero"),
    ],
)
def test_what_is_not_there_is_refused_at_its_line(refused, put, said):
    told = refused(MAIN, f"{MAIN}\n{put}")
    assert said in told
    assert re.match(rf".*{TEMPLATE}:5: ", told)


def test_what_is_missing_throughout_is_told_once(refused):
    line = '{% import "macros.html.j2" as show with context %}'
    told = refused(line, "")
    assert told.count("nothing is called 'show'") == 1
    assert f"begin with {line}" in told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{% extends "report.html.j2" %}', "", "1: begin with {% extends"),
        ('extends "report.html.j2"', 'extends "raport.html.j2"', "raport.html.j2: missing; "),
        ("report.html.j2", "verification_vae.html.j2", "1: extends itself"),
        (" with context", "", "add `with context`"),
        ("{% block main %}", "{% block mian %}", "no block 'mian' to fill; there are "),
        ("{% endblock %}", "", "Unexpected end of template"),
        (MAIN, f'{MAIN}{{% include "extra.html.j2" %}}', "extra.html.j2: missing; "),
        (MAIN, f"{MAIN}{{{{ show.figure(figures.loss_curves) }}}}", "stands in line 4, too"),
        (
            MAIN,
            f"{MAIN}{{{{ show.figure(figures.loss_curves)\n<p>",
            "expected token",
        ),
        ("{% endblock %}", "{% endblock %}\n<p>More.</p>", "'<p>More.</p>' stands outside of all"),
        (MAIN, f"{MAIN}{{% for one in figures %}}", "Encountered unknown tag 'endblock'"),
    ],
)
def test_a_template_without_a_page_is_refused(refused, old, new, said):
    assert said in refused(old, new)


@pytest.mark.parametrize(
    "put",
    [
        "{% for name, one in figures.items() %}{{ loop.index }}{{ one.caption }}{% endfor %}",
        "{% macro own(text) %}{{ text|upper }}{% endmacro %}{{ own('a') }}",
        "{% set ns = namespace(n=0) %}{% set ns.n = 1 %}{{ ns.n }}{{ range(3)|join }}",
        "{{ figures.loss_curves.caption }} {{ tables.vae_quality.body.rows[0].title }}",
        "{{ '\\\\left\\\\{ x_{i} \\\\right\\\\}'|formula }}<a href='https://a.b'>a</a>",
        "<style>p { color: red }</style> {{ author.name }} {{ '{a|b}' }}",
        "{% for card in cards %}{{ card.images.train + 1 }}{{ '%.1f'|format(card.x) }}{% endfor %}",
        "{% for title, rows in networks.items() %}{{ rows|sum(attribute='parameters') }}{% endfor %}",
        '{% from "macros.html.j2" import untested with context %}{{ untested() }}<br><p>a<p>b',
        "{{ writeup.experiments.vae_bce.seeds }}<a href='#check'>the check</a><svg><path/></svg>",
        "{{ figures.nope is defined }}{{ cards|tojson }}{% for a, b, c in cards %}{{ a }}{% endfor %}",
    ],
)
def test_what_jinja_and_the_page_have_may_be_used(load, tmp_path, put):
    text = (PROJECT / TEMPLATE).read_text()
    (tmp_path / TEMPLATE).write_text(text.replace(MAIN, f"{MAIN}\n{put}", 1))
    assert load()


def test_a_page_on_trial_has_what_a_page_has():
    def public(kind):
        return {name for name in vars(kind) if not name.startswith("_")}

    assert set(trial.EXHIBIT) == public(Exhibit)
    assert set(trial.CLAIM) == public(Claim)
