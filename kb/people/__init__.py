"""People, what they may do, and how they show that they are who they say.

A *person* has an account. A *sign-in* is one browser that knows her. A *link* is sent
by mail, works once and for minutes. A *grant* gives a role within a scope. A *token*
lets a program act for her. The *second factor* is a six-digit code of her phone, or one
of her *recovery codes*. Only a digest is kept of whatever lets somebody in.
"""
