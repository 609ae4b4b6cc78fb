"""A Whoosh index whose segments are arrays mapped into memory.

Whoosh gives the schema, the query objects and the reader API; stock Whoosh can open and
search what is written here. The room has its own words:

- **container**: one file of aligned arrays, written once, with a checksum;
- **column**: one value, text, list or set of values for every document;
- **segment**: the container of some documents: terms, postings, places, columns;
- **batch**: documents on their way into a segment;
- **group**: documents that are one hit, such as the languages of a record; they always
  stand next to each other in one segment;
- **shelf**: the folder: which segments count and which of their documents are gone;
- **snapshot**: the segments as one reader sees them;
- **room**: where segments lie that are to take the place of all others.

Only `index.py`, `asking.py` and `page.py` know Humus; the other files know Whoosh and
numpy and nothing else.
"""
