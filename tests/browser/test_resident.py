"""A resident's whole way with JavaScript off: raise it, keep the code, come back, take it back."""

WORDS = "An officer searched my bag and did not say why until I asked."


def test_a_resident_needs_no_script(open_as):
    window = open_as(width=390, java_script_enabled=False)
    tab = window.new_page()
    tab.goto("/lambeth")
    tab.click("main >> text=Raise a concern")
    assert "Call 999" in tab.inner_text("main")
    tab.click("text=Write your concern")
    send_nothing(tab)
    code = send_words(tab)
    come_back(tab, code)
    take_it_back(tab, code)
    assert window.cookies() == []


def send_nothing(tab) -> None:
    """What is missing is said beside the question and at the top of the page."""
    tab.click("text=Send your concern")
    assert tab.title().startswith("Error:")
    assert tab.locator(".govuk-error-summary a").count() >= 2


def send_words(tab) -> str:
    tab.check("input[name=category] >> nth=0")
    tab.fill("textarea[name=words]", WORDS)
    tab.click("text=Send your concern")
    code = code_on(tab)
    assert WORDS not in tab.content()
    return code


def code_on(tab) -> str:
    groups = tab.locator(".receipt__code span").all_inner_texts()
    assert [len(group) for group in groups] == [6, 6, 6, 6]
    return "-".join(groups)


def come_back(tab, code: str) -> None:
    tab.goto("/concerns/return")
    tab.fill("input[name=code]", code.lower().replace("-", " "))
    tab.locator("main button").first.click()
    assert WORDS not in tab.inner_text("main")  # only after a second step
    tab.click("text=Show what I wrote")
    assert WORDS in tab.inner_text("main")
    assert code not in tab.url


def take_it_back(tab, code: str) -> None:
    tab.click("summary:has-text('Take your concern back')")
    tab.check("input[name=sure]")
    tab.click("main button:has-text('Take it back')")
    assert WORDS not in tab.content()
    tab.goto("/concerns/return")
    tab.fill("input[name=code]", code)
    tab.locator("main button").first.click()
    assert WORDS not in tab.content()
