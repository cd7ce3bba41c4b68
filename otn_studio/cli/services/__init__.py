"""The studio's services, made of the other rooms."""
