"""Pictures of records: taking them in, keeping them, who may see them.

A *picture* is what a person sent, made anew by us in a few *sizes*; what she sent is
not kept. Its *digest* names its files. Its *place* is where it stands in the record:
with the title (``card``), with a step (``step:3``), or among the drawings
(``drawing``). Its *words* say in each language what is to be seen (*alt*) and what it
tells (*caption*). *Consent* is what the people in it agreed to. It is *held* until
somebody publishes it.

A *drawing* is made when it is asked for: a shape of the list ``drawing`` with the words
of a record as its labels.
"""
