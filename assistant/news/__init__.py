"""The news on a term: items of feeds, kept beside the glossary and shown on the term's page.

``fetcher`` gets feeds from the web, at none but the ``addresses`` that may be asked; ``feeds``
reads them; ``matching`` tells which terms an item is about; ``archive`` keeps them; ``updating``
does all of it, once or again and again. It is no part of the glossary: nothing that finds or writes
an answer imports anything from here, which a test holds.
"""
