"""Arrays in which equals stand beside each other."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def begins(values: Array) -> Array:
    """Say where other values begin than stood before.

    >>> begins(np.array([4, 4, 7, 9, 9])).tolist(), begins(np.array([])).tolist()
    ([0, 2, 3], [])
    """
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
