"""Programmes, phases, partners, groups, sides, themes; the home page."""
