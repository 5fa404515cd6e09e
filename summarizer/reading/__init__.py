"""Reading: any source to an Article."""
