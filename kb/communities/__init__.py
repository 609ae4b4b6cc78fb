"""Knowledge of communities: whose it is, who agreed that it is told, to whom and when.

A **community** holds knowledge; **stewards** speak for it and let **members** in. A
**holding** says that a record, or a draft that may become one, is knowledge of a
community. A **consent** says who agreed to what, and until when; its **end** that this
was taken back. Neither is ever changed. What follows is settled on the record itself
(`kb.record.models.Telling`), where `kb.record.lookups.is_public` looks: nothing above
that asks it can show what a community keeps back. **Notices** tell readers how
knowledge may be used.
"""
