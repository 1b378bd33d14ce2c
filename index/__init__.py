"""Finding cases by meaning and by words.

A *Passage* is a stretch of a published case, cut from one section, with its place in the document. The *Encoder*
turns texts into unit vectors; *Vectors* finds the nearest of them, *Keywords* the cases that hold a query's words:
the two *legs* of a search. A *Snapshot* is one built index on disk with its passport, the *Manifest*; it is never
changed, only replaced. A *Facet* is a kind of value that cases have, a *Filter* a facet and a value. The
*Searcher* answers a query with *Hits*: cases, each with its best passage and why it is there.

Read in this order: ``query`` (what may be searched), ``language``, ``passages``, ``encoder`` (with
``encoder_folder``, ``static_encoder`` and ``sentence_encoder``), ``vectors``, ``keywords`` (with ``keyword_query``
and ``thesaurus_words``), ``facets``, ``entries``, ``storage``, ``build``, ``fusion``, ``searcher`` (with
``marking``, ``explanation``, ``similar``, ``balance``), ``query_help``, ``plan``. ``training`` makes the encoder
that is shipped in ``model/``, ``evaluation`` tells how good the search is.

The index is derived: it can be thrown away and built again from the published cases. This room uses ``kb`` and no
other.
"""
