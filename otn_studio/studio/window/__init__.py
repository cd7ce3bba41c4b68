"""The window around its pages: menu, bar, tabs and foot, and every action."""
