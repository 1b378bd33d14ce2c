"""Words of five languages: what a text is searched by.

A *word* is a run of letters with its place. It is *folded*, so that spellings meet; its *terms* are its stem and the
stems of its compound parts; its *grams* are its runs of four characters. A case and a query go through the same steps.

Read in this order: ``folding``, ``lexicon`` (base words, in ``constituents/``), ``compounds``, ``stemming``,
``analysis`` (all of it together), ``stop_words``.
"""
