"""Stand-ins of the outside world: a demo company and loopback servers that speak for it."""
