"""What an index holds of each group, for whoever compares it with its source."""

import numpy as np

from kb.search.whoosh_index.snapshot import Snapshot


def sums_of_groups(snapshot: Snapshot, column: str, below: int) -> dict[int, int]:
    """Add up a column of whole numbers over the documents of each group.

    :param below: a power of two; sums are given modulo it.
    """
    groups, numbers = [np.zeros(0, "i8")], [np.zeros(0, "u8")]
    for part in snapshot.parts:
        here = part.everything(1.0).documents
        groups.append(part.segment.groups[here])
        numbers.append(part.numbers(column)[here].astype("u8"))
    names, which = np.unique(np.concatenate(groups), return_inverse=True)
    sums = np.zeros(len(names), "u8")
    np.add.at(sums, which, np.concatenate(numbers))  # rounds at 2^64
    return dict(
        zip(names.tolist(), (sums & np.uint64(below - 1)).tolist(), strict=True)
    )
