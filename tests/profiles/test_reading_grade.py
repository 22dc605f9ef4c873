import pytest

from profiles.importing.reading_grade import grade, syllables

SPOKEN = {
    1: "child asks writes names named planned court judge goal house homes through month strengths home",
    2: "safety uses network danger statement worry places changes needed wanted people question meeting visit houses someone"
    " safely practice circles picture movement basement watches teaches judges loses language value pieces react",
    3: "caregiver agency behavior protective protection interview history grandparent together decision services usual"
    " serious obvious curious cultural agreement involvement families relatives idea area caregiving another",
    4: "situation supervisor reliable interpreter understanding associate material actually everybody hierarchy",
}


@pytest.mark.parametrize("count", SPOKEN)
def test_words_of_the_field_are_counted_as_they_are_spoken(count: int) -> None:
    words = SPOKEN[count].split()
    assert {word: syllables(word) for word in words} == dict.fromkeys(words, count)


def test_shorter_words_and_sentences_read_more_easily() -> None:
    plain = "Asks the child who was there."
    heavy = "Ascertains the identity of individuals present during the incident in question."
    assert grade(plain) < 3 < 12 < grade(heavy)
    assert grade(f"{plain} {plain}") == pytest.approx(grade(plain))
    assert grade("") == grade("1, 2") == 0
