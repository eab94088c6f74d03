"""Editing: what changes a glossary in the project's own format, and takes a change back.

::

    importing  the entries of any glossary become files in a folder, once it is looked at
    form       an entry as it is typed
    native     an entry as a file of that format
    entries    saving and removing an entry
    atomic     a file or folder is switched in one step
    journal    what was done last, so that it can be undone
    library    the glossaries of one's own, and which is open
"""
