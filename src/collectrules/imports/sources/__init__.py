"""Importers, one file each: what a source calls things and what its words mean."""
