"""The pages of seats and keys."""
