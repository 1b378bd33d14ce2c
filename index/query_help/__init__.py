"""Help with a query: what was meant, what it may become, and what in it is a name.

``suggestions`` corrects spelling by the words of the collection (``slips`` weighs a slip, ``known_words`` are
right in any case); ``completions`` goes on from what has been typed (``word_starts``); ``names`` finds
municipalities and terms in a query, to be offered as filters (``places`` knows all names of all times).
"""
