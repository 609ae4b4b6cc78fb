"""What an installation may set, read once from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path

ROOT = Path(__file__).parent.parent
_MACHINE = re.compile(r"[A-Za-z0-9._-]{1,40}")
SHIPPED = Path(__file__).parent / "shipped"
SHORTEST_KEY, MIXED_KEY = 16, 8
"""Signs of a secret key at least, and how many of them differ."""


def shipped(name: str) -> Path:
    """Give the folder ``templates``, ``translations`` or ``seeds``.

    It stands beside ``kb`` in a checkout and inside it in an installed wheel.
    """
    inside = SHIPPED / name
    return inside if inside.is_dir() else ROOT / name


@dataclass(frozen=True)
class Settings:
    """Every setting, with the value a first run wants."""

    home: str = "kb-home"
    """Folder that holds all an installation writes."""
    database: str = ""
    """SQLAlchemy URL; empty means an SQLite file in the home folder."""
    search: str = ""
    """``whoosh:folder`` or ``memory:``; empty means Whoosh in the home folder."""
    machines: str = ""
    """Names of all machines that keep an index of their own, with commas between."""
    machine: str = ""
    """Which of these this one is."""
    secret_key: str = ""
    """Signs cookies and links; `kb serve` refuses to start without a long one."""
    address: str = ""
    """Public address, such as ``https://humus.example``; other hosts are refused."""
    processes: str = "1"
    """Web processes that ``kb serve`` starts; more than one wants PostgreSQL."""
    proxies: str = "0"
    """Proxies of ours before ``kb serve``, whose word on who asks is believed."""
    mail: str = ""
    """``console:``, ``folder:PATH`` or ``smtp://…``; empty means a folder at home."""
    help_address: str = ""
    """Address that questions may be mailed to; answers to our mails go there."""
    mail_in: str = ""
    """``imap://user:password@host``: the mailbox that the worker empties."""
    sms: str = ""
    """File that says how the SMS gateway names things; empty means there is none."""
    contact: str = ""
    """Who answers for this installation: named on the page about privacy."""
    count_searches: str = "yes"
    """Whether it is counted which words are searched for in vain; ``no`` keeps none."""
    count_use: str = "yes"
    """Whether it is counted how often records are read; ``no`` counts nothing."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read ``KB_HOME`` and so on.

        :raises ValueError: a ``KB_`` name is not known; the nearest known is named.
        """
        known = {f"KB_{field.name.upper()}": field.name for field in fields(cls)}
        given = {
            name: value for name, value in environment.items() if name[:3] == "KB_"
        }
        for name in given:
            if name not in known:
                raise ValueError(f"{name} is no setting{_nearest(name, known)}")
        settings = cls(**{known[name]: value for name, value in given.items()})
        settings.check_key()
        settings.check_machines()
        return settings

    def check_key(self) -> None:
        """Refuse a key that somebody could find by trying; none at all may stand.

        :raises ValueError: it is short, or has few signs again and again.
        """
        key = self.secret_key
        if key and (len(key) < SHORTEST_KEY or len(set(key)) < MIXED_KEY):
            raise ValueError(
                f"KB_SECRET_KEY is too easy to find: take {SHORTEST_KEY} or more"
                f" signs made at random, such as {os.urandom(24).hex()}"
            )

    def check_machines(self) -> None:
        """Refuse names by which a machine would lose what waits for it.

        :raises ValueError: a name that is none or stands twice, or this machine is not
            among them.
        """
        names = self.all_machines
        if not all(map(_MACHINE.fullmatch, names)) or len(set(names)) < len(names):
            raise ValueError("KB_MACHINES is names like web1,web2, each once")
        if (self.machine or names) and self.machine not in names:
            raise ValueError("KB_MACHINE must be one of KB_MACHINES")

    @property
    def all_machines(self) -> tuple[str, ...]:
        """The machines that keep an index each; none where there is one index."""
        return tuple(name.strip() for name in self.machines.split(",") if name.strip())

    @property
    def database_url(self) -> str:
        """The database to open."""
        return self.database or f"sqlite:///{Path(self.home, 'kb.sqlite')}"

    @property
    def search_url(self) -> str:
        """The index to open."""
        return self.search or f"whoosh:{Path(self.home, 'index')}"

    @property
    def mail_url(self) -> str:
        """The way messages go."""
        return self.mail or f"folder:{Path(self.home, 'mail')}"

    @property
    def letterbox(self) -> Path:
        """Where mail lies that came and was not taken in yet."""
        return Path(self.home, "mail-in")

    @property
    def secure(self) -> bool:
        """Whether browsers come by https, so that they may be told to stay with it."""
        return self.address.startswith("https://")

    @property
    def regions_folder(self) -> Path:
        """Where the maps are that this installation built."""
        return Path(self.home, "regions")

    @property
    def templates_folder(self) -> Path:
        """Where compiled templates are kept; it may be emptied at any time."""
        return Path(self.home, "templates")

    @property
    def pictures_folder(self) -> Path:
        """Where the files of pictures are; all web machines must share it."""
        return Path(self.home, "pictures")


def _nearest(name: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
