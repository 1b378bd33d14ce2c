"""Bringing things in from files, and writing them out again.

*Files* finds the documents a person means by a path: a file, a folder or a zip. *Markdown* plans an import before
anything is changed (every file is new, changed, unchanged, in conflict or refused) and then applies it whole or not
at all. *Export* writes every case back, byte for byte. *Register* turns published lists of municipalities into the
project's own table of facts.

Read in this order: ``files``, ``markdown``, ``export``, ``register``. This room uses ``kb`` and no other.
"""
