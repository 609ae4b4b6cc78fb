"""Success stories: what some people did somewhere, and what came of it."""
