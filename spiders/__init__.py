"""COLLECT: the source registry, polite crawling in child processes, the web archive, and reading pages into Documents."""
