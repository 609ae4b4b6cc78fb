"""Having a picture made in a process of its own, so that ours stays small and safe."""

import logging
import os
import subprocess
import sys

from kb.pictures.made import UNREADABLE, Made, Unreadable, unpacked

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 120


def made_apart(data: bytes, kind: str, width: int, height: int) -> tuple[Made, ...]:
    """Make every size of a picture, as `kb.pictures.anew.made_anew` does.

    The process is told where its modules are and nothing else of our surroundings.

    :raises Unreadable: it cannot be read, or took too much memory or time.
    """
    said = [sys.executable, "-m", "kb.pictures", kind, str(width), str(height)]
    try:
        ended = subprocess.run(  # noqa: S603
            said,
            input=data,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
        )
    except subprocess.TimeoutExpired as late:
        log.warning("a picture took more than %s seconds", PATIENCE_SECONDS)
        raise Unreadable from late
    if ended.returncode:
        if ended.returncode != UNREADABLE:
            why = ended.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            log.warning("making a picture ended with %s: %s", ended.returncode, why)
        raise Unreadable
    return unpacked(ended.stdout)
