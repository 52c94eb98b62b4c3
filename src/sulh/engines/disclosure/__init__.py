"""Who may be named, what may be counted, and what a confidentiality level allows."""
