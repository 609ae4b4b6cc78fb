"""What users say of a record, whatever its kind.

*Helpful*: yes or no, with at most one reason. A *report*: an error or a danger, with a
day by which an editor has to see to it. *Tried*: what somebody did on her own land and
what came of it; held until it is checked. A *comment*: words to the owner, held until
an editor lets them through. A *follow-up*: the question how it went, a season later.
Nothing here needs an account.
"""
