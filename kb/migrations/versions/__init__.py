"""One file for each change of the schema; the name begins with its number."""
