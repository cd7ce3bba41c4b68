"""The block types, one file each, and the small values that they share with the rest.

Importing this room makes every type known; a new one is a new file in one of its folders.
"""

from importlib import import_module
from pkgutil import walk_packages

for _module in walk_packages(__path__, prefix=f"{__name__}."):
    if _module.name.count(".") > __name__.count(".") + 1:
        import_module(_module.name)
