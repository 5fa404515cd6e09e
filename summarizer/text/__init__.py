"""What several layers ask of a language: numbers, dates, negation, terms, names of places and bodies."""
