"""Measurements, each beside a floor of the same run: ``make bench``."""
