"""Verdicts and answers as text and JSON."""
