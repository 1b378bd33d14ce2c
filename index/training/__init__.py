"""Make the sentence encoder that the product ships: ``python -m index.training``.

The encoder turns a text into one unit vector so that texts about the same matter lie close, in bokmål,
nynorsk, Swedish, Danish and English. It is a table with one row per *token* (a piece of a word); a text is
the mean of its rows, made unit length. It trains in minutes on two cores and needs no network.

Words: a *source* is one file of training data or one way of drawing pairs from it; a *pair* is two texts that
should lie close (heading and section, word and translation, sentence and next sentence); the *text* is what
tokens and word vectors are learnt from; a *stage* is a step whose result is kept in the work folder and
reused; the *folder* is the finished model, as sentence-transformers reads it.

Reading order: ``settings`` (every number), ``recipe`` (the stages in order), ``corpus`` with ``reports``,
``thesaurus`` and ``code_switching`` (reading), ``tokenizer`` and ``tokens``, ``word_vectors``,
``contrastive``, ``rows`` (the finish), ``model_folder`` and ``model_card``. Data come from folders named on
the command line; none of their text is kept in the project.
"""
