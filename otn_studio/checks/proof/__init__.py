"""The proof: whether any way through the flows can send where Messenger's rules forbid it.

`explore` goes through all flows of a Page with everything that can be true of a person at each place
(`state`), for all lengths of time, until nothing new is found. What the rules may refuse there
(`judging`) is a danger. `realising` looks for a story of one person who runs into it: it writes down
what the way asks of them (`scripts`), plays that with the interpreter that runs published flows
(`rehearsal`), and where a message fares otherwise, lets them do what helps (`mending`). A danger with
a story is an error or a warning; one without is neither shown to be safe nor to go wrong, and is
counted as such.

Why it is sound. A thread of a conversation is looked at by itself. Whatever else happens meanwhile
can only help it: the person acting opens the window anew, another yes adds a permission. A yes goes
to the one thread that it starts, and most threads use only what they brought along. A topic that some
thread may use without having brought a permission is *shared*: then nobody can count on theirs.

Its scope: every run begins with something that the person does, at any time; each step, its sends
included, is done within a minute of being due; the time zone and the profile stay; what is known of
a person is changed by the flows alone. What an announcement starts is looked at as if its
permission could be used then.
"""
