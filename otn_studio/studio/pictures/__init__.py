"""Pictures of a whole flow, for a document, a wall or a colleague without the studio."""
