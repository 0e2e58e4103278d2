"""Rules of initiatives, partners and the neighbourhood forum."""
