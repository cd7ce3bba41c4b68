"""A local Messenger over real HTTP on loopback, in memory, with people who have phones.

The engine is tested, demonstrated and simulated against it, exactly as it talks to the real thing:
the Graph API (``graph``) judges and delivers sends, people act on what is on their phones
(``actions``), and signed webhooks (``webhooks``) tell the engine, in order, until it has answered.
A clock can be moved (``clock``), faults can be asked for (``faults``), and ``control`` is the API by
which tests and the simulator play the people; ``client`` speaks it.

It shares with the engine nothing but ``otn_studio.policy``: what it refuses is a second opinion, not
an echo of the engine's own code.
"""
