"""Evals: what a change of prompt or model made better or worse, and how sure that is."""
