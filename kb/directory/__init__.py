"""The directory: people and institutions who agreed to be listed.

A *listing* says who somebody is, where, in which languages and on which themes she can
be asked. Who has an account lists herself; an institution without one *waits* until a
coordinator has looked. What somebody writes to a listing is sent on by mail, so that
its address is shown to nobody unless its owner wants that.
"""
