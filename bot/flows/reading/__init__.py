"""In which language to learn: three short texts that one could read, or not, and a proposal."""
