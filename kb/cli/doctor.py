"""``kb doctor``: what is wrong with an installation, and how to mend it."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from kb import outbox
from kb.cli.index import figures_of
from kb.cli.office import Desk
from kb.cli.worker import outcome
from kb.errors import KbError
from kb.inbox import box
from kb.messages.imap import open_mailbox
from kb.messages.open import open_sender
from kb.migrations.version import newest, standing
from kb.outbox import LetterState
from kb.regions.atlas import BUILD, is_built, open_atlas
from kb.regions.gazetteer import Gazetteer
from kb.regions.layers import mend_of, standing_layers
from kb.search.drift import last_compared
from kb.search.thesaurus import read_thesaurus
from kb.search.upkeep import standing as index_standing
from kb.settings import shipped
from kb.sms.gateway import read_gateway

LEAST_FREE_MB = 200
SAFE_SQLITE = (3, 51, 3)


@click.command()
@click.pass_obj
def doctor(desk: Desk) -> None:
    """Look for what is wrong and say how to mend it; exit code 1 if something is."""
    wrong = 0
    for well, said, mend in examine(desk):
        click.echo(f"{'ok  ' if well else 'BAD '} {said}")
        if not well:
            wrong += 1
            click.echo(f"     mend: {mend}")
    if wrong:
        raise SystemExit(1)


def examine(desk: Desk) -> Iterator[tuple[bool, str, str]]:
    """Give each finding: well or not, what was seen, and the mend."""
    yield _home(desk)
    yield _disk(desk)
    yield _key(desk)
    yield _catalogues()
    found = _database(desk)
    yield found
    if found[0]:
        yield from _index(desk)
        yield _thesaurus(desk)
        yield _letters(desk)
    yield from _ways(desk)
    yield _atlas(desk)
    yield _places(desk)
    yield from _layers(desk)
    if desk.settings.database_url.startswith("sqlite"):
        yield _sqlite(desk)


def _home(desk: Desk) -> tuple[bool, str, str]:
    home = Path(desk.settings.home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError as refused:
        said = f"{home} cannot be written: {refused.strerror}"
        return False, said, "set KB_HOME to a folder you own, or free the disk"
    return True, f"{home} can be written", ""


def _disk(desk: Desk) -> tuple[bool, str, str]:
    there = Path(desk.settings.home)
    while not there.exists():
        there = there.resolve().parent
    free = shutil.disk_usage(there).free // 2**20
    return free >= LEAST_FREE_MB, f"{free} MB free on disk", "make room on the disk"


def _key(desk: Desk) -> tuple[bool, str, str]:
    kept = Path(desk.settings.home, "secret-key")
    known = bool(desk.settings.secret_key) or kept.exists()
    said = "a secret key is set" if known else "no secret key is set"
    return known, said, "set KB_SECRET_KEY, or run kb demo once"


def _catalogues() -> tuple[bool, str, str]:
    folder = shipped("translations")
    words = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    old = [p.parts[-3] for p in words if not p.with_suffix(".mo").exists()]
    said = f"not compiled: {', '.join(old)}" if old else f"{len(words)} catalogues"
    return not old, said, "python translations/catalogues.py compile"


def _database(desk: Desk) -> tuple[bool, str, str]:
    try:
        now = standing(desk.database.engine)
    except (DatabaseError, OSError) as refused:
        why = str(refused).splitlines()[0]
        return False, f"the database: {why}", "check KB_DATABASE and that it runs"
    said = f"the tables stand at {now or 'nothing'}, the program needs {newest()}"
    return now == newest(), said, "kb db upgrade, then kb seed"


def _index(desk: Desk) -> Iterator[tuple[bool, str, str]]:
    try:
        with desk.database.reading() as session:
            now = index_standing(session, desk.index)
        figures = figures_of(desk)
    except KbError as refused:
        yield False, str(refused), "kb index rebuild"
        return
    said = f"{now.indexed} of {now.public} records indexed, {now.waiting} waiting"
    mend = "run kb worker" if now.waiting else "kb index rebuild"
    yield now.level, said, mend
    yield True, figures, ""
    last = last_compared(Path(desk.settings.home))
    if last:
        well = last.repaired or not last.drifted
        yield well, outcome(last), "kb index verify --repair"


def _thesaurus(desk: Desk) -> tuple[bool, str, str]:
    with desk.database.reading() as session:
        thesaurus = read_thesaurus(session)
    alike = [f"{' and '.join(codes)} ({x})" for x, codes in thesaurus.alike()]
    said = f"{len(thesaurus.concepts)} concepts in the thesaurus"
    if alike:
        said += f"; labels that cannot be told apart: {', '.join(alike)}"
    return not alike, said, "list them under ambiguous in the file, or take one out"


def _letters(desk: Desk) -> tuple[bool, str, str]:
    with desk.database.reading() as session:
        now, why = outbox.standing(session), outbox.last_error(session)
    failed = now.get(LetterState.FAILED, 0)
    said = f"{now.get(LetterState.WAITING, 0)} messages wait, {failed} failed"
    mend = "check KB_MAIL and the mail server; kb worker sends what waits"
    return not why, f"{said}: {why}" if why else said, mend


def _ways(desk: Desk) -> Iterator[tuple[bool, str, str]]:
    """Say how messages go, and whether who asks can be told apart."""
    try:
        open_sender(desk.settings)
    except KbError as refused:
        yield False, str(refused), "set KB_MAIL"
    else:
        kind = desk.settings.mail_url.partition(":")[0]
        yield True, f"messages go by {kind}", ""
    yield _mailbox(desk)
    yield _gateway(desk)
    if desk.settings.secure:
        said = f"{desk.settings.proxies} proxies are believed"
        mend = "set KB_PROXIES to the number of proxies before kb serve"
        yield desk.settings.proxies != "0", said, mend


def _gateway(desk: Desk) -> tuple[bool, str, str]:
    """Say whether the file of the SMS gateway is as it has to be."""
    if not desk.settings.sms:
        return True, "no SMS gateway is set", ""
    try:
        gateway = read_gateway(Path(desk.settings.sms))
    except KbError as refused:
        return False, str(refused), "mend the file that KB_SMS names"
    way = "takes texts in and sends them" if gateway.sending.url else "takes texts in"
    return True, f"the SMS gateway {way}", ""


def _mailbox(desk: Desk) -> tuple[bool, str, str]:
    """Say whether the mailbox is named as it has to be, and what lies here."""
    letterbox = desk.settings.letterbox
    stuck = box.given_up(letterbox)
    said = (
        f"{len(box.lying(letterbox))} mails wait to be taken in, {len(stuck)} cannot be"
    )
    if stuck:
        mend = f"read them by hand and delete them: {stuck[0]}"
        return False, said, mend
    try:
        if desk.settings.mail_in:
            said += f"; fetched from {open_mailbox(desk.settings.mail_in).host}"
    except KbError as refused:
        return False, str(refused), "set KB_MAIL_IN"
    return True, said, ""


def _atlas(desk: Desk) -> tuple[bool, str, str]:
    folder = desk.settings.regions_folder
    try:
        about = open_atlas(folder).about
    except KbError as refused:
        return False, str(refused), BUILD
    return (
        is_built(folder),
        f"the map of climates is made from {about.made_from}",
        BUILD,
    )


def _places(desk: Desk) -> tuple[bool, str, str]:
    gazetteer = Gazetteer(desk.settings.regions_folder)
    try:
        source = gazetteer.about()["source"]
    except KbError as refused:
        return False, str(refused), BUILD
    well = gazetteer.is_built()
    said = f"the list of places is {'made' if well else 'old or damaged, made'}"
    return well, f"{said} from {source}", BUILD


def _layers(desk: Desk) -> Iterator[tuple[bool, str, str]]:
    for kind, about, problem in standing_layers(desk.settings.regions_folder):
        said = f"the layer {kind} is {about.dataset}" if about else problem
        yield about is not None, said, mend_of(kind)


def _sqlite(desk: Desk) -> tuple[bool, str, str]:
    """Releases before 3.51.3 can damage a WAL file that two processes checkpoint."""
    version = sqlite3.sqlite_version
    several = int(desk.settings.processes) > 1
    well = sqlite3.sqlite_version_info >= SAFE_SQLITE or not several
    said = f"SQLite {version}, {desk.settings.processes} web process(es)"
    return well, said, "set KB_PROCESSES=1, or use PostgreSQL (KB_DATABASE)"
