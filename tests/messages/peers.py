"""Real peers on this machine: a mail server that takes mail, and a mailbox."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from socket import create_connection

from tests.cli.terminal import free_port
from tests.conftest import missing

DOVECOT = next(
    (p for p in ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot") if Path(p).exists()),
    "",
)
CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/home/%u/Maildir
first_valid_uid = 0
first_valid_gid = 0
passdb {{
  driver = static
  args = password=hidden
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  {own}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
{more}
"""
AS_MYSELF = """
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
service anvil {{
  chroot =
}}
"""


class Mailbox:
    """A mailbox of a real IMAP server."""

    def __init__(self, port, folder, owner):
        self.url = f"imap://help:hidden@127.0.0.1:{port}?tls=no"
        self.folder, self.owner, self.number = folder, owner, 0

    def deliver(self, raw):
        self.number += 1
        path = self.folder / "new" / f"{time.time_ns()}.{self.number}.here"
        path.write_bytes(raw)
        os.chown(path, *self.owner)

    def left(self):
        names = [*(self.folder / "new").iterdir(), *(self.folder / "cur").iterdir()]
        return len(names)


@contextmanager
def mailbox():
    """Run an IMAP server for the time of a test."""
    if not DOVECOT:
        missing("IMAP server", "apt install dovecot-imapd")
    me, port = pwd.getpwuid(os.getuid()), free_port()
    root = me.pw_uid == 0
    owner = pwd.getpwnam("mail") if root else me
    folder = Path(tempfile.mkdtemp(prefix="humus-imap-"))
    folder.chmod(0o755)
    group = os.getgid()
    more = "" if root else AS_MYSELF.format(user=me.pw_name, group=group)
    config = CONFIG.format(
        folder=folder, port=port, uid=owner.pw_uid, gid=owner.pw_gid, more=more,
        own="" if root else "chroot =",
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(config)
    maildir = folder / "home" / "help" / "Maildir"
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True)
    for path in (folder / "home", *(folder / "home").rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    begun = subprocess.Popen([DOVECOT, "-F", "-c", folder / "dovecot.conf"])
    try:
        _wait_for(port, begun, folder)
        yield Mailbox(port, maildir, (owner.pw_uid, owner.pw_gid))
    finally:
        begun.terminate()
        begun.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port, begun, folder):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            log = folder / "log"
            assert begun.poll() is None, log.read_text() if log.exists() else "ended"
            time.sleep(0.05)
    raise AssertionError("the IMAP server does not answer")


@contextmanager
def mail_server(taken):
    """Run an SMTP server that hands each mail to ``taken``; gives its port."""
    if find_spec("aiosmtpd") is None:
        missing("SMTP server", "pip install -e '.[test]'")
    from aiosmtpd.controller import Controller  # noqa: PLC0415

    class Handler:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            return taken(envelope) or "250 fine"

    controller = Controller(Handler(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
