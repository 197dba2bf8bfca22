"""What to do next about an account: the step that the policy proposes, and what the law says to it.

The policy says what a company wants; the law always goes before it. A step that the law denies is not advised.
"""
