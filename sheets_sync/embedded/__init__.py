"""An embedded Google: the Sheets, Drive and token endpoints on loopback."""
