"""The web surface: addresses, base templates, the design system, sign-in."""
