"""The live server: the published pages, as they are stored, over HTTP."""
