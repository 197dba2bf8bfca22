"""A log of contacts judged act by act, each under the law and the facts of its own moment."""
