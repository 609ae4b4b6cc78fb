"""A set of the team's record as a file, changed as a tool would, and brought back."""

from kb.record.marks import digest
from kb.translating.files import forms
from kb.translating.files.gathering import Asked
from kb.translating.files.taking_in import Choice, Report, begun, by_record, take_in
from kb.translating.files.unit import Unit


def unit(field="how", source="Dig.", words="", ref="P-1", **said):
    usual = {"ready": bool(words), "hashed": digest(source), "version": 1, "shown": ""}
    return Unit(ref, field, source, words, **(usual | said))


def as_file(units, form="po", language="fr", spoken="en"):
    writes = {"po": forms.po.write_units, "xliff": forms.xliff.write_units}
    return b"".join(writes[form](units, language, spoken))


def taken_out(session, form="po", **asked):
    wanted = Asked(**({"language": "fr", "source_language": "en"} | asked))
    return b"".join(forms.FORMS[form].write(session, wanted))


def bring(session, content, by, *also, dry_run=False, hand_in=False, into=""):
    bundle = forms.read(content)
    report = begun(bundle, into)
    choice = Choice(by, frozenset(also), hand_in, dry_run)
    for ref, units in by_record(bundle).items():
        report.add(take_in(session, bundle, ref, units, choice))
    return report


def troubles(report: Report):
    return {one.where.partition("/")[2]: str(one.trouble) for one in report.warned}
