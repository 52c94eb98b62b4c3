"""Documents, asks, lineages, transfer acts: what was asked, and what became of it."""
