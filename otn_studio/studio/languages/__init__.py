"""What a flow says in several languages, beside each other."""
