"""Question cards, made of guides and highlights, asked again when FSRS says so. Pure: nouns and moments in and out.

* :mod:`~paperpath.cards.making`: a guide's question or a highlight → a card;
* :mod:`~paperpath.cards.joining`: cards as their sources have them + cards as they are kept → cards;
* :mod:`~paperpath.cards.days`: when a day begins, and how far away another one is, in words;
* :mod:`~paperpath.cards.scheduling`: a schedule + a grade → the next schedule;
* :mod:`~paperpath.cards.asking`: cards → what is asked today, in order;
* :mod:`~paperpath.cards.places`: a section as a card names it → its heading, page and first words in the paper.
"""
