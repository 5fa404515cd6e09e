"""Many articles on more than one machine, with Ray: the same lines as on one."""

from summarizer.ray.dataset import summarize_dataset

__all__ = ["summarize_dataset"]
