"""The shape of the files under ``seeds/regions/``."""

from typing import Any

from marshmallow import (
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from kb.language import FALLBACK, country_name
from kb.record.schemas import LANGUAGE, one_of

CODE = validate.Regexp(
    r"^([0-9]{3}|[A-Z]{2}(-[A-Z0-9]{1,3})?|[a-z]+(_[a-z]+)*)$",
    error="is no code of a region: 011, BF, BF-10 or sahel",
)
TREE_KINDS = ("world", "continent", "subregion", "country", "district")


def longitude() -> fields.Float:
    """Check degrees east."""
    return fields.Float(validate=validate.Range(-180, 180))


def latitude() -> fields.Float:
    """Check degrees north."""
    return fields.Float(validate=validate.Range(-90, 90))


def names(**said: Any) -> fields.Dict:
    """Check a name for each of some languages."""
    name = fields.String(validate=validate.Length(1, 120))
    return fields.Dict(fields.String(validate=LANGUAGE), name, **said)


def cldr_names(code: str, language: str) -> bool:
    """Say whether CLDR names this region in a language."""
    return country_name(code, in_language=language) != code


class TreeRowSchema(Schema):
    """One region of the tree; ``in`` names the region it lies in."""

    class Meta:
        """Here stands the field whose name is a word of Python."""

        include = {
            "in": fields.String(validate=CODE, attribute="parent", load_default=None)
        }

    code = fields.String(required=True, validate=CODE)
    kind = fields.String(required=True, validate=one_of(*TREE_KINDS))
    name = fields.String(validate=validate.Length(1, 120))
    names = names()
    source = fields.String(validate=validate.Length(1))
    disclaimer = fields.String()
    m49 = fields.String(validate=validate.Regexp(r"^[0-9]{3}$"))
    box = fields.Tuple((longitude(), latitude(), longitude(), latitude()))

    @validates_schema
    def box_is_upright(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a box whose south is above its north."""
        if "box" in given and given["box"][1] > given["box"][3]:
            raise ValidationError(
                "west, south, east, north: south is above north", "box"
            )

    @validates_schema
    def has_a_name(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a region without a name that CLDR does not name either."""
        if "name" not in given and not cldr_names(given["code"], "en"):
            raise ValidationError("CLDR has no name for it: give one", "name")

    @post_load
    def named_by_cldr(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Name it in English where the file does not."""
        return {"name": country_name(given["code"], in_language="en")} | given


class TreeSchema(Schema):
    """``tree.json``."""

    source = fields.String(required=True, validate=validate.Length(1))
    licence = fields.String()
    boxes = fields.String()
    tree = fields.List(fields.Nested(TreeRowSchema), required=True)


class NamedSchema(Schema):
    """One named region."""

    code = fields.String(required=True, validate=CODE)
    names = names(load_default=dict)
    disclaimer = fields.String()
    members = fields.List(
        fields.String(validate=CODE), required=True, validate=validate.Length(1)
    )
    source = fields.String(required=True, validate=validate.Length(1))

    m49 = fields.String(validate=validate.Regexp(r"^[0-9]{3}$"))

    @validates_schema
    def has_its_names(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a region without an English name, which all see who have no other."""
        if FALLBACK not in given["names"] and not cldr_names(given["code"], FALLBACK):
            raise ValidationError(f"a name in {FALLBACK!r} is missing", "names")

    @post_load
    def as_a_region(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Name it in English where the file does not; keep members in order."""
        own = given["names"].get("en")
        name = own or country_name(given["code"], in_language="en")
        return given | {"name": name, "members": tuple(dict.fromkeys(given["members"]))}


class NamedFileSchema(Schema):
    """``named.yaml``."""

    regions = fields.List(fields.Nested(NamedSchema), required=True)


class NotesSchema(Schema):
    """``notes.yaml``: what the editors say about single regions."""

    disclaimers = fields.Dict(
        fields.String(validate=CODE),
        fields.String(validate=validate.Length(1)),
        load_default=dict,
    )
    elsewhere = fields.Dict(
        fields.String(validate=CODE), fields.String(validate=CODE), load_default=dict
    )


class DistrictsSchema(Schema):
    """``districts.json``: English names, where they differ from a district's own."""

    source = fields.String(required=True)
    licence = fields.String(required=True)
    districts = fields.Dict(fields.String(), fields.String(), required=True)
