"""Rulesets: reading them, and which of their rules apply."""
