"""Who made a record, and as what: credit, how it is cited, certificates, its use.

A *contribution* says that somebody had a share in a record, in a *role*: author, land
user, compiler, reviewer or translator. It bears the name she wishes, or none. Whoever
has an account decides on one *naming* for all of hers. A *certificate* shows what a
person chose of them to whoever has its address. The *use* of a record is plain numbers
of a month.
"""
