"""An invented community, for the demo and for tests: everything in it is made up."""
