"""Places: where they are, what one is like, and how alike two are.

The *atlas* answers for a *point* (latitude and longitude, degrees, WGS 84). It reads
two *maps*: climates, as a *run grid* (equal cells, stored as runs of the same number),
and *borders*, as rings around *areas*; an area is a country or a part of one. A *share*
is a part of the land around a point, 0 to 1. A *climate* is one of 31 Köppen-Geiger
classes; *IPCC zones* and *agro-climates* are shares worked out from those. A *layer* is
a map that an administrator loaded, made of a *raster* through a *legend*; where it has
a value, it goes before the built-in map.

A *place* is all that is known of a piece of land: climate, soil, land use, terrain. Its
climate has three *axes*: heat, wetness and rain season. Its soil is never one group but
*shares* of groups, and what counts is their *behaviour*: seven numbers. A *family* is
soils that behave alike. *Likeness* is how alike two places are, with the *reasons* and
the *coverage*: how much of it could be compared. Its *band* is what a person is shown.
A *pooled* effect is what came of a practice in places that are alike.

A *region* is a part of the world: the world, a continent, a subregion (UN M49), a
country, a district (ISO 3166-2), or a *named* region such as the Sahel, which has
countries and districts as *members* and may overlap with others. An *ancestor* of a
region is any region that holds all of it. A *box* is west, south, east, north in
degrees; west beyond east means that it crosses the line where the date changes. The
*gazetteer* knows towns and villages by the *spellings* of their names; a *candidate* is
one that somebody may have meant. It is built from the *list of places*, a file of
*columns* that comes with the program; the *pieces* of spellings stand on *shelves*. A
*zone* is a named cell of heat, growing season and family of soils. A *view* is the part
of the globe that a drawing shows.
"""
