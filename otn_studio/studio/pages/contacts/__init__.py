"""The Contacts page: everybody who ever came to the Page, and all that happened with one of them."""
