"""Sources: the bytes of an article, from a file, an address, standard input or a text."""
