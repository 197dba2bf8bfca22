"""A letter to a debtor as an act: filled, asked of the law, and only then handed out."""
