"""The collections policy of a company: which step is next on an account, and why.

A policy stands in a file of its own (`policy:`, the same files that hold house rules), apart from the law: it says what
the company wants to do and when, never what is lawful. The standing of an account is worked out anew from its history
each time, and nothing of it is kept.
"""
