"""Finding cases by meaning.

A *Passage* is a stretch of a published case, cut from one section, with its place in the document. The *Encoder*
turns texts into unit vectors; *Vectors* finds the nearest of them. A *Snapshot* is one built index on disk with its
passport, the *Manifest*; it is never changed, only replaced. The *Searcher* answers a query with *Hits*: cases, each
with its best passage.

Read in this order: ``query`` (what may be searched), ``passages``, ``encoder`` (with
``encoder_folder``, ``static_encoder`` and ``sentence_encoder``), ``vectors``, ``snapshot``, ``build``,
``searcher``. ``training`` makes the encoder that is shipped in ``model/``.

The index is derived: it can be thrown away and built again from the published cases. This room uses ``kb`` and no
other.
"""
