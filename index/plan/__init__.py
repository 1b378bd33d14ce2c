"""«Paste a plan»: a municipality's own plan is held up against what others have tried.

A *PlanSection* is a stretch of the plan that is about one thing: goals, measures, anchoring … A *Reading* is the text
cut into sentences, in which a *Phrase* is found in any of the languages. *Cues* are words by which plans speak of a
matter; *Mentions* tells which measures and factors a plan mentions. What comparable cases had and the plan does not
mention is *Lacking*; an *Aspect* is something that every plan should have. The text is never kept.

Read in this order: ``headings``, ``reading``, ``cues`` (with ``cues.yaml``), ``sections``, ``mentions``, ``aspects``,
``match``.
"""
