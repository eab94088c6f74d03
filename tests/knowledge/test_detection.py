"""Detection: the language of a text that is too short for a classifier."""

import pytest

from knowledge.language.detection import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ebbe. Das Wasser geht.", "de"),
        ("Bit. Die kleinste Einheit.", "de"),
        ("Marée. Le mouvement de la mer.", "fr"),
        ("Marea. El movimiento del mar.", "es"),
        ("Maré. O movimento do mar não é o da onda.", "pt"),
        ("Gelgit. Denizin yükselip alçalması.", "tr"),
        ("Pasang. Naik dan turunnya air laut.", "id"),
        ("جزر و مد بالا و پایین رفتن آب دریا.", "fa"),
        ("مدّ سمندر کے پانی کا چڑھنا", "ur"),
        ("المد ارتفاع ماء البحر.", "ar"),
        ("Tide. The rise of the sea.", "en"),
        ("El Niño. A warm phase of an ocean.", "en"),
        ("HTML. HyperText Markup Language", "en"),
        ("42", "en"),
        ("潮汐 海水的涨落", "zh"),
    ],
)
def test_a_few_words_tell_their_language(text: str, language: str) -> None:
    assert language_of(text) == language
