"""The page that plans a round keeps what was typed when it is refused."""

from django.urls import reverse


def test_a_refusal_loses_nothing_that_was_typed(client_for, programme):
    told = {
        "name": "Spring round",
        "place": "Malmö",
        "starts": "in spring",
        "ends": "2027",
        "groups": ["civil"],
    }
    response = client_for("convener", "varenia").post(reverse("plan-round", args=[programme.slug]), told)
    page = response.content.decode()
    assert response.status_code == 422
    for typed in ("Spring round", "Malmö", "in spring", "2027"):
        assert f'value="{typed}"' in page
    assert 'value="civil" checked' in page
    assert programme.rounds.filter(name="Spring round").count() == 0
