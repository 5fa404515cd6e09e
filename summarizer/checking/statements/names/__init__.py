"""Names: who a statement speaks of, and in which role, against who its sentences speak of."""
