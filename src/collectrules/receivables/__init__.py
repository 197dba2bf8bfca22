"""Receivables as a whole: how old what is open is, and how customers pay."""
