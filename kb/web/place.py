"""Where is your land: what is understood, and the parts that need no map."""

from dataclasses import replace

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.look import forget_look
from kb.entrance.place import forget, this_said
from kb.errors import NotValid
from kb.regions import field_key, questions
from kb.regions.asking import Question
from kb.regions.said import without
from kb.web.place_page import kept, place_page, ways

pages = ways("place")


SOIL_PICTURES = {
    asked.id: {answer.id: f"{asked.id}-{answer.id}" for answer in asked.answers}
    for asked in field_key.QUESTIONS
}
"""Question → answer → its drawing in ``soil.svg``."""


@pages.get("")
def place(lang: str) -> Response:
    """Show what is understood of her land, and the ways to say more."""
    return place_page()


@pages.get("/<any(use,questions,without,forget,map,name,point,region):way>")
def back(lang: str, way: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".place"))


@pages.post("/use")
def use(lang: str) -> Reply:
    """Keep what the land is used for."""
    chosen = request.form.get("land_use", "")
    if not chosen:
        raise NotValid(_("Please choose what the land is used for."), {})
    return kept(replace(this_said(), land_use=chosen))


@pages.post("/questions")
def simple(lang: str) -> Reply:
    """Keep the answers to the four questions that need no map."""
    return kept(replace(this_said(), simple=_answers(questions.QUESTIONS)))


@pages.get("/soil")
def soil(lang: str) -> str:
    """Ask the eight questions about the soil."""
    return render_template(
        "place/soil.html",
        questions=field_key.QUESTIONS,
        given=this_said().key,
        pictures=SOIL_PICTURES,
    )


@pages.post("/soil")
def key(lang: str) -> Reply:
    """Keep the answers about the soil."""
    return kept(replace(this_said(), key=_answers(field_key.QUESTIONS)))


@pages.post("/without")
def take_back(lang: str) -> Reply:
    """Take one part back."""
    left = without(this_said(), request.form.get("part", ""))
    response = kept(left) if left else redirect(url_for(".place"), code=303)
    if not left:
        forget(response)
    if left.point is None:
        forget_look(response)
    return response


@pages.post("/forget")
def forget_all(lang: str) -> Reply:
    """Take everything off her device."""
    response = redirect(url_for(".place"), code=303)
    forget(response)
    forget_look(response)
    return response


def _answers(asked: tuple[Question, ...]) -> dict[str, str]:
    """Read the answers to these questions; what else a form holds is left out."""
    return {q.id: request.form.get(q.id, "") for q in asked}
