"""A company's own files: checked, read in a process of their own, cut into passages that can be searched."""
