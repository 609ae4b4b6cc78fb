"""The words of messages: templates filled in the language of who gets them.

A template is ``templates/messages/<event>.<channel>.txt``. Its first line is the
subject, all after the empty line that follows is the text.
"""

from functools import cache

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.language import offered
from kb.settings import shipped


def worded(event: str, channel: str, language: str, **facts: object) -> tuple[str, str]:
    """Give subject and text of a message.

    :param language: one the interface has; for any other the words are English.
    """
    subject, _, text = said_by(event, channel, language, **facts).partition("\n")
    return " ".join(subject.split()), text.strip() + "\n"


def said_by(event: str, channel: str, language: str, **facts: object) -> str:
    """Give the words of a message that has no subject, such as one to a phone."""
    template = _templates(offered(language)).get_template(f"{event}.{channel}.txt")
    return template.render(**facts).strip()


@cache
def _templates(language: str) -> Environment:
    """Give the templates in one language; they are text, so nothing is escaped."""
    templates = Environment(
        loader=FileSystemLoader(shipped("templates") / "messages"),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    words = Translations.load(shipped("translations"), [language])
    templates.install_gettext_translations(  # type: ignore[attr-defined]
        words, newstyle=True
    )
    return templates
