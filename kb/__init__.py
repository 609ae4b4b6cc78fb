"""Humus: a knowledge base on soil health and soil organic carbon."""
