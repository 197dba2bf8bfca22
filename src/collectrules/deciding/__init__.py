"""Conditions over a flat record, and the two deciders that must agree on them."""
