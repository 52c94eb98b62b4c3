"""Rounds, planned and as they were held."""
