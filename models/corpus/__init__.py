"""The labelled corpus and its tools: drafts in, checked JSON lines out, split by story."""
