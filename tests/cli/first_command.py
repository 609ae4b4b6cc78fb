"""Type the README's first command, search once, stop it; keep what is left.

A process of its own, begun when the tests begin, so that the tests which need no
content can run meanwhile: ``python -m tests.cli.first_command FOLDER``.
"""

import signal
import sys
from pathlib import Path

from tests.cli.terminal import PATIENCE_SECONDS, first_answer, free_port, kb


def run(folder):
    """Leave a home folder, the first answer and what was said in ``folder``."""
    port = free_port()
    words = ("demo", "--home", str(folder / "home"), "--port", str(port))
    demo = kb(*words, cwd=folder)
    answer = first_answer(f"http://127.0.0.1:{port}/en/search?q=erosion", demo)
    (folder / "answer.html").write_text(answer)
    demo.send_signal(signal.SIGTERM)
    said, _ = demo.communicate(timeout=PATIENCE_SECONDS)
    assert demo.returncode == 0, said
    (folder / "said.txt").write_text(said)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    under_way = place.with_name("demo-under-way")
    try:
        run(under_way)
    finally:
        under_way.rename(place)
