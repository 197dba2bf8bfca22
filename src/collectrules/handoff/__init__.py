"""Accounts written out for whoever takes them over, after the handing over was checked as an act.

`preflight` asks the law, the house policies and the format; `writing` writes what may go. Nothing here sends anything.
"""
