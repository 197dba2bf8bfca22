"""The version, alone in a file so that `collectrules --version` and the build read it without loading anything."""

__version__ = "0.1.0"
