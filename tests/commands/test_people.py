"""An operator begins a site: a panel, its first people."""

from commands.operating import GRACE, PANEL


def test_a_panel_is_added_once(site):
    assert site.is_refused(*PANEL) == "There is already a panel at /lambeth."


def test_a_panel_with_words_that_cannot_be_is_refused(site):
    words = list(PANEL)
    words[2], words[5] = "About", "lam"
    said = site.is_refused(*words)
    assert "must be small letters" in said
    assert "two to six capital letters" in said


def test_those_who_are_here_are_listed_with_their_seats(site):
    assert site.does("person", "list") == (
        "Grace Mensah <grace@panel.test> - secretariat of lambeth\n"
    )


def test_somebody_is_seated_once_and_on_one_side_of_the_table(site):
    assert site.is_refused(*GRACE) == "They already hold this seat on this panel."
    assert "for the community and for the police" in site.is_refused(
        *GRACE, "--role", "police_liaison"
    )


def test_somebody_without_an_address_or_a_panel_is_refused(site):
    assert "Enter an e-mail address" in site.is_refused("person", "add", "Ada", "nowhere")
    said = site.is_refused("person", "add", "Ada", "ada@b.test", "--panel", "nosuch")
    assert said == "There is no panel at this address."
    assert site.is_refused("sign-in-link", "ada@b.test") == "Nobody has the address ada@b.test."


def test_a_force_is_set_for_every_panel_that_looks_at_it(site):
    begun = "metropolitan: Metropolitan Police <liaison@force.test>, "
    assert site.does("force", "list") == f"{begun}complaints to no address, video kept 31 days\n"
    said = site.does(
        *("force", "set", "metropolitan", "--complaints", "standards@force.test"),
        *("--retention-days", "28"),
    )
    assert said == f"{begun}complaints to standards@force.test, video kept 28 days\n"
    assert site.does("force", "list") == said
    back = site.does("force", "set", "metropolitan", "--complaints", "", "--retention-days", "31")
    assert back == f"{begun}complaints to no address, video kept 31 days\n"


def test_what_a_force_cannot_be_is_refused(site):
    change = ("force", "set", "metropolitan")
    assert site.is_refused("force", "set", "nosuch") == "There is no force with the id nosuch."
    assert site.is_refused(*change, "--contact", "") == (
        "The contact must be given: letters to the force go there."
    )
    assert "is not an e-mail address" in site.is_refused(*change, "--complaints", "nowhere")
    for days in ("0", "366"):
        assert site.is_refused(*change, "--retention-days", days) == (
            "Video is kept from 1 to 365 days."
        )
    assert "video kept 31 days" in site.does("force", "list")
