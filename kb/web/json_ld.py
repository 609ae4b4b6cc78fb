"""What search engines read: each record as schema.org describes its kind."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from kb.entrance.address import record_address
from kb.entrance.pictures import picture_address
from kb.entrance.request import this_language
from kb.kinds import KINDS
from kb.pictures.given import LICENCES
from kb.pictures.lookups import described
from kb.pictures.models import Picture
from kb.record.models import Record
from kb.record.reading import Reading, sources_of


def json_ld(record: Record, reading: Reading, pictures: Sequence[Picture]) -> Markup:
    """Give the description of a record, safe to stand inside a page."""
    about = _shared(record, reading) | _BY_KIND[record.kind](record, reading)
    if pictures:
        about["image"] = [_image(picture) for picture in pictures]
    written = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(written)  # noqa: S704  (no "<" is left in it)


def _shared(record: Record, reading: Reading) -> dict[str, Any]:
    published = record.published_on
    return {
        "@context": "https://schema.org",
        "name": reading.text.title,
        "description": reading.summary.words,
        "inLanguage": reading.language,
        "identifier": record.ref,
        "url": record_address(
            record, language=this_language(), text=reading.language, absolute=True
        ),
        "datePublished": published.isoformat() if published else None,
        "license": LICENCES.get(record.licence, record.licence),
        "creditText": record.credit,
        "citation": [
            source.citation for source in sources_of(record, KINDS[record.kind])
        ],
    }


def _image(picture: Picture) -> dict[str, Any]:
    words, page = described(picture, this_language()), picture.size("page")
    return {
        "@type": "ImageObject",
        "contentUrl": picture_address(picture, "page", "jpg", absolute=True),
        "width": page.width,
        "height": page.height,
        "description": words.alt,
        "caption": words.caption,
        "creditText": picture.credit,
        "license": LICENCES[picture.licence],
    }


def _how_to(record: Record, reading: Reading) -> dict[str, Any]:
    steps = (reading.part(f"step:{n}") for n in range(1, 10))
    return {
        "@type": "HowTo",
        "step": [
            {"@type": "HowToStep", "position": i, "text": said.words}
            for i, said in enumerate((s for s in steps if s), start=1)
        ],
    }


def _article(record: Record, reading: Reading) -> dict[str, Any]:
    return {"@type": "Article", "headline": reading.text.title}


def _question(record: Record, reading: Reading) -> dict[str, Any]:
    question, answer = reading.part("question"), reading.part("answer")
    return {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": reading.text.title,
            "text": question.words if question else reading.text.title,
            "answerCount": 1,
            "acceptedAnswer": {
                "@type": "Answer",
                "text": answer.words if answer else reading.summary.words,
            },
        },
    }


def _document(record: Record, reading: Reading) -> dict[str, Any]:
    return {"@type": "TechArticle", "headline": reading.text.title}


_BY_KIND: dict[str, Callable[[Record, Reading], dict[str, Any]]] = {
    "practice": _how_to,
    "story": _article,
    "answer": _question,
    "guideline": _document,
}
