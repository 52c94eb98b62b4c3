"""The makers of the tests give what their names say."""

import pytest


@pytest.mark.django_db
def test_makers(programme, ask, imported, carried, client_for, viewer_for):
    visas = ask("Ease visas.", lineage="visas", themes=["visas-consular"])
    act = carried(visas, response=("acknowledged", "2016-06"))
    assert act.lineages.get() == visas.lineage
    assert act.responses.get().kind == "acknowledged"
    assert imported("The participants urged both governments to open a hotline.").asks.count() == 1
    assert viewer_for("convener").roles_in(programme.id) == {"convener"}
    assert client_for("convener").get("/programmes/two-banks/rounds/").status_code == 200
