"""The yardstick that tells how well systems answer the questions people have.

*Golden* is a file of information needs, the queries people type for them in five languages, and judgements of which
cases answer them (0–3), made by reading the cases without knowing which system had found them. A *System* ranks
cases for a query. *Figures* compare the ranking with the judgements; each comes with a bootstrap interval.

Read in this order: ``golden`` (the file), ``figures`` (the arithmetic), ``systems`` (what is compared), ``report``
(one run, one table). The command is ``kb evaluate``. Packages that only the baselines need are in the extra ``bench``.
"""
