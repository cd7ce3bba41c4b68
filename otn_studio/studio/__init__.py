"""Everything on the screen. Shows documents and sends changes; is handed its services by `cli`."""
