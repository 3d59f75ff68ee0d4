"""The sample newsroom: invented outlets whose recorded web is served on loopback and read for real."""
