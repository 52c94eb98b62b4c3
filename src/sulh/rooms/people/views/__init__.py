"""The pages of seats, keys and the audit log."""
