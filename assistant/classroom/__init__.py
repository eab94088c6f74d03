"""The classroom: quizzes, cards, lessons, paths and demonstrations, made of a glossary's own words.

Every key, every line of a lesson and every point looked for is a sentence of the glossary, cited.
"""
