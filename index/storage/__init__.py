"""The index on disk: a snapshot is a folder that never changes, made of segments that never change.

Read in this order: ``columns`` (arrays and texts that are read where they are looked at), ``segment`` (some cases),
``manifest`` (the passport of a snapshot, and how it is put in use), ``snapshot`` (segments seen as one), ``changes``
(what a snapshot lacks), ``compaction`` (putting segments together), ``versions``.
"""
