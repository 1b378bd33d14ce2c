"""The domain: what a case is, and how it is kept.

A *Case* is a Markdown document (see ``content/README.md``); every version of its text is a *Revision*, kept
word for word and never changed. What the site filters and searches on is derived from the published revision
and can be thrown away and made again.

Words. *Section*: a headed part of the body. *Passage*: a stretch of a case that is embedded. *Hit*: a case that
answers a query. *Measure*: what was done. *Goal*, *Outcome*, *Evidence*: what was meant to come, what came, and
how anyone knows. *Factor*: what helped or hindered (promoted, hindered or missing). *Programme* and *Network*:
what the municipality took part in. *Source*: where a claim can be traced. *Problem*: what is wrong with a
document, and what to write instead. *Register*: all municipalities with dated names and codes.

Read in this order: ``errors``, ``problems``, ``document`` (what a case holds), ``parsing`` (text to document),
``checks`` (is it right?), ``vocabulary`` and ``register`` (the words and places it may name), ``models`` and
``store`` (revisions), ``derived`` (rows made from them). Nothing here knows of searching or of the web.
"""
