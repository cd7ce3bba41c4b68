"""Places where a database of SQLite comes to harm: folders that are copied elsewhere while it is
written, and disks of other computers."""

import fnmatch
import os
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Final

SYNCHRONISED: Final = {
    "OneDrive": ("OneDrive", "OneDrive - *", "OneDrive-*"),
    "iCloud": ("iCloudDrive", "iCloud Drive", "Mobile Documents"),
    "Dropbox": ("Dropbox", "Dropbox (*)", "Dropbox-*"),
    "Google Drive": ("Google Drive", "GoogleDrive", "GoogleDrive-*", "My Drive"),
    "Nextcloud": ("Nextcloud", "Nextcloud-*"),
    "ownCloud": ("ownCloud",),
    "Box": ("Box Sync", "Box-Box"),
    "pCloud": ("pCloudDrive", "pCloud Drive"),
    "MEGA": ("MEGAsync",),
}
"""What the programs that synchronise call their folders."""
MARKS: Final = {
    "Dropbox": (".dropbox.cache",),
    "Nextcloud": (".nextcloudsync.log", ".sync_*.db", "._sync_*.db"),
    "Syncthing": (".stfolder",),
    "Google Drive": (".tmp.driveupload",),
}
"""What they put into the topmost of them."""
NETWORK: Final = frozenset(
    {"afpfs", "cifs", "davfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
    | {"fuse.davfs2", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"}
)


def synchronised_by(path: PurePath) -> str | None:
    """The program that synchronises the folder in which a file lies, by the folders' names.

    >>> synchronised_by(PurePath("/Users/ann/Library/Mobile Documents/otn-studio.db"))
    'iCloud'
    >>> synchronised_by(PurePath("/home/ann/.local/share/otn-studio/otn-studio.db"))
    """
    folders = path.parent.parts
    for service, names in SYNCHRONISED.items():
        if any(fnmatch.fnmatchcase(folder, name) for folder in folders for name in names):
            return service
    return None


def marked_by(path: Path) -> str | None:
    """The same, by what lies in one of the folders."""
    for folder in path.parents:
        found = _names_in(folder)
        for service, marks in MARKS.items():
            if any(fnmatch.filter(found, mark) for mark in marks):
                return service
    return None


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def network_disk(path: PurePath, mounts: Iterable[str]) -> str | None:
    """The kind of the network's disk on which a file lies. ``mounts``: lines as Linux writes them.

    >>> mounts = ["/dev/sda1 / ext4 rw 0 0", "server:/home /home nfs4 rw 0 0"]
    >>> network_disk(PurePath("/home/ann/otn-studio.db"), mounts)
    'nfs4'
    >>> network_disk(PurePath("/srv/otn-studio.db"), mounts)
    """
    if str(path).startswith("\\\\"):
        return "smb"
    best, kind_there = -1, ""
    for line in mounts:
        _, place, kind, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if len(place) >= best and path.is_relative_to(place):
            best, kind_there = len(place), kind
    return kind_there if kind_there in NETWORK else None
