"""Language: cleaning and folding text, its words and their stems, its sentences, numbers and names.

Knows nothing of glossaries, but for ``propernames``, which learns names from one::

    text         cleaning, which language a text is in, its sentences
    words        words folded so that spellings compare, their stems, how seldom they are used
    spelling     the words of a text where they stand, and what each may be a form of
    grammar      which words carry meaning (``stopwords/``), and whose they are
    alphabet     the order of terms from A to Z
    quantities   numbers, in digits or words, and what they count (``numbers.yaml``)
    romanised    Arabic in Latin letters, compared by its consonants
    propernames  people, products and acronyms
"""
