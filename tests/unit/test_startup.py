"""What makes a process start sooner may change nothing else. Each test has a process of its own."""

import subprocess
import sys


def printed(script):
    lines = f"import sys; sys.path[:0] = {sys.path!r}\nimport torch\n{script}"
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_what_the_stand_in_does_not_have_is_the_real_compilers():
    assert printed(
        "from proofsheet.startup import defer_compiler\n"
        "defer_compiler()\n"
        "import torch._dynamo as compiler\n"
        "print('torch._inductor' in sys.modules)\n"
        "reset = compiler.reset\n"
        "real = sys.modules['torch._dynamo']\n"
        "print(real is compiler, reset is real.reset, real.__file__ is not None)\n"
    ) == ["False", "False", "True", "True"]


def test_after_it_was_deferred_torch_compiles():
    assert printed(
        "from proofsheet.startup import defer_compiler\n"
        "defer_compiler()\n"
        "double = torch.compile(lambda x: 2 * x, backend='eager')\n"
        "print(double(torch.tensor(21)).item())\n"
    ) == ["42"]


def test_a_compiler_that_is_loaded_already_stays():
    assert printed(
        "import torch._dynamo as compiler\n"
        "from proofsheet.startup import defer_compiler\n"
        "defer_compiler()\n"
        "print(sys.modules['torch._dynamo'] is compiler)\n"
    ) == ["True"]


def test_who_looks_through_all_modules_does_not_load_it():
    assert printed(
        "from proofsheet.startup import defer_compiler\n"
        "defer_compiler()\n"
        "print(hasattr(sys.modules['torch._dynamo'], '__file__'))\n"
        "print('torch._inductor' in sys.modules)\n"
    ) == ["False", "False"]
