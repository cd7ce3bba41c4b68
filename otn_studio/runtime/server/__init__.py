"""Past one machine: the engine's parts as processes of their own, on PostgreSQL."""
